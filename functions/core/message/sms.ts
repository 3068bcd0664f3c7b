import type { Audience } from "../configuration.ts";
import { shortDate } from "./dates.ts";
import { type Part, digestHeading, feedsOf } from "./digest-email.ts";
import { type Encoding, fold, foreign, isGsm7, partsOf, wholeParts } from "./gsm7.ts";
import { feedName, headlineOf, shownLink } from "./headline.ts";
import type { Alert, Sms } from "./message.ts";
import { fit } from "./summary/fit.ts";
import { splitSentences } from "./summary/sentences.ts";
import { cut } from "./text.ts";
import type { Words } from "./words.ts";
import { columns } from "./wrap.ts";

export const limits = {
  /** Characters of one publish, the topic's prefix counted (Amazon SNS Developer Guide, Publish to a mobile phone). */
  characters: 1_600,
  /** A title is not shortened below this as long as something else can give way; columns. */
  title: 20,
  /** Less of a summary is worse than none; columns. */
  summary: 30,
} as const;

/** SNS puts the topic's display name in capitals before each SMS (Amazon SNS Developer Guide, Publishing to a topic). */
export function smsPrefix(displayName: string | undefined): string {
  return displayName === undefined || displayName === "" ? "" : `${displayName.toUpperCase()}> `;
}

/** Estimated price of one SMS to one telephone number. */
export function price(sms: Pick<Sms, "parts">, smsPartPrice: number): number {
  return sms.parts * smsPartPrice;
}

interface Budget {
  readonly prefix: string;
  readonly parts: number;
}

/** How texts are written and measured under one encoding, which is decided once for the whole message. */
interface Medium {
  readonly encoding: Encoding;
  readonly mark: string;
  readonly write: (text: string) => string;
  readonly fits: (text: string) => boolean;
}

/**
 * A text fits if it keeps to its budget and no part ends inside a character as readers see it: networks show parts
 * that come late on their own, and calculators of price differ on such texts.
 */
function medium(encoding: Encoding, { prefix, parts }: Budget): Medium {
  return {
    encoding,
    mark: encoding === "GSM-7" ? "..." : "…",
    write: encoding === "GSM-7" ? fold : (text) => text,
    fits: (text) => {
      const whole = prefix + text;
      if (whole.length > limits.characters) return false;
      const used = partsOf(whole, encoding);
      return used <= parts && used === wholeParts(whole, encoding);
    },
  };
}

/** How a text looks when it may take `length` code units at most, its mark of omission included. */
type Shape = (text: string, length: number) => string;

/** The longest shape of `text` with which `build` fits and that has at least `least` columns; `undefined` where there is none. */
function shorten(
  text: string,
  shape: Shape,
  least: number,
  medium: Medium,
  build: (text: string) => string,
): string | undefined {
  let low = 0;
  let high = Math.min(text.length, limits.characters);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (medium.fits(build(text.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  for (let length = low; length > 0; length -= 1) {
    const candidate = medium.write(shape(text, length));
    if (columns(candidate) < least) return undefined;
    if (medium.fits(build(candidate))) return candidate;
  }
  return undefined;
}

/** A title keeps as much as there is room for. */
const titleShape: Shape = (text, length) => cut(text, length);

/** A summary ends with a sentence where that keeps two thirds of the room, else at a clause or a word. */
const summaryShape: Shape = (text, length) => {
  let whole = 0;
  for (const sentence of splitSentences(text.slice(0, length + 1))) {
    const end = text.indexOf(sentence, whole) + sentence.length;
    if (end > length || !/[\p{Sentence_Terminal}"'”’」』）)]$/u.test(sentence)) break;
    whole = end;
  }
  return whole >= length * 0.66 ? text.slice(0, whole) : fit(text, length);
};

const lines = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("\n");

interface Plan {
  readonly text: string;
  readonly gaveWay: readonly string[];
}

interface Fields {
  readonly title: string;
  readonly summary: string;
  readonly date: string;
  readonly feed: string;
  /** `2024-01-25 Feed`, but `Feed (date unknown)`. */
  readonly second: (date: string, feed: string) => string;
  readonly link: string;
}

const spaced = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** The summary gives way first: shortened, then without the feed's name beside it, then altogether. */
function planSummary({ title, summary, date, feed, second, link }: Fields, medium: Medium): Plan | undefined {
  for (const name of new Set([feed, ""])) {
    const build = (text: string): string => lines(title, text, second(date, name), link);
    const text = shorten(summary, summaryShape, limits.summary, medium, build);
    if (text !== undefined)
      return {
        text: build(text),
        gaveWay: ["summary shortened", ...(name === feed ? [] : ["feed left out"])],
      };
  }
  return undefined;
}

/** What gives way, in this order: the summary, the feed's name, the end of the title, the date, the title, the link. */
function planFields(fields: Fields, medium: Medium): Plan {
  const { title, summary, date, feed, second, link } = fields;
  const { fits } = medium;
  const whole = lines(title, summary, second(date, feed), link);
  if (fits(whole)) return { text: whole, gaveWay: [] };
  const withSummary = summary === "" ? undefined : planSummary(fields, medium);
  if (withSummary !== undefined) return withSummary;

  const gaveWay = summary === "" ? [] : ["summary left out"];
  const bare = lines(title, second(date, feed), link);
  if (fits(bare)) return { text: bare, gaveWay };
  if (feed !== "") gaveWay.push("feed left out");
  const dated = lines(title, date, link);
  if (fits(dated)) return { text: dated, gaveWay };
  const build = (text: string): string => lines(text, date, link);
  const short = shorten(title, titleShape, limits.title, medium, build);
  if (short !== undefined) return { text: build(short), gaveWay: [...gaveWay, "title shortened"] };

  if (date !== "") gaveWay.push("date left out");
  const linked = lines(title, link);
  if (fits(linked)) return { text: linked, gaveWay };
  const last = shorten(title, titleShape, 2, medium, (text) => lines(text, link));
  if (last !== undefined) return { text: lines(last, link), gaveWay: [...gaveWay, "title shortened"] };
  if (link === "") return { text: "", gaveWay: [...gaveWay, "title left out"] };
  if (fits(link)) return { text: link, gaveWay: [...gaveWay, "title left out"] };
  const without = planFields({ ...fields, link: "" }, medium);
  return { text: without.text, gaveWay: ["link left out", ...without.gaveWay] };
}

/**
 * Plans under GSM-7 first, as if every character had a place there; if what is then shown has, it is sent so.
 * Otherwise it is UCS-2, unless what gave way there was all that asked for it.
 */
function plan(budget: Budget, of: (medium: Medium) => Plan): Sms {
  const finish = (encoding: Encoding, { text, gaveWay }: Plan): Sms => ({
    text,
    encoding,
    parts: partsOf(budget.prefix + text, encoding),
    forcing: encoding === "GSM-7" ? [] : foreign(budget.prefix + fold(text)),
    gaveWay,
  });
  const small = medium("GSM-7", budget);
  const first = of(small);
  if (isGsm7(budget.prefix + first.text)) return finish("GSM-7", first);
  const second = of(medium("UCS-2", budget));
  const folded = fold(second.text);
  if (isGsm7(budget.prefix + folded) && small.fits(folded))
    return finish("GSM-7", { ...second, text: folded });
  return finish("UCS-2", second);
}

/** The SMS for one entry, within the audience's parts: title, summary, date and feed, link, a line each. */
export function alertSms(alert: Alert, audience: Audience, words: Words): Sms {
  const { title, summary, made } = headlineOf(alert, words);
  const date = shortDate(alert, audience.timeZone);
  const feed = feedName(alert.source);
  const updated = alert.revised === true ? words.updated : "";
  const budget = { prefix: smsPrefix(audience.displayName), parts: audience.smsParts.alert };
  return plan(budget, (medium) =>
    planFields(
      {
        title: medium.write(updated + (made && summary !== "" ? summary : title)),
        summary: made ? "" : medium.write(summary),
        date: date ?? medium.write(words.unknownDate),
        feed: medium.write(feed),
        second: (day, name) => (date === undefined ? spaced(name, day) : spaced(day, name)),
        link: shownLink(alert.link) ?? "",
      },
      medium,
    ),
  );
}

function planDigest(part: Part, words: Words, medium: Medium): Plan {
  const { source, more } = part.digest;
  const several = feedsOf(part) > 1;
  const head = medium.write(digestHeading(part, words));
  const link = several ? "" : (shownLink(source.link) ?? "");
  const titles = part.alerts.map((alert) => `- ${medium.write(headlineOf(alert, words).title)}`);
  const counted = part.number === part.of ? more : 0;
  const rest = (listed: number): string => {
    const hidden = titles.length - listed + counted;
    return hidden > 0 ? `+${new Intl.NumberFormat(words.tag).format(hidden)}` : "";
  };
  for (const tail of link === "" ? [""] : [link, ""]) {
    const build = (listed: readonly string[]): string => lines(head, ...listed, rest(listed.length), tail);
    const gaveWay = tail === link ? [] : ["link left out"];
    for (let listed = fitting(titles, medium, build); listed > 0; listed -= 1)
      if (medium.fits(build(titles.slice(0, listed))))
        return { text: build(titles.slice(0, listed)), gaveWay };
    const [first] = titles;
    const short =
      first === undefined
        ? undefined
        : shorten(first, titleShape, limits.title, medium, (text) => build([text]));
    if (short !== undefined) return { text: build([short]), gaveWay: [...gaveWay, "title shortened"] };
    if (medium.fits(build([]))) return { text: build([]), gaveWay: [...gaveWay, "titles left out"] };
  }
  return { text: rest(0), gaveWay: ["link left out", "titles left out", "heading left out"] };
}

/** How many titles may fit: an upper bound found by going on until one does not. */
function fitting(
  titles: readonly string[],
  medium: Medium,
  build: (listed: readonly string[]) => string,
): number {
  let listed = 0;
  for (let next = 1; next <= titles.length; next += 1) {
    const text = build(titles.slice(0, next));
    if (medium.fits(text)) listed = next;
    else if (text.length > limits.characters || next > listed + 2) break;
  }
  return listed;
}

/** The SMS for one part of a digest: how many, as many titles as fit, `+N` for the rest, the feed's link where it fits. */
export function digestSms(part: Part, audience: Audience, words: Words): Sms {
  const budget = { prefix: smsPrefix(audience.displayName), parts: audience.smsParts.digest };
  return plan(budget, (medium) => planDigest(part, words, medium));
}
