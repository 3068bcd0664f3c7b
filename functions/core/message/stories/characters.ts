/** What a code point is in a text that is cut into tokens: from `letter` on, a part of a token. */
export const characterClass = {
  other: 1,
  sentenceEnd: 2,
  letter: 3,
  digit: 4,
  hiragana: 5,
  katakana: 6,
  han: 7,
} as const;
type CharacterClass = (typeof characterClass)[keyof typeof characterClass];

/** In the order in which they are tried. */
const expressions: readonly (readonly [RegExp, CharacterClass])[] = [
  [/[\p{Script=Han}々〆]/u, characterClass.han],
  [/[\p{Script=Katakana}ー]/u, characterClass.katakana],
  [/\p{Script=Hiragana}/u, characterClass.hiragana],
  [/\p{Nd}/u, characterClass.digit],
  // A part of a word: also the numbers that are not digits, such as Roman ones.
  [/[\p{L}\p{M}\p{N}]/u, characterClass.letter],
  [/[.!?:…。！？："“”„«»‘]/u, characterClass.sentenceEnd],
];

/** CJK Unified Ideographs, all of the script Han. */
const [firstIdeograph, lastIdeograph] = [0x4e00, 0x9ffc];

/** Classes by UTF-16 code unit, found when a text first has it; 0 is unknown. */
const known = new Uint8Array(0x1_00_00).fill(characterClass.han, firstIdeograph, lastIdeograph + 1);

/** The class of a code point. */
export function classOf(codePoint: number): CharacterClass {
  const before = known[codePoint];
  if (before) return before as CharacterClass;
  const character = String.fromCodePoint(codePoint);
  const found = expressions.find(([expression]) => expression.test(character))?.[1] ?? characterClass.other;
  if (codePoint < known.length) known[codePoint] = found;
  return found;
}

/** The class of the character at a position. */
export const classAt = (text: string, at: number): CharacterClass =>
  classOf(isPair(text, at) ? text.codePointAt(at)! : text.charCodeAt(at));

/** The position after the character at a position. */
export const after = (text: string, at: number): number => at + (isPair(text, at) ? 2 : 1);

/** Whether two UTF-16 code units form the character at a position. */
const isPair = (text: string, at: number): boolean =>
  (text.charCodeAt(at) & 0xfc_00) === 0xd8_00 && text.codePointAt(at)! > 0xff_ff;

/** The letters, marks and digits of a text, in lower case (NFKC). */
export function lettersAndDigits(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase();
  let letters = "";
  let start = 0;
  for (let at = 0; at < lower.length;) {
    const next = after(lower, at);
    if (classAt(lower, at) < characterClass.letter) {
      letters += lower.slice(start, at);
      start = next;
    }
    at = next;
  }
  return letters + lower.slice(start);
}

const ascii = /^[\x20-\x7e]*$/;

/** Lower case without diacritics, so that spellings with and without them are equal. */
export function withoutMarks(word: string): string {
  const lower = word.toLowerCase();
  return ascii.test(lower) ? lower : lower.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");
}
