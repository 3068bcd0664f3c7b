const removed =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/g;
// oxlint-disable-next-line no-control-regex -- they are what must not reach a message
const control = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F]/g;
const printable = /^[!-~]+(?: [!-~]+)*$/;
const blank = /\s+/gu;

/**
 * Text on one line: no control characters, no invisible formatting and bidirectional controls (Unicode
 * Standard Annex 9, section 2), no unpaired surrogates, white space collapsed. Joiners stay: they are letters
 * in Persian and hold emoji together.
 */
export function onOneLine(text: string): string {
  if (printable.test(text)) return text;
  return text
    .toWellFormed()
    .replace(removed, "")
    .replace(control, " ")
    .replace(/\u0085/g, " ")
    .replace(blank, " ")
    .trim();
}

/** Letters and digits only, in one case: equal for two texts that differ in marks and white space. */
export function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const letter = /[\p{L}\p{N}]/gu;

/** Whether at least a third of a text's letters are Chinese or Japanese; Korean has blanks and counts like Latin. */
export function isHan(text: string): boolean {
  const sample = text.slice(0, 400);
  const ideographs = sample.match(ideograph)?.length ?? 0;
  return ideographs > 0 && ideographs * 3 >= (sample.match(letter)?.length ?? 0);
}
