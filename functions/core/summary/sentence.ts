import type { Block } from "./block.ts";

/** A sentence of a text with its position. */
export interface Sentence {
  readonly text: string;
  readonly kind: Block["kind"];
  /** It is the first of its block. */
  readonly first: boolean;
  /** Only a line break separates it from the sentence before. */
  readonly afterLineBreak?: true;
}

/** The sentences that carry a text, in order. */
export interface Body {
  readonly sentences: readonly Sentence[];
  /** BCP 47 primary subtag; `undefined` if the text is too short to tell. */
  readonly language: string | undefined;
}

/** An entry's own words about itself, which its text may repeat. */
export interface EntryFacts {
  readonly title: string;
  readonly authors: readonly string[];
  /** BCP 47. */
  readonly language: string | undefined;
}
