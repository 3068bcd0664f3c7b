import { spacelessLetters } from "../feed/text/spaceless-scripts.ts";

/** How a character takes part in words: not at all, as a letter or digit of a word, or as a letter of a script without spaces. */
export const letterClass = { none: 1, word: 2, spaceless: 3 } as const;

type LetterClass = (typeof letterClass)[keyof typeof letterClass];

const spaceless = new RegExp(`^[${spacelessLetters}]`, "u");
const wordLetter = /^[\p{L}\p{M}\p{N}]/u;

/** The classes of the Basic Multilingual Plane, filled in as characters occur; 0 where none did. */
const known = new Uint8Array(0x1_0000);

/** The class of a code point. Faster than an expression: each character is looked up once per process. */
export function classOf(code: number): LetterClass {
  const found = known[code];
  if (found !== undefined && found !== 0) return found as LetterClass;
  const character = String.fromCodePoint(code);
  const computed = spaceless.test(character)
    ? letterClass.spaceless
    : wordLetter.test(character)
      ? letterClass.word
      : letterClass.none;
  known[code] = computed;
  return computed;
}
