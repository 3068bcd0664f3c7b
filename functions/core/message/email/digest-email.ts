import type { Audience } from "../../configuration.ts";
import { dateLine, period } from "../format-dates.ts";
import { isolate } from "./direction.ts";
import { alsoLines } from "./also-lines.ts";
import { byline, linkLines, joinFacts } from "./alert-email.ts";
import { limits } from "./mail-limits.ts";
import { headlineOf, shownLink } from "../headline.ts";
import { feedName } from "../names.ts";
import type { Alert, Digest } from "../message.ts";
import { cut } from "../cut-text.ts";
import type { LocaleWords } from "../locales/locale-words.ts";
import { titleLines, wrap, wrapIsolated } from "./wrap.ts";

/** One message of a digest: the whole digest or one of its parts. */
export interface DigestPart {
  readonly digest: Digest;
  /** In the order of the mail: by feed, newest first. */
  readonly alerts: readonly Alert[];
  readonly number: number;
  readonly of: number;
  /** The closing message of a flood: other entries were sent one by one before it. */
  readonly closing: boolean;
}

/** Number of feeds in the whole digest. */
export const feedsOf = ({ digest }: DigestPart): number =>
  Math.max(1, digest.scheduled?.feeds ?? 0, new Set(digest.shown.map((alert) => alert.source.slug)).size);

/** Number of entries and feeds of the whole digest, and the number of this part. */
function count(part: DigestPart, words: LocaleWords): string {
  const total = part.digest.shown.length + part.digest.more;
  const headlines = part.closing ? words.moreHeadlines(total) : words.headlines(total);
  const feeds = feedsOf(part);
  const what = feeds > 1 ? words.fromFeeds(headlines, feeds) : headlines;
  return part.of > 1 ? `${what} (${part.number}/${part.of})` : what;
}

/**
 * Count and feed in one line: `24 headlines · VOA`. The feed's name is last, so that a right-to-left name can't reorder
 * the numbers.
 */
export function digestHeading(part: DigestPart, words: LocaleWords): string {
  return [count(part, words), ...(feedsOf(part) > 1 ? [] : [feedName(part.digest.source)])].join(" · ");
}

/** Count, period and feed: `24 headlines · 24 – 25 Jan 2024 · VOA`, cut at the end if it is too long. */
export function digestSubject(part: DigestPart, audience: Audience, words: LocaleWords): string {
  const days = period(part.digest.shown, audience);
  const parts = [
    count(part, words),
    ...(days === undefined ? [] : [days]),
    ...(feedsOf(part) > 1 ? [] : [feedName(part.digest.source)]),
  ];
  return cut(parts.join(" · "), limits.subject);
}

/** One entry of a digest: number and title, date and authors, summary, link. Without a title, the start of the text replaces it. */
export function digestEntry(alert: Alert, number: number, audience: Audience, words: LocaleWords): string {
  const { title, summary, isGenerated } = headlineOf(alert, words);
  const leads = isGenerated && summary !== "";
  const updated = alert.revised === true ? words.updated : "";
  return [
    ...titleLines(leads ? summary : title, `${number}. ${updated}`, limits.width),
    ...joinFacts([isolate(dateLine(alert, audience, words, "medium")), byline(alert, words)]),
    ...(leads ? [] : wrap(summary, limits.width)),
    ...linkLines(alert, words),
    ...alsoLines(alert, words),
  ].join("\n");
}

/** The first lines: the count, and what is not shown. */
function opening(part: DigestPart, words: LocaleWords): string {
  const { before, more, shown, source } = part.digest;
  const what = count(part, words);
  const title = feedsOf(part) > 1 ? what : words.ofFeed(isolate(feedName(source)), what);
  const sentence = part.closing
    ? words.closing(before, shown.length, more)
    : more > 0
      ? words.excerpt(shown.length, more)
      : "";
  return [
    ...wrapIsolated(title, limits.width),
    ...(part.number > 1 || sentence === "" ? [] : wrap(sentence, limits.width)),
  ].join("\n");
}

/** The last line of the last part: the number of entries that are not shown, and the feed's link. */
function countLine(part: DigestPart, words: LocaleWords): string {
  const { more, source, scheduled } = part.digest;
  if (feedsOf(part) > 1) return words.more(more);
  return [scheduled ? words.more(more) : words.moreInSnapshot(more), shownLink(source.link) ?? ""]
    .join("\n")
    .trimEnd();
}

/** The mail for one part of a digest as plain text: numbered entries grouped by feed, then the number of entries that are not shown. */
export function digestMail(part: DigestPart, entries: readonly string[], words: LocaleWords): string {
  const several = feedsOf(part) > 1;
  const blocks = [opening(part, words)];
  for (const [index, { source }] of part.alerts.entries()) {
    if (several && part.alerts[index - 1]?.source.slug !== source.slug)
      blocks.push(titleLines(feedName(source), "", limits.width).join("\n"));
    blocks.push(entries[index] ?? "");
  }
  if (part.number === part.of && part.digest.more > 0) blocks.push(countLine(part, words));
  return `${blocks.join("\n\n")}\n`;
}
