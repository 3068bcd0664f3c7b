import { isGsm7 } from "./gsm7.ts";
import { accentsOptional, customarySpellings, plainLetters } from "./spellings.ts";

/** A text in which letters were replaced. */
export interface Folded {
  readonly text: string;
  /** Index in `text` of the first replacement; `Infinity` if there is none. */
  readonly from: number;
}

const latin = /\p{Script=Latin}/u;
const capital = /^\p{Lu}/u;

/**
 * Replaces the Latin letters that GSM-7 lacks: by their customary spelling in the language, else without as many accents
 * as necessary (`ǻ` becomes `å`, `ł` becomes `l`). Keeps all other characters, and every letter if the language is
 * unknown or one in which words would change. `language` is a BCP 47 tag; `text` is composed (NFC).
 */
export function foldToGsm7(text: string, language: string | undefined): Folded {
  const primary = language?.toLowerCase().split("-")[0] ?? "";
  if (!accentsOptional.has(primary) || isGsm7(text)) return { text, from: Infinity };
  const spellings = customarySpellings[primary] ?? {};
  let folded = "";
  let from = Infinity;
  const characters = Array.from(text);
  for (const [index, character] of characters.entries()) {
    const spelling = isGsm7(character) ? undefined : spellingOf(character, spellings);
    if (spelling === undefined) folded += character;
    else {
      from = Math.min(from, folded.length);
      folded += cased(spelling, character, characters[index + 1] ?? characters[index - 1] ?? "");
    }
  }
  return { text: folded, from };
}

function spellingOf(letter: string, spellings: Readonly<Record<string, string>>): string | undefined {
  if (!latin.test(letter)) return undefined;
  return spellings[letter] ?? plainLetters[letter] ?? withoutAccents(letter);
}

/** The letter without its last accents, as many as necessary; `undefined` if its base is not GSM-7 either. */
function withoutAccents(letter: string): string | undefined {
  const parts = Array.from(letter.normalize("NFD"));
  for (let kept = parts.length - 1; kept > 0; kept -= 1) {
    const plain = parts.slice(0, kept).join("").normalize("NFC");
    if (isGsm7(plain)) return plain;
  }
  return undefined;
}

/** Two letters for a capital are both capitals in a word of capitals. */
const cased = (spelling: string, letter: string, neighbour: string): string =>
  capital.test(letter) && capital.test(neighbour) ? spelling.toUpperCase() : spelling;
