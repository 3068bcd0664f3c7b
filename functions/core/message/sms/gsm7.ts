import type { Encoding } from "../message.ts";
import { plainQuotesAndDashes } from "./quotes-and-dashes.ts";

/** The default alphabet, one septet per character (3GPP TS 23.038, 6.2.1); LF is the only control character in use. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** The extension table: an escape and a character, two septets that must be in one part (3GPP TS 23.038, 6.2.1.1). */
const extended = new Set("^{}\\[~]|€");

/**
 * Replacements for typographic, invisible and other characters that are no letters (symbols: Unicode CLDR, transform
 * Latin-ASCII). Letters and digits are never replaced: `10²` is not `102`. Joiners only have a use in scripts that GSM-7
 * lacks; newsletters pad their Latin texts with them.
 */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′`´＇]/gu, "'"],
  [/[“”„‟″«»＂]/gu, '"'],
  [/[‐‑‒–—―−]/gu, "-"],
  [/…/gu, "..."],
  [/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu, " "],
  [/[\u00AD\u200B-\u200F\u2060]/gu, ""],
  [/[‹›]/gu, "'"],
  [/[•·‧]/gu, "-"],
  [/©/gu, "(C)"],
  [/®/gu, "(R)"],
  [/™/gu, "(TM)"],
  [/×/gu, "x"],
  [/±/gu, "+/-"],
  // A temperature; the sign alone also means an angle.
  [/°(?=[CF](?![\p{L}\d]))/gu, ""],
];

/** Replaces typographic characters by plain ones and composes letters: GSM-7 has `é`, but no combining acute. */
export function plainTypography(text: string): string {
  let folded = plainQuotesAndDashes(text.normalize("NFC"));
  for (const [from, to] of replacements) folded = folded.replace(from, to);
  return folded;
}

const isGsm7Character = (character: string): boolean => basic.has(character) || extended.has(character);

export function isGsm7(text: string): boolean {
  for (const character of text) if (!isGsm7Character(character)) return false;
  return true;
}

/** The characters that GSM-7 lacks, each once, in order. */
export function foreign(text: string): readonly string[] {
  return [...new Set(text)].filter((character) => !isGsm7Character(character));
}

/** Capacity of a single part and of each of several, in septets or 16-bit units: 140 octets, less six for the header of a concatenated message (3GPP TS 23.040, 9.2.3.24.1). */
const room = { "GSM-7": { alone: 160, joined: 153 }, "UCS-2": { alone: 70, joined: 67 } } as const;

function* sizes(atoms: Iterable<string>, encoding: Encoding): Generator<number> {
  for (const atom of atoms) {
    if (encoding === "UCS-2") yield atom.length;
    else {
      let septets = 0;
      for (const character of atom) septets += extended.has(character) ? 2 : 1;
      yield septets;
    }
  }
}

function pack(atoms: Iterable<string>, encoding: Encoding): number {
  const { alone, joined } = room[encoding];
  let total = 0;
  let parts = 1;
  let free = joined;
  for (const size of sizes(atoms, encoding)) {
    total += size;
    if (size <= free) free -= size;
    else {
      parts += Math.max(1, Math.ceil(size / joined));
      free = joined - (size % joined || joined);
    }
  }
  return total <= alone ? 1 : parts;
}

/** Characters that do not take one septet each: extension characters, and surrogate pairs, of which GSM-7 has none. */
const unevenSeptets = /[\^{}\\[~\]|€\uD800-\uDFFF]/;

/** One 16-bit unit each, and no part of a larger cluster: Latin, Greek, Cyrillic, punctuation, kana, ideographs and syllables. */
const evenUnits =
  /^[\n -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u058F\u2010-\u2027\u2030-\u205E\u20A0-\u20CF\u3000-\u3029\u3030-\u3098\u309B-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF9D]*$/;

/** Whether every character takes one unit and may end a part. */
const isEven = (text: string, encoding: Encoding): boolean =>
  encoding === "GSM-7" ? !unevenSeptets.test(text) : evenUnits.test(text);

function partsOfEven(length: number, encoding: Encoding): number {
  const { alone, joined } = room[encoding];
  return length <= alone ? 1 : Math.ceil(length / joined);
}

/**
 * Number of SMS parts. An extension character counts twice; escape pairs and surrogate pairs are never split between
 * two parts, which can need an additional part.
 */
export function partsOf(text: string, encoding: Encoding): number {
  return isEven(text, encoding) ? partsOfEven(text.length, encoding) : pack(text, encoding);
}

/**
 * Clusters that contain the graphemes of every version of UAX #29: a code point and its marks, format characters,
 * modifiers, flags and jamo, and a code point after a format character, an initial jamo, a virama or a repha.
 */
const clusters =
  /[^](?:[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u0E33\u0EB3\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF\uFF9E\uFF9F]|(?<=[\p{Cf}\u1100-\u115F\uA960-\uA97C\u0D4E\u{111C2}\u{111C3}\u{11A3A}\u{11A84}-\u{11A89}]|\u094D|\u09CD|\u0A4D|\u0ACD|\u0B4D|\u0C4D|\u0CCD|\u0D4D)[^])*/gu;

/** Number of parts if no cluster were split. Equals `partsOf` if no part ends inside a cluster. */
export function wholeParts(text: string, encoding: Encoding): number {
  return encoding === "GSM-7" || evenUnits.test(text)
    ? partsOf(text, encoding)
    : pack(text.match(clusters) ?? [], encoding);
}
