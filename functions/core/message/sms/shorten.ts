import { channelLimits } from "../channel-limits.ts";
import { cut, cutAnywhere } from "../cut-text.ts";
import { textWidth } from "../../text-width.ts";
import { clauseWithin, fit } from "../../summary/fit.ts";
import { wholeSentences } from "../../summary/sentences.ts";
import type { Medium, Written } from "./medium.ts";

/** A version of a text with at most `length` UTF-16 code units, ellipsis included; `""` if there is none. */
type Cut = (text: string, length: number) => string;

/** A way to end a shortened text. */
export interface Ending {
  readonly cut: Cut;
  /** A text with fewer columns says too little. */
  readonly minColumns: number;
  /** It ends a sentence. */
  readonly isSentence?: true;
}

/** Options of `shorten`. */
export interface Shortening {
  /** Best first. */
  readonly endings: readonly Ending[];
  readonly medium: Medium;
  /** The whole SMS with the shortened text in its place. */
  readonly build: (text: string) => string;
}

export interface Shortened {
  readonly text: string;
  readonly isSentence: boolean;
}

/**
 * The text with which the whole SMS fits, with the first ending that leaves no part unused; `undefined` if every ending
 * has too few columns. Where each ending would leave a part unused, the text is cut anywhere.
 */
export function shorten({ text, end }: Written, options: Shortening): Shortened | undefined {
  const { medium, build, endings } = options;
  const room = longestPrefix(text, end, options);
  const parts = medium.partsOf(build(text.slice(0, room)));
  let first: Shortened | undefined;
  for (const ending of endings) {
    const { isSentence = false } = ending;
    const candidate = fitting(text, room, ending, options);
    if (candidate === undefined) continue;
    if (medium.partsOf(build(candidate)) >= parts) return { text: candidate, isSentence };
    first ??= { text: candidate, isSentence };
  }
  const filled = first && fitting(text, room, { cut: cutAnywhere, minColumns: 1 }, options);
  return filled !== undefined && medium.partsOf(build(filled)) >= parts
    ? { text: filled, isSentence: false }
    : first;
}

/** UTF-16 code units of the text with which the whole SMS fits; approximate where parts would end inside graphemes. */
function longestPrefix(text: string, end: number, { medium, build }: Shortening): number {
  let low = 0;
  let high = Math.min(end, channelLimits.smsCharacters);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (medium.fits(build(text.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function fitting(
  text: string,
  room: number,
  { cut, minColumns }: Ending,
  { medium, build }: Shortening,
): string | undefined {
  for (let length = room; length > 0; length -= 1) {
    const candidate = cut(text, length).replace(/…$/u, medium.ellipsis);
    if (textWidth(candidate) < minColumns) return undefined;
    if (medium.fits(build(candidate))) return candidate;
  }
  return undefined;
}

/** A title ends at a space near its end, else anywhere. */
export const titleEndings: readonly Ending[] = [{ cut, minColumns: 2 }];

/** Minimum columns of a shortened summary. */
const minSummary = { thought: 30, words: 40 } as const;

/**
 * A summary ends after a sentence or a clause, in the second half of the room if possible, else after a word. `language`
 * is a BCP 47 tag.
 */
export const summaryEndings = (language: string | undefined): readonly Ending[] => {
  const minColumns = minSummary.thought;
  const sentence = (least: number): Ending => ({
    cut: (text, length) => {
      const end = wholeSentences(text, length, language);
      return end >= length * least ? text.slice(0, end) : "";
    },
    minColumns,
    isSentence: true,
  });
  const clause = (least: number): Ending => ({
    cut: (text, length) => clauseWithin(text, length, least) ?? "",
    minColumns,
  });
  return [
    sentence(0.5),
    clause(0.5),
    sentence(0.25),
    clause(0.25),
    { cut: fit, minColumns: minSummary.words },
  ];
};

/** A text in place of a title ends like a summary, but may be short. */
export const leadEndings = (language: string | undefined): readonly Ending[] => [
  ...summaryEndings(language),
  { cut: fit, minColumns: 2 },
];
