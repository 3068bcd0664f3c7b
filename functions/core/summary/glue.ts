import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import { endsAsSentence } from "./boilerplate.ts";
import type { Sentence } from "./sentence.ts";

const solidMark = /[。！？；：，、」』）】》]$/u;
const solidLetter = new RegExp(`[${cjkLetters}”…]$`, "u");
const solidStart = new RegExp(`^[${cjkLetters}「『（【《“]`, "u");
const wordEnd = /[\p{L}\p{N}\p{M})）\]”"’»」』】》]$/u;

/**
 * What joins a text and the next sentence. A space where the script has spaces; a full stop first where a headline or an item
 * ends without a mark, but a semicolon where only a line break separates the two.
 */
export function glueBetween(text: string, { text: next, afterLineBreak }: Sentence): string {
  if (text === "") return "";
  const end = text.slice(-2);
  const space = solidMark.test(end) || (solidLetter.test(end) && solidStart.test(next)) ? "" : " ";
  const unmarked = wordEnd.test(end) && !endsAsSentence(text) && !/\p{Script=Thai}$/u.test(end);
  if (!unmarked) return space;
  if (afterLineBreak === true) return space === "" ? "；" : "; ";
  return space === "" ? "。" : ". ";
}
