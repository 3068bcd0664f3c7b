import type { Audience } from "../configuration.ts";
import { shortDate } from "./dates.ts";
import { type Part, count } from "./digest-email.ts";
import { type Encoding, fold, forcing, isGsm7, partsOf, wholeParts } from "./gsm7.ts";
import { feedName, headlineOf, shownLink } from "./headline.ts";
import type { Alert, Sms } from "./message.ts";
import { graphemeEnd } from "./text.ts";
import type { Words } from "./words.ts";

export const limits = {
  /** Characters of one publish, the topic's prefix counted (Amazon SNS Developer Guide, Publish to a mobile phone). */
  characters: 1_600,
  /** A title is not shortened below this as long as something else can give way; UTF-16 code units. */
  title: 20,
  /** Fewer characters of a summary are worse than none. */
  summary: { "GSM-7": 40, "UCS-2": 15 },
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

/** The longest shortening of `text` with which `build` fits, at least `least` code units long; `undefined` where there is none. */
function shorten(
  text: string,
  least: number,
  medium: Medium,
  build: (text: string) => string,
): string | undefined {
  const at = (length: number): string => {
    const end = graphemeEnd(text, length);
    const space = text.lastIndexOf(" ", end);
    const from = space >= end * 0.7 && text.charAt(end) !== " " ? space : end;
    return text.slice(0, from).replace(/[\s,;:.，、；：。]+$/u, "") + medium.mark;
  };
  let low = 0;
  let high = Math.min(text.length, limits.characters);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (medium.fits(build(at(middle)))) low = middle;
    else high = middle - 1;
  }
  for (let length = low; length >= Math.max(1, least); length -= 1) {
    const candidate = at(length);
    if (candidate !== medium.mark && medium.fits(build(candidate))) return candidate;
  }
  return undefined;
}

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
  readonly link: string;
}

/** What gives way, in this order: the summary, the feed's name, the end of the title, the date, the title, the link. */
function planFields(fields: Fields, medium: Medium): Plan {
  const { title, summary, date, feed, link } = fields;
  const gave: string[] = [];
  const build = (title: string, summary: string, ...second: string[]): string =>
    lines(title, summary, second.filter((part) => part !== "").join(" "), link);
  const done = (text: string): Plan => ({ text, gaveWay: gave });

  if (medium.fits(build(title, summary, date, feed))) return done(build(title, summary, date, feed));
  if (summary !== "") {
    const least = limits.summary[medium.encoding];
    const short = shorten(summary, least, medium, (text) => build(title, text, date, feed));
    gave.push(short === undefined ? "summary left out" : "summary shortened");
    if (short !== undefined) return done(build(title, short, date, feed));
    if (medium.fits(build(title, "", date, feed))) return done(build(title, "", date, feed));
  }
  if (feed !== "") {
    gave.push("feed left out");
    if (medium.fits(build(title, "", date))) return done(build(title, "", date));
  }
  const withDate = shorten(title, limits.title, medium, (text) => build(text, "", date));
  if (withDate !== undefined) {
    gave.push("title shortened");
    return done(build(withDate, "", date));
  }
  if (date !== "") {
    gave.push("date left out");
    if (medium.fits(build(title, ""))) return done(build(title, ""));
  }
  const alone = shorten(title, 1, medium, (text) => build(text, ""));
  gave.push(alone === undefined ? "title left out" : "title shortened");
  if (alone !== undefined) return done(build(alone, ""));
  if (link !== "" && medium.fits(link)) return done(link);
  if (link === "") return done("");
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
    forcing: encoding === "GSM-7" ? [] : forcing(budget.prefix + text),
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
  const { title, summary } = headlineOf(alert, words);
  const budget = { prefix: smsPrefix(audience.displayName), parts: audience.smsParts.alert };
  return plan(budget, ({ write, ...rest }) =>
    planFields(
      {
        title: write((alert.revised === true ? words.updated : "") + title),
        summary: write(summary),
        date: shortDate(alert, audience.timeZone) ?? write(words.dateUnknown),
        feed: write(feedName(alert.source)),
        link: shownLink(alert.link) ?? "",
      },
      { write, ...rest },
    ),
  );
}

function planDigest(part: Part, words: Words, medium: Medium): Plan {
  const { source, shown, more } = part.digest;
  const several = new Set(shown.map((alert) => alert.source.slug)).size > 1;
  const numbered = part.of > 1 ? ` (${words.part(part.number, part.of)})` : "";
  const head = medium.write(count(part, words) + numbered + (several ? "" : ` · ${feedName(source)}`));
  const link = several ? "" : (shownLink(source.link) ?? "");
  const titles = part.alerts.map((alert) => `- ${medium.write(headlineOf(alert, words).title)}`);
  const counted = part.number === part.of ? more : 0;
  const rest = (listed: number): string => {
    const hidden = titles.length - listed + counted;
    return hidden > 0 ? `+${hidden}` : "";
  };
  for (const tail of link === "" ? [""] : [link, ""]) {
    const build = (listed: readonly string[]): string => lines(head, ...listed, rest(listed.length), tail);
    const gaveWay = tail === link ? [] : ["link left out"];
    for (let listed = fitting(titles, medium, build); listed > 0; listed -= 1)
      if (medium.fits(build(titles.slice(0, listed))))
        return { text: build(titles.slice(0, listed)), gaveWay };
    const [first] = titles;
    const short =
      first === undefined ? undefined : shorten(first, limits.title, medium, (text) => build([text]));
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
