import { type Encoding, fold, foreign, isGsm7, partsOf, wholeParts } from "./gsm7.ts";
import type { SmsOmission, Sms } from "../message.ts";
import { channelLimits } from "../channel-limits.ts";
import { cut } from "../cut-text.ts";
import { columns } from "../email/wrap.ts";

export const limits = {
  /** The date is shown only with at least this share of the title. */
  title: 2 / 3,
  /** Minimum of a shortened title in a digest; columns. */
  listed: 20,
  /** Minimum of a shortened summary; columns. */
  summary: 40,
  /** Maximum of a feed's name; UTF-16 code units. */
  feed: 30,
} as const;

/** The prefix that SNS adds to each SMS: the topic's display name in capitals (Amazon SNS Developer Guide, Publishing to a topic). */
export function smsPrefix(displayName: string | undefined): string {
  return displayName === undefined || displayName === "" ? "" : `${displayName.toUpperCase()}> `;
}

/**
 * Estimated price of one SMS to one telephone number. SNS splits long texts 'at whole-word boundaries' (Amazon SNS API,
 * Publish), which can need one part more than the standard's count.
 */
export function price(sms: Pick<Sms, "parts">, smsPartPrice: number): number {
  return sms.parts * smsPartPrice;
}

/** Limits of one SMS. */
export interface SmsBudget {
  readonly prefix: string;
  readonly parts: number;
}

/** How texts are written and measured in one encoding. An SMS has one encoding as a whole. */
export interface Medium {
  readonly encoding: Encoding;
  readonly mark: string;
  readonly write: (text: string) => string;
  readonly fits: (text: string) => boolean;
  /** Maximum of a summary in UTF-16 code units. */
  readonly end: (summary: string) => number;
}

/**
 * A text fits if it is within its budget and no part ends inside a grapheme: networks show late parts separately, and
 * price calculators disagree on such texts.
 */
function medium(encoding: Encoding, { prefix, parts }: SmsBudget): Medium {
  return {
    encoding,
    mark: encoding === "GSM-7" ? "..." : "…",
    write: encoding === "GSM-7" ? fold : (text) => text,
    fits: (text) => {
      const whole = prefix + text;
      if (whole.length > channelLimits.smsCharacters) return false;
      const used = partsOf(whole, encoding);
      return used <= parts && used === wholeParts(whole, encoding);
    },
    end: (summary) => summary.length,
  };
}

/** Shortens a text to at most `length` UTF-16 code units, including its ellipsis. */
export type Shape = (text: string, length: number) => string;

/** Options of `shorten`. */
export interface Shortening {
  readonly shape: Shape;
  /** The shortened text has at least this many columns. */
  readonly minColumns: number;
  readonly medium: Medium;
  /** The whole SMS with the shortened text in its place. */
  readonly build: (text: string) => string;
  /** Maximum in UTF-16 code units. @default the whole text */
  readonly maxLength?: number;
}

/** The longest version of `text` with which the whole SMS fits; `undefined` if it has too few columns. */
export function shorten(
  text: string,
  { shape, minColumns, medium, build, maxLength = text.length }: Shortening,
): string | undefined {
  let low = 0;
  let high = Math.min(text.length, maxLength, channelLimits.smsCharacters);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (medium.fits(build(text.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  for (let length = low; length > 0; length -= 1) {
    const candidate = medium.write(shape(text, length));
    if (columns(candidate) < minColumns) return undefined;
    if (medium.fits(build(candidate))) return candidate;
  }
  return undefined;
}

/** Titles are cut anywhere. */
export const titleShape: Shape = (text, length) => cut(text, length);

/** Joins the lines that are not empty. */
export const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n");

/** The content of an SMS before its final encoding. */
export interface SmsPlan {
  readonly text: string;
  /** The last line if it is a link, else empty. Links are never folded. */
  readonly link: string;
  readonly omissions: readonly SmsOmission[];
}

/** Index of the first character that GSM-7 lacks. */
function foreignAt(text: string): number {
  const [first] = foreign(text);
  return first === undefined ? text.length : text.indexOf(first);
}

/**
 * Chooses the encoding. First plans for GSM-7 regardless of characters, and uses it if the resulting text has only
 * GSM-7 characters. Otherwise plans for UCS-2, and for GSM-7 with the summary ended before its first other character,
 * and uses the one that shows more: a GSM-7 part holds more than twice as much. A UCS-2 plan whose text has only GSM-7
 * characters after folding is sent as GSM-7.
 */
export function plan(budget: SmsBudget, of: (medium: Medium) => SmsPlan): Sms {
  const { prefix } = budget;
  const small = medium("GSM-7", budget);
  const first = of(small);
  if (isGsm7(prefix + first.text)) return finish(prefix, "GSM-7", first);
  const wide = of(medium("UCS-2", budget));
  const ended = of({ ...small, end: foreignAt });
  if (isGsm7(prefix + ended.text) && ended.text.length >= wide.text.length)
    return finish(prefix, "GSM-7", ended);
  const text = folded(wide);
  return isGsm7(prefix + text) && small.fits(text)
    ? finish(prefix, "GSM-7", { ...wide, text })
    : finish(prefix, "UCS-2", wide);
}

function folded({ text, link }: SmsPlan): string {
  return fold(text.slice(0, text.length - link.length)) + link;
}

function finish(prefix: string, encoding: Encoding, plan: SmsPlan): Sms {
  return {
    text: plan.text,
    encoding,
    parts: partsOf(prefix + plan.text, encoding),
    forcing: encoding === "GSM-7" ? [] : foreign(prefix + folded(plan)),
    omissions: plan.omissions,
  };
}
