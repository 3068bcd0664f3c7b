/** A piece of text that markup separates from the text around it. */
export interface Block {
  /** On one line, never empty. */
  readonly text: string;
  readonly kind: "paragraph" | "heading" | "item" | "quote" | "cell" | "loose";
  /** Not part of the text: in a figure, listing, aside, footer, menu or form, or in an element whose class says caption or byline. */
  readonly aside: boolean;
  /** In an element whose class or id says share, related, newsletter and the like. */
  readonly labelled: boolean;
  /** All of it in `<small>`. */
  readonly small: boolean;
  /** Share of its characters that are in links, 0 to 1. */
  readonly linked: number;
  /** The words of the link in which it ends. */
  readonly link?: string;
  /** The row of a table that its cell belongs to, counted from 1. */
  readonly row?: number;
  /** Only a line break separates it from the block before. */
  readonly afterLineBreak?: true;
  /** A term of a definition list, or its description. */
  readonly part?: "term" | "description";
}
