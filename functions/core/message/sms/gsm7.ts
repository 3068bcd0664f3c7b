import { plainQuotesAndDashes } from "./quotes-and-dashes.ts";

/** The characters of the default alphabet, one septet each (3GPP TS 23.038, 6.2.1); LF is the only control in use. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** The extension table: an escape and a character, two septets that stand in one part (3GPP TS 23.038, 6.2.1.1). */
const extended = new Set("^{}\\[~]|€");

/** Typography that means the same in plainer characters, and characters that show nothing. Never a letter. */
const folds: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′`´＇]/gu, "'"],
  [/[“”„‟″«»＂]/gu, '"'],
  [/[‐‑‒–—―−]/gu, "-"],
  [/…/gu, "..."],
  [/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu, " "],
  [/[\u00AD\u200B\u200E\u200F\u2060]/gu, ""],
  [/[‹›]/gu, "'"],
  [/[•·‧]/gu, "-"],
];

export type Encoding = "GSM-7" | "UCS-2";

/** Text in the plainest characters that say the same; composed, so that `e` with a combining acute is the one `é` of GSM-7. */
export function fold(text: string): string {
  let folded = plainQuotesAndDashes(text.normalize("NFC"));
  for (const [from, to] of folds) folded = folded.replace(from, to);
  return folded;
}

const isGsm7Character = (character: string): boolean => basic.has(character) || extended.has(character);

export function isGsm7(text: string): boolean {
  for (const character of text) if (!isGsm7Character(character)) return false;
  return true;
}

/** The characters of a text that GSM-7 lacks, each once, in order. */
export function foreign(text: string): readonly string[] {
  return [...new Set(text)].filter((character) => !isGsm7Character(character));
}

/** Room of one part alone, and of each of several: septets or 16-bit units of 140 octets, less six for the header of a joined message (3GPP TS 23.040, 9.2.3.24.1). */
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

/**
 * SMS parts of a text, exactly: an extension character counts twice, and neither an escape pair nor a surrogate
 * pair is split between two parts, which can cost a part.
 */
export function partsOf(text: string, encoding: Encoding): number {
  return pack(text, encoding);
}

/**
 * Code points that belong to what stands before them in any version of UAX #29: marks, format characters, modifiers,
 * flags and jamo, and whatever stands behind a format character, an initial jamo, a virama or a repha. Coarser than
 * graphemes on purpose.
 */
const clusters =
  /[^](?:[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u0E33\u0EB3\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF\uFF9E\uFF9F]|(?<=[\p{Cf}\u1100-\u115F\uA960-\uA97C\u0D4E\u{111C2}\u{111C3}\u{11A3A}\u{11A84}-\u{11A89}]|\u094D|\u09CD|\u0A4D|\u0ACD|\u0B4D|\u0C4D|\u0CCD|\u0D4D)[^])*/gu;

/** Parts if no character that readers see as one were split; the same as `partsOf` where no boundary falls into one. */
export function wholeParts(text: string, encoding: Encoding): number {
  return encoding === "GSM-7" ? partsOf(text, encoding) : pack(text.match(clusters) ?? [], encoding);
}
