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
  const hasMarks = visible.search(directionMarks) >= 0;
  return cleanLine(hasMarks && !rightToLeft.test(visible) ? visible.replace(directionMarks, "") : visible);
}

/**
 * Letters with their marks, and digits, in lower case: equal for texts that differ in punctuation and white space. Without
 * its vowel signs a word in Hindi, Tamil or Thai would be equal to others.
 */
export function comparable(text: string): string {
  if (printable.test(text)) return text.toLowerCase().replace(/[^a-z\d]+/g, "");
  return text.normalize("NFKC").toLowerCase().replace(notWord, "");
}

/** All but letters, their marks and digits. Variation selectors are marks too, but of emoji and other signs. */
const notWord = /(?:[^\p{L}\p{Mn}\p{Mc}\p{N}]|[\ufe00-\ufe0f])+/gu;

/** The words of a text, each as `comparable`. Where the script puts no spaces between words, its clauses. */
export const comparableWords = (text: string): readonly string[] =>
  text
    .split(notWord)
    .map(comparable)
    .filter((word) => word !== "");

const ideograph = new RegExp(`[${cjkLetters}]`, "u");
const letter = /[\p{L}\p{N}]/u;

/** Whether at least a third of a text's letters are Chinese or Japanese. Korean has spaces and counts like Latin. */
export function isHan(text: string): boolean {
  let ideographs = 0;
  let letters = 0;
  for (const character of text.slice(0, 400)) {
    const code = character.codePointAt(0)!;
    // Basic Latin and CJK Unified Ideographs without an expression, for speed.
    if (code < 0x80) {
      if (isAsciiLetter(code)) letters += 1;
    } else if ((code >= 0x4e00 && code <= 0x9fff) || ideograph.test(character)) {
      ideographs += 1;
      letters += 1;
    } else if (letter.test(character)) letters += 1;
  }
  return ideographs > 0 && ideographs * 3 >= letters;
}

const isAsciiLetter = (code: number): boolean =>
  ((code | 32) >= 0x61 && (code | 32) <= 0x7a) || (code >= 0x30 && code <= 0x39);
