import { type Encoding, fold, foreign, isGsm7, partsOf, wholeParts } from "./gsm7.ts";
import type { GaveWay, Sms } from "../message.ts";
import { channelLimits } from "../channel-limits.ts";
import { cut } from "../cut-text.ts";
import { columns } from "../email/wrap.ts";

export const limits = {
  /** The share of a title that must stay for the date to stay beside it. */
  title: 2 / 3,
  /** A digest lists a shortened title only where this much of it stays; columns. */
  listed: 20,
  /** Less of a summary is worse than none; columns. */
  summary: 40,
  /** Some feeds have a sentence for a name; UTF-16 code units. */
  feed: 30,
} as const;

/** SNS puts the topic's display name in capitals before each SMS (Amazon SNS Developer Guide, Publishing to a topic). */
export function smsPrefix(displayName: string | undefined): string {
  return displayName === undefined || displayName === "" ? "" : `${displayName.toUpperCase()}> `;
}

/**
 * Estimated price of one SMS to one telephone number. An estimate also because SNS cuts long texts 'at whole-word
 * boundaries' (Amazon SNS API, Publish), which can take a part more than the standard's count.
 */
export function price(sms: Pick<Sms, "parts">, smsPartPrice: number): number {
  return sms.parts * smsPartPrice;
}

/** What an SMS may take. */
export interface SmsBudget {
  readonly prefix: string;
  readonly parts: number;
}

/** How texts are written and measured under one encoding, which is decided once for the whole message. */
export interface Medium {
  readonly encoding: Encoding;
  readonly mark: string;
  readonly write: (text: string) => string;
  readonly fits: (text: string) => boolean;
  /** Code units of a summary that may be shown. */
  readonly end: (summary: string) => number;
}

/**
 * A text fits if it keeps to its budget and no part ends inside a character as readers see it: networks show parts
 * that come late on their own, and calculators of price differ on such texts.
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

/** How a text looks when it may take `length` code units at most, its mark of omission included. */
export type Shape = (text: string, length: number) => string;

/** How `shorten` shortens a text. */
export interface Shortening {
  readonly shape: Shape;
  /** Fewer columns are not worth showing. */
  readonly minColumns: number;
  readonly medium: Medium;
  /** The whole SMS with the shortened text in its place. */
  readonly build: (text: string) => string;
  /** Code units of the text that may be shown. */
  readonly maxLength?: number;
}

/** The longest shape of `text` with which the whole SMS fits; `undefined` where that has too few columns. */
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

/** A title keeps as much as there is room for. */
export const titleShape: Shape = (text, length) => cut(text, length);

/** Lines of a message, without those that are empty. */
export const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n");

/** What a message says. */
export interface SmsPlan {
  readonly text: string;
  /** The last line, where it is a link: it is never folded. */
  readonly link: string;
  readonly gaveWay: readonly GaveWay[];
}

/** Code units in front of the first character that GSM-7 lacks. */
function foreignAt(text: string): number {
  const [first] = foreign(text);
  return first === undefined ? text.length : text.indexOf(first);
}

/**
 * Plans under GSM-7 first, as if every character had a place there; if what is then shown has, it is sent so.
 * Otherwise it is UCS-2, or GSM-7 with the summary ended before its first foreign character where that shows no less:
 * a part of GSM-7 holds more than twice as much. Where all that asked for UCS-2 has given way it is GSM-7 as well.
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
    gaveWay: plan.gaveWay,
  };
}
