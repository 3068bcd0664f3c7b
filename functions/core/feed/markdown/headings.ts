import { closesFence, linesOf, openingFence, trimHashes } from "./lines.ts";

/** A heading of a Markdown text (CommonMark 0.31, sections 4.2 and 4.3). */
export interface Heading {
  /** The heading's inline text, still window text. */
  readonly text: string;
  /** `#`, `##`… or the underline's character. */
  readonly style: string;
  readonly lines: 1 | 2;
}

/** A heading with its place in the text. */
export interface PlacedHeading extends Heading {
  readonly from: number;
  /** Index after the heading's last line. */
  readonly end: number;
  /** Only white space comes before the heading. */
  readonly isFirst: boolean;
}

/** Quotes, lists, comments, rules, code and blocks of HTML are not underlined to be headings. */
const noParagraph =
  /^(?: {0,3}(?:>|[-+*] |<!--|-{2,}\s*$|={2,}\s*$|<\/?(?:p|div|ul|ol|li|table|tr|td|img|h[1-6]|hr|br|section|article|blockquote|figure|pre)(?=[\s>/]))| {4}|\t)/i;

/** The heading that a line starts: with `#`, or underlined by the next line. */
export function headingOfLines(line: string, next: string): Heading | undefined {
  const atx = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
  if (atx !== null) return { text: trimHashes(atx[2] ?? ""), style: atx[1] ?? "#", lines: 1 };
  const under = /^ {0,3}(-{2,}|={2,})[ \t]*$/.exec(next)?.[1];
  if (under === undefined || line.trim() === "" || noParagraph.test(line)) return undefined;
  return { text: line.trim(), style: under.charAt(0), lines: 2 };
}

/** Blocks that hold no headings (CommonMark 0.31, section 4.6, start conditions 1 and 2). */
const verbatim = [
  {
    opening: /^ {0,3}<(?:pre|script|style|textarea)(?=[\s>]|$)/i,
    closing: /<\/(?:pre|script|style|textarea)>/i,
  },
  { opening: /^ {0,3}<!--/, closing: /-->/ },
];

/** All headings of a text, those in code, scripts and comments left out. */
export function headingsOf(text: string): readonly PlacedHeading[] {
  const lines = linesOf(text);
  const found: PlacedHeading[] = [];
  let from = 0;
  let fence: string | undefined;
  let closing: RegExp | undefined;
  let isFirst = true;
  for (const [at, { text: line, end }] of lines.entries()) {
    const start = from;
    from = end;
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      continue;
    }
    const inside: RegExp | undefined = closing ?? verbatim.find(({ opening }) => opening.test(line))?.closing;
    if (inside !== undefined) {
      closing = inside.test(line) ? undefined : inside;
      isFirst &&= line.trimStart().startsWith("<!--");
      continue;
    }
    fence = openingFence(line);
    const next = lines[at + 1];
    const heading = fence === undefined ? headingOfLines(line, next?.text ?? "") : undefined;
    if (heading !== undefined)
      found.push({ ...heading, from: start, end: heading.lines === 2 ? (next?.end ?? end) : end, isFirst });
    isFirst &&= line.trim() === "";
  }
  return found;
}
