import type { Audience, SmsSettings } from "../../configuration.ts";
import type { Encoding, MessageKind, Sms, SmsOmission } from "../message.ts";
import { asciiLink } from "../headline.ts";
import { type MeasuredDraft, type Draft, best, explain } from "./sms-draft.ts";
import { plainTypography, foreign, isGsm7, partsOf } from "./gsm7.ts";
import { type Medium, type Written, medium } from "./medium.ts";

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
  /** Maximum parts. */
  readonly parts: number;
  /** Maximum parts while too little is shown. */
  readonly maxParts: number;
  readonly fold: SmsSettings["fold"];
}

/** The limits of an audience's SMS of one kind. */
export const smsBudget = ({ displayName, sms }: Audience, kind: MessageKind): SmsBudget => ({
  prefix: smsPrefix(displayName),
  parts: sms.parts[kind],
  maxParts: sms.maxParts[kind],
  fold: sms.fold,
});

/** What an SMS is written from. */
export interface SmsSource {
  /** All texts that may be shown. */
  readonly texts: readonly string[];
  /** All links that may be shown. */
  readonly links: readonly (string | undefined)[];
  /** The best content in one medium; `undefined` if it can't be written there. */
  readonly draft: (medium: Medium) => Draft | undefined;
}

/**
 * The best SMS of all candidates: GSM-7 as written, GSM-7 without the accents and emoji that it lacks, and UCS-2, which
 * has all characters and less than half of the room. The candidate that keeps most for the reader wins, in the order
 * of the draft's criteria; of equal ones, the one with all letters, then the one with fewer parts. While the best one
 * is cramped, all are drafted again with one part more, up to `maxParts`.
 */
export function planSms(source: SmsSource, budget: SmsBudget): Sms {
  const candidates: MeasuredDraft[] = [];
  let chosen: MeasuredDraft | undefined;
  for (let parts = budget.parts; chosen === undefined || parts <= budget.maxParts; parts += 1) {
    candidates.push(...candidatesIn(parts, source, budget));
    chosen = best(candidates) ?? ellipsisAlone(budget);
    if (!chosen.isCramped) break;
  }
  const { text, encoding, parts, omissions } = chosen;
  return {
    text,
    encoding,
    parts,
    forcing: encoding === "GSM-7" ? [] : forcing(budget.prefix + text, chosen.links),
    omissions,
    candidates: explain(chosen, candidates),
  };
}

/** The characters that force UCS-2: those that GSM-7 lacks after folding, or all of them if only folding takes too much room. */
function forcing(text: string, links: readonly string[]): readonly string[] {
  const rest = links.reduce((left, link) => left.replace(link, ""), text);
  const folded = foreign(plainTypography(rest) + links.join(""));
  return folded.length > 0 ? folded : foreign(text);
}

/** The candidates with at most `parts` parts; only GSM-7 as written if that has all characters. */
function* candidatesIn(
  parts: number,
  { texts, links, draft }: SmsSource,
  { prefix, fold: folding }: SmsBudget,
): Generator<MeasuredDraft> {
  const drafted = (encoding: Encoding, isFolded: boolean): MeasuredDraft | undefined => {
    const found = draft(medium({ encoding, isFolded, prefix, parts }));
    if (found === undefined || isGsm7(prefix + found.text) !== (encoding === "GSM-7")) return undefined;
    return { ...found, encoding, isFolded, parts: partsOf(prefix + found.text, encoding) };
  };
  const plain = drafted("GSM-7", false);
  if (plain !== undefined) yield plain;
  const isComplete =
    // The prefix is sent as it is.
    isGsm7(prefix) &&
    texts.every((text) => isGsm7(plainTypography(text))) &&
    links.every((link) => isGsm7(asciiLink(link) ?? ""));
  if (plain?.omissions.length === 0 || isComplete) return;
  const folded = folding === "never" ? undefined : drafted("GSM-7", true);
  if (folded !== undefined && folded.text !== plain?.text) yield folded;
  const wide = drafted("UCS-2", false);
  if (wide !== undefined) yield wide;
}

/** Where nothing else fits: a text is never empty. */
function ellipsisAlone({ prefix }: SmsBudget): MeasuredDraft {
  const encoding = isGsm7(prefix) ? "GSM-7" : "UCS-2";
  const text = encoding === "GSM-7" ? "..." : "…";
  return {
    text,
    links: [],
    omissions: ["title omitted"],
    kept: [],
    isCramped: true,
    encoding,
    isFolded: false,
    parts: partsOf(prefix + text, encoding),
  };
}

/** What was removed from the shown texts: pairs of a text and the number of its UTF-16 code units that are shown. */
export function removals(shown: readonly (readonly [Written, number])[]): readonly SmsOmission[] {
  const hadAccents = shown.some(([{ accent }, length]) => length > accent);
  const hadEmoji = shown.some(([{ emoji }, length]) => emoji.some((at) => length > at));
  return [
    ...(hadAccents ? (["accents removed"] as const) : []),
    ...(hadEmoji ? (["emoji omitted"] as const) : []),
  ];
}

/** Joins the lines that are not empty. */
export const lines = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n");
