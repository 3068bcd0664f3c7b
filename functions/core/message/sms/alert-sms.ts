import type { Audience } from "../../configuration.ts";
import { shortDate } from "../format-dates.ts";
import { directed } from "../email/direction.ts";
import { asciiLink, headlineOf, shownLink } from "../headline.ts";
import { feedBrand } from "../names.ts";
import type { Alert, GaveWay, Sms } from "../message.ts";
import { type Encoding, isGsm7 } from "./gsm7.ts";
import {
  type Medium,
  type SmsPlan,
  type Shape,
  limits,
  lines,
  plan,
  shorten,
  smsPrefix,
  titleShape,
} from "./sms-plan.ts";
import { fit } from "../../summary/fit.ts";
import { wholeSentences } from "../../summary/sentences.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import { columns, spaceless } from "../email/wrap.ts";

interface Fields {
  readonly title: string;
  readonly summary: string;
  readonly date: string;
  /** `date` says no day, but that nobody knows it. */
  readonly isUnknown: boolean;
  readonly feed: string;
  /** `2024-01-25 Feed`, but `Feed (date unknown)`. */
  readonly second: (date: string, feed: string) => string;
  readonly link: string;
  /** BCP 47, of the summary. */
  readonly language: string | undefined;
}

const spaced = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** The summary gives way first: shortened, then without the feed's name beside it, then altogether. */
function planSummary(
  { title, summary, date, feed, second, link, language }: Fields,
  medium: Medium,
): SmsPlan | undefined {
  for (const name of new Set([feed, ""])) {
    const build = (text: string): string => lines(title, text, second(date, name), link);
    const text = shorten(summary, {
      shape: summaryShape(language),
      minColumns: limits.summary,
      medium,
      build,
      maxLength: medium.end(summary),
    });
    if (text !== undefined)
      return {
        text: build(text),
        link,
        gaveWay: name === feed ? ["summary shortened"] : ["summary shortened", "feed left out"],
      };
  }
  return undefined;
}

/** Chinese and Japanese need no space between a date and a title. */
const beside = (date: string, title: string): string =>
  spaceless.test(title.slice(0, 2)) ? date + title : spaced(date, title);

/**
 * What gives way, in this order: the summary, the words that no date is known, the feed's name, a third of the title
 * at most, the date, the rest of the title, the link.
 */
function planFields(fields: Fields, medium: Medium): SmsPlan {
  const { title, summary, date, isUnknown, feed, second, link } = fields;
  const { fits } = medium;
  const whole = lines(title, summary, second(date, feed), link);
  if (fits(whole) && medium.end(summary) === summary.length) return { text: whole, link, gaveWay: [] };
  const withSummary = summary === "" ? undefined : planSummary(fields, medium);
  if (withSummary !== undefined) return withSummary;

  const gaveWay: GaveWay[] = summary === "" ? [] : ["summary left out"];
  const done = (text: string, ...last: readonly GaveWay[]): SmsPlan => ({
    text,
    link,
    gaveWay: [...gaveWay, ...last],
  });
  const bare = lines(title, second(date, feed), link);
  if (fits(bare)) return done(bare);
  if (isUnknown) {
    const undated = planFields({ ...fields, summary: "", date: "", isUnknown: false }, medium);
    return undated.link === link
      ? { ...undated, gaveWay: [...gaveWay, "date left out", ...undated.gaveWay] }
      : planWithoutLink(fields, medium);
  }
  if (feed !== "") gaveWay.push("feed left out");
  const dated = (text: string): string => lines(text, date, link);
  if (fits(dated(title))) return done(dated(title));
  const solid = lines(beside(date, title), link);
  if (fits(solid)) return done(solid);
  const minColumns = columns(title) * limits.title;
  const short = shorten(title, { shape: titleShape, minColumns, medium, build: dated });
  if (short !== undefined) return done(dated(short), "title shortened");

  if (date !== "") gaveWay.push("date left out");
  const linked = (text: string): string => lines(text, link);
  if (fits(linked(title))) return done(linked(title));
  const shortest = shorten(title, { shape: titleShape, minColumns: 2, medium, build: linked });
  if (shortest !== undefined) return done(linked(shortest), "title shortened");
  if (link === "") return done(medium.mark, "title left out");
  if (fits(link)) return done(link, "title left out");
  return planWithoutLink(fields, medium);
}

/** What is left has the link's place: nothing that gave way for the link stays away. */
function planWithoutLink(fields: Fields, medium: Medium): SmsPlan {
  const without = planFields({ ...fields, link: "" }, medium);
  return { ...without, gaveWay: ["link left out", ...without.gaveWay] };
}

/** The SMS for one entry, within the audience's parts: title, summary, date and feed, link, a line each. */
export function alertSms(
  alert: Alert,
  audience: Audience,
  words: LocaleWords,
  parts = audience.smsParts.alert,
): Sms {
  const { title, summary, made } = headlineOf(alert, words);
  const date = shortDate(alert, audience.timeZone);
  const feed = made && summary === "" ? "" : feedBrand(alert.source, limits.feed);
  const updated = alert.revised === true ? words.updated : "";
  const budget = { prefix: smsPrefix(audience.displayName), parts };
  const planned = (address: string | undefined): Sms =>
    plan(budget, (medium) =>
      planFields(
        {
          title: medium.write(directed(updated + (made && summary !== "" ? summary : title))),
          summary: made ? "" : medium.write(directed(summary)),
          date: date ?? medium.write(words.unknownDate),
          isUnknown: date === undefined,
          feed: medium.write(feed),
          second: (day, name) => (date === undefined ? spaced(name, day) : spaced(day, name)),
          link: linkUnder(medium.encoding, address),
          language: alert.language,
        },
        medium,
      ),
    );
  const sms = planned(alert.link);
  // The feed's page is worth no word of the entry itself.
  if (alert.linkSource === "feed" && sms.gaveWay.length > 0) return planned(undefined);
  const isTooLong = alert.link !== undefined && alert.link !== "" && asciiLink(alert.link) === undefined;
  return isTooLong ? { ...sms, gaveWay: ["link left out", ...sms.gaveWay] } : sms;
}

/** The link as readers see it; under GSM-7 with its letters encoded where the alphabet lacks one. */
export function linkUnder(encoding: Encoding, address: string | undefined): string {
  const link = shownLink(address) ?? "";
  return encoding === "UCS-2" || isGsm7(link) ? link : (asciiLink(address) ?? "");
}

/** A summary ends with a sentence where that keeps two thirds of the room, else at a clause or a word. */
const summaryShape =
  (language: string | undefined): Shape =>
  (text, length) => {
    const whole = wholeSentences(text, length, language);
    return whole >= length * 0.66 ? text.slice(0, whole) : fit(text, length);
  };
