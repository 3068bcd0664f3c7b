import { channelLimits } from "../channel-limits.ts";
import { asciiLink, shownLink } from "../headline.ts";
import type { Encoding } from "../message.ts";
import { withoutDecoration } from "./decoration.ts";
import { foldToGsm7 } from "./gsm7-letters.ts";
import { plainTypography, isGsm7, partsOf, wholeParts } from "./gsm7.ts";

/** A text as it is written in one medium. */
export interface Written {
  readonly text: string;
  /** UTF-16 code units before the first character that the medium lacks. */
  readonly end: number;
  /** Index of the first replaced letter; `Infinity` if there is none. */
  readonly accent: number;
  /** Indexes of the removed emoji. */
  readonly emoji: readonly number[];
}

/** Whether the medium has all characters of a text. */
export const isWhole = ({ text, end }: Written): boolean => end === text.length;

/** How texts are written and measured in one encoding. An SMS has one encoding as a whole. */
export interface Medium {
  readonly encoding: Encoding;
  /** Accents and emoji are removed. */
  readonly isFolded: boolean;
  /** Maximum parts. */
  readonly parts: number;
  readonly ellipsis: string;
  /** `language`: BCP 47. */
  readonly write: (text: string, language?: string) => Written;
  /** The link as readers see it, in GSM-7 with encoded letters; `""` if it has other characters that GSM-7 lacks. */
  readonly link: (address: string | undefined) => string;
  readonly fits: (text: string) => boolean;
  readonly partsOf: (text: string) => number;
}

export interface MediumOptions {
  readonly encoding: Encoding;
  readonly isFolded: boolean;
  /** What SNS adds before the text. */
  readonly prefix: string;
  /** Maximum parts. */
  readonly parts: number;
}

/**
 * A text fits if it is within its parts, also where no part may end inside a grapheme: price calculators disagree on
 * whether one may.
 */
export function medium({ encoding, isFolded, prefix, parts }: MediumOptions): Medium {
  return {
    encoding,
    isFolded,
    parts,
    ellipsis: encoding === "GSM-7" ? "..." : "…",
    write: encoding === "UCS-2" ? inUcs2 : isFolded ? inPlainGsm7 : inGsm7,
    link: (address) => {
      const link = shownLink(address) ?? "";
      if (encoding === "UCS-2" || isGsm7(link)) return link;
      const encoded = asciiLink(address) ?? "";
      return isGsm7(encoded) ? encoded : "";
    },
    fits: (text) => {
      const whole = prefix + text;
      if (whole.length > channelLimits.smsCharacters) return false;
      const used = partsOf(whole, encoding);
      return used <= parts && used === wholeParts(whole, encoding);
    },
    partsOf: (text) => partsOf(prefix + text, encoding),
  };
}

const nothingRemoved = { accent: Infinity, emoji: [] } as const;

const inUcs2 = (text: string): Written => ({ text, end: text.length, ...nothingRemoved });

/** The text with plain typography. Marks that were removed may leave spaces at its ends. */
const typed = (text: string): string => plainTypography(text).trim();

function inGsm7(text: string): Written {
  const written = typed(text);
  return { text: written, end: foreignAt(written), ...nothingRemoved };
}

function inPlainGsm7(text: string, language?: string): Written {
  const plain = typed(text);
  if (isGsm7(plain)) return { text: plain, end: plain.length, ...nothingRemoved };
  const { text: undecorated, hadAtStart, hadAtEnd } = withoutDecoration(plain);
  const { text: written, from } = foldToGsm7(undecorated, language);
  const emoji = [...(hadAtStart ? [0] : []), ...(hadAtEnd ? [written.length - 1] : [])];
  return { text: written, end: foreignAt(written), accent: from, emoji };
}

/** Index of the first character that GSM-7 lacks. */
function foreignAt(text: string): number {
  let at = 0;
  for (const character of text) {
    if (!isGsm7(character)) return at;
    at += character.length;
  }
  return at;
}
