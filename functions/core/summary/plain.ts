import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import { cleanLine } from "../feed/text/plain-text.ts";

const invisible = /[\u00AD\u180E\u200B\u2060-\u2064\u206A-\u206F\uFFF9-\uFFFB]/g;
const directionMarks = /[\u061C\u200E\u200F]/g;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const printable = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Text on one clean line, as `cleanLine` returns it, without invisible characters: soft hyphens, zero-width spaces, and
 * direction marks in text without right-to-left letters. Joiners are kept: Persian spelling and emoji need them.
 */
export function onOneLine(text: string): string {
  if (printable.test(text)) return text;
  const visible = text.replace(invisible, "");
  return cleanLine(rightToLeft.test(visible) ? visible : visible.replace(directionMarks, ""));
}

/** Letters and digits only, in lower case: equal for texts that differ in punctuation and white space. */
export function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

const ideograph = new RegExp(`[${cjkLetters}]`, "gu");
const letter = /[\p{L}\p{N}]/gu;

/** Whether at least a third of a text's letters are Chinese or Japanese. Korean has spaces and counts like Latin. */
export function isHan(text: string): boolean {
  const sample = text.slice(0, 400);
  const ideographs = sample.match(ideograph)?.length ?? 0;
  return ideographs > 0 && ideographs * 3 >= (sample.match(letter)?.length ?? 0);
}
