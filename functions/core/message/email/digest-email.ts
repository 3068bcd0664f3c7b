import type { Audience } from "../../configuration.ts";
import { cut } from "../cut-text.ts";
import { dayHeading, dateLine, period, timeLine } from "../format-dates.ts";
import { headlineOf, maxShown } from "../headline.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import type { Alert, Digest } from "../message.ts";
import { feedName } from "../names.ts";
import { mailText, reasonLine } from "./alert-email.ts";
import { tellingCategories } from "../telling-categories.ts";
import { reportsOf } from "../reports-of.ts";
import { isolate } from "./direction.ts";
import { alsoLines, byline, factLine, feedLink, linkLines, textLines } from "./entry-lines.ts";
import { limits } from "./mail-limits.ts";
import { ownLine, paragraph } from "./paragraph.ts";

/** A digest with more entries starts with a list of their headlines. */
const maxWithoutList = 5;

/** A headline in the list, in UTF-16 code units: about three lines on a telephone. */
const maxListed = 100;

/** One message of a digest: the whole digest or one of its parts. */
export interface DigestPart {
  readonly digest: Digest;
  /** In the order of the mail. */
  readonly alerts: readonly Alert[];
  readonly number: number;
  readonly of: number;
}

/** An entry as a digest shows it. */
export interface DigestItem {
  readonly alert: Alert;
  /** Its line in the list of headlines. */
  readonly listed: string;
  /** Feed and day, above the entries that share them. */
  readonly heading: string;
  /** Number and title, facts, summary, links. */
  readonly text: string;
}

/** Number of feeds in the whole digest. */
export const feedsOf = ({ digest }: Pick<DigestPart, "digest">): number =>
  Math.max(
    1,
    digest.scheduled?.feeds ?? 0,
    new Set(digest.shown.flatMap(reportsOf).map((report) => report.source.slug)).size,
  );

/** Number of entries and feeds of the whole digest, and the number of this part. */
export function digestCount(part: DigestPart, words: LocaleWords): string {
  const total = part.digest.shown.length + part.digest.more;
  const headlines = part.digest.before > 0 ? words.moreHeadlines(total) : words.headlines(total);
  const feeds = feedsOf(part);
  const what = feeds > 1 ? words.fromFeeds(headlines, feeds) : headlines;
  return part.of > 1 ? `${what} (${part.number}/${part.of})` : what;
}

/** Count, period and feed: `24 headlines · 24 – 25 Jan 2024 · VOA`, cut at the end if it is too long. */
export function digestSubject(part: DigestPart, audience: Audience, words: LocaleWords): string {
  const days = period(part.digest.shown, audience);
  const parts = [
    digestCount(part, words),
    ...(days === undefined ? [] : [days]),
    ...(feedsOf(part) > 1 ? [] : [feedName(part.digest.source)]),
  ];
  return cut(parts.join(" · "), limits.subject);
}

/**
 * One entry of a digest. Without a title, the start of the text replaces it. Its day is in the heading, except in the
 * order of importance, where each entry has its date.
 */
export function digestItem(
  alert: Alert,
  number: number,
  {
    audience,
    words,
    isSeveral,
    common,
  }: {
    readonly audience: Audience;
    readonly words: LocaleWords;
    /** The digest has entries of several feeds. */
    readonly isSeveral: boolean;
    /** Categories that do not tell its entries apart. */
    readonly common: ReadonlySet<string>;
  },
): DigestItem {
  const { title, summary, isGenerated } = headlineOf(alert, words);
  const leads = isGenerated && summary !== "";
  const label = `${number}. ${alert.revised === true ? words.updated : ""}`;
  const { order } = audience;
  const date =
    order === "importance" ? dateLine(alert, audience, words, "medium") : timeLine(alert, audience, words);
  const feed = isolate(feedName(alert.source));
  const topics = tellingCategories(alert, maxShown.categories.digest, common);
  const facts = [
    ...(isSeveral && order !== "feed" ? [feed] : []),
    ...(date === undefined ? [] : [isolate(date)]),
    byline(alert, words),
    topics.length === 0 ? undefined : words.topics(topics.map(isolate)),
  ];
  const heading = [
    ...(isSeveral && order === "feed" ? [feed] : []),
    ...(order === "importance" ? [] : [isolate(dayHeading(alert, audience, words))]),
  ];
  return {
    alert,
    listed: paragraph(cut(title, maxListed), label).join("\n"),
    heading: ownLine(heading.join(" · ")).join("\n"),
    text: [
      ...paragraph(leads ? summary : title, label),
      ...factLine(facts),
      ...(leads ? [] : textLines(alert, summary, maxShown.points.digest)),
      ...linkLines(alert, words),
      ...alsoLines(alert, words),
    ].join("\n"),
  };
}

/** Numbers and headlines, by feed if there are several. */
function headlineList(items: readonly DigestItem[]): readonly (readonly string[])[] {
  const feeds = Map.groupBy(items, ({ alert }) => alert.source.slug);
  return [...feeds.values()].map((ofFeed) => [
    ...(feeds.size === 1 ? [] : ofFeed.slice(0, 1).flatMap(({ alert }) => paragraph(feedName(alert.source)))),
    ...ofFeed.map(({ listed }) => listed),
  ]);
}

/** The entries, each day or feed with its heading. */
function sections(items: readonly DigestItem[]): readonly (readonly string[])[] {
  return items.flatMap(({ heading, text }, index) =>
    heading === "" || heading === items[index - 1]?.heading ? [[text]] : [[heading], [text]],
  );
}

/** What comes after the entries: the number of those that are not shown, and of those that were sent before. */
function closingLines(part: DigestPart, words: LocaleWords): readonly (readonly string[])[] {
  const { more, before, source, scheduled } = part.digest;
  const isLast = part.number === part.of;
  const several = feedsOf(part) > 1;
  const counted = several
    ? [words.more(more)]
    : [scheduled ? words.more(more) : words.moreInSnapshot(more), ...feedLink(source.link)];
  return [isLast && more > 0 ? counted : [], isLast && before > 0 ? paragraph(words.sentBefore(before)) : []];
}

/**
 * The mail for one part of a digest as plain text. It starts with headlines: of more than five entries as a list. Then
 * the entries under a heading for each day, which a short digest of the day in its subject does not need.
 */
export function digestMail(
  part: DigestPart,
  items: readonly DigestItem[],
  { audience, words }: { readonly audience: Audience; readonly words: LocaleWords },
): string {
  const isListed = items.length > maxWithoutList;
  const headings = new Set(items.map(({ heading }) => heading));
  const isOneDay =
    audience.order === "newest" && headings.size === 1 && period(part.digest.shown, audience) !== undefined;
  return mailText([
    ...(isListed ? [...headlineList(items), [separator]] : []),
    ...(isOneDay && !isListed ? items.map(({ text }) => [text]) : sections(items)),
    ...closingLines(part, words),
    reasonLine(audience, words),
  ]);
}

/** Between the list and the entries. Not `--`, which mail programs take for the start of a signature (RFC 3676, 4.3). */
const separator = "* * *";
