import type { Audience } from "../../configuration.ts";
import { shortDate } from "../format-dates.ts";
import { withDirectionMark } from "../email/direction.ts";
import { asciiLink, headlineOf, shownLink } from "../headline.ts";
import { feedBrand } from "../names.ts";
import type { Alert, SmsOmission, Sms } from "../message.ts";
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
  /** `date` is the text for an unknown date. */
  readonly isUnknown: boolean;
  readonly feed: string;
  /** The second line: `2024-01-25 Feed`, or `Feed (date unknown)`. */
  readonly second: (date: string, feed: string) => string;
  readonly link: string;
  /** BCP 47, of the summary. */
  readonly language: string | undefined;
}

const spaced = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** Shortens the summary first, then also omits the feed's name; `undefined` if the summary must be omitted. */
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
        omissions: name === feed ? ["summary shortened"] : ["summary shortened", "feed omitted"],
      };
  }
  return undefined;
}

/** Date and title on one line; Chinese and Japanese need no space between them. */
const beside = (date: string, title: string): string =>
  spaceless.test(title.slice(0, 2)) ? date + title : spaced(date, title);

/**
 * Omits, in this order, as much as needed: the summary, the text for an unknown date, the feed's name, up to a third of
 * the title, the date, the rest of the title, the link.
 */
function planFields(fields: Fields, medium: Medium): SmsPlan {
  const { title, summary, date, isUnknown, feed, second, link } = fields;
  const { fits } = medium;
  const whole = lines(title, summary, second(date, feed), link);
  if (fits(whole) && medium.end(summary) === summary.length) return { text: whole, link, omissions: [] };
  const withSummary = summary === "" ? undefined : planSummary(fields, medium);
  if (withSummary !== undefined) return withSummary;

  const omissions: SmsOmission[] = summary === "" ? [] : ["summary omitted"];
  const done = (text: string, ...last: readonly SmsOmission[]): SmsPlan => ({
    text,
    link,
    omissions: [...omissions, ...last],
  });
  const bare = lines(title, second(date, feed), link);
  if (fits(bare)) return done(bare);
  if (isUnknown) {
    const undated = planFields({ ...fields, summary: "", date: "", isUnknown: false }, medium);
    return undated.link === link
      ? { ...undated, omissions: [...omissions, "date omitted", ...undated.omissions] }
      : planWithoutLink(fields, medium);
  }
  if (feed !== "") omissions.push("feed omitted");
  const dated = (text: string): string => lines(text, date, link);
  if (fits(dated(title))) return done(dated(title));
  const solid = lines(beside(date, title), link);
  if (fits(solid)) return done(solid);
  const minColumns = columns(title) * limits.title;
  const short = shorten(title, { shape: titleShape, minColumns, medium, build: dated });
  if (short !== undefined) return done(dated(short), "title shortened");

  if (date !== "") omissions.push("date omitted");
  const linked = (text: string): string => lines(text, link);
  if (fits(linked(title))) return done(linked(title));
  const shortest = shorten(title, { shape: titleShape, minColumns: 2, medium, build: linked });
  if (shortest !== undefined) return done(linked(shortest), "title shortened");
  if (link === "") return done(medium.mark, "title omitted");
  if (fits(link)) return done(link, "title omitted");
  return planWithoutLink(fields, medium);
}

/** Plans again without the link: the room it would take is free for the other fields. */
function planWithoutLink(fields: Fields, medium: Medium): SmsPlan {
  const without = planFields({ ...fields, link: "" }, medium);
  return { ...without, omissions: ["link omitted", ...without.omissions] };
}

/** The SMS for one entry within the audience's parts. Its lines are title, summary, date and feed, link. */
export function alertSms(
  alert: Alert,
  audience: Audience,
  words: LocaleWords,
  parts = audience.sms.parts.alert,
): Sms {
  const { title, summary, isGenerated } = headlineOf(alert, words);
  const date = shortDate(alert, audience.timeZone);
  const feed = isGenerated && summary === "" ? "" : feedBrand(alert.source, limits.feed);
  const updated = alert.revised === true ? words.updated : "";
  const budget = { prefix: smsPrefix(audience.displayName), parts };
  const planned = (address: string | undefined): Sms =>
    plan(budget, (medium) =>
      planFields(
        {
          title: medium.write(withDirectionMark(updated + (isGenerated && summary !== "" ? summary : title))),
          summary: isGenerated ? "" : medium.write(withDirectionMark(summary)),
          date: date ?? medium.write(words.dateUnknownNote),
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
  if (alert.linkSource === "feed" && sms.omissions.length > 0) return planned(undefined);
  const isTooLong = alert.link !== undefined && alert.link !== "" && asciiLink(alert.link) === undefined;
  return isTooLong ? { ...sms, omissions: ["link omitted", ...sms.omissions] } : sms;
}

/** The link as readers see it; under GSM-7 with its letters encoded where the alphabet lacks one. */
export function linkUnder(encoding: Encoding, address: string | undefined): string {
  const link = shownLink(address) ?? "";
  return encoding === "UCS-2" || isGsm7(link) ? link : (asciiLink(address) ?? "");
}

/** Ends a summary after a sentence if that uses two thirds of the room, else after a clause or a word. */
const summaryShape =
  (language: string | undefined): Shape =>
  (text, length) => {
    const whole = wholeSentences(text, length, language);
    return whole >= length * 0.66 ? text.slice(0, whole) : fit(text, length);
  };
