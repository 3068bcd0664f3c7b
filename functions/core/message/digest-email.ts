import type { Audience } from "../configuration.ts";
import { dateLine, period } from "./dates.ts";
import { inline } from "./direction.ts";
import { limits, linkLines, sourceLines } from "./email.ts";
import { feedName, headlineOf, shownLink } from "./headline.ts";
import type { Alert, Digest } from "./message.ts";
import { cut } from "./text.ts";
import type { Words } from "./words.ts";
import { heading, wrap } from "./wrap.ts";

/** One message of a digest: all of it, or one of several parts. */
export interface Part {
  readonly digest: Digest;
  /** In the order in which they are shown: by feed, newest first. */
  readonly alerts: readonly Alert[];
  /** Number of its first entry; the count goes on from part to part. */
  readonly first: number;
  readonly number: number;
  readonly of: number;
  /** The closing message of a flood: earlier entries went out one by one. */
  readonly closing: boolean;
}

const feedsOf = (digest: Digest): number => new Set(digest.shown.map((alert) => alert.source.slug)).size;

const isLast = (part: Part): boolean => part.number === part.of;

/** How many entries the digest tells of, in words, over all of its parts. */
export function count(part: Part, words: Words): string {
  const total = part.digest.shown.length + part.digest.more;
  return part.closing ? words.moreHeadlines(total) : words.headlines(total);
}

/**
 * Count, period and feed: `24 headlines · Jan 24 – 25, 2024 · VOA`. The feed's name stands last, where a
 * right-to-left name can't draw the numbers around it into itself, and is what gives way.
 */
export function digestSubject(part: Part, audience: Audience, words: Words): string {
  const feeds = feedsOf(part.digest);
  const what = feeds > 1 ? words.fromFeeds(count(part, words), feeds) : count(part, words);
  const numbered = part.of > 1 ? `${what} (${words.part(part.number, part.of)})` : what;
  const days = period(part.digest.shown, audience);
  const subject = [
    numbered,
    ...(days === undefined ? [] : [days]),
    ...(feeds > 1 ? [] : [feedName(part.digest.source)]),
  ];
  return cut(subject.join(" · "), limits.subject);
}

/** One entry of a digest: number and title, date and authors, summary, link. */
export function digestEntry(alert: Alert, number: number, audience: Audience, words: Words): string {
  const { title, summary } = headlineOf(alert, words);
  const updated = alert.revised === true ? words.updated : "";
  return [
    heading(title, `${number}. ${updated}`),
    inline(dateLine(alert, audience, words, "medium")),
    ...sourceLines(alert, audience, words, false),
    ...(summary === "" ? [] : wrap(summary, limits.width)),
    ...linkLines(alert.link, words),
  ].join("\n");
}

function opening(part: Part, words: Words): string {
  const feeds = feedsOf(part.digest);
  const what =
    feeds > 1
      ? words.fromFeeds(count(part, words), feeds)
      : words.from(count(part, words), inline(feedName(part.digest.source)));
  const title = part.of > 1 ? `${what} (${words.part(part.number, part.of)})` : what;
  const { before, more, shown } = part.digest;
  const sentence =
    part.number > 1
      ? ""
      : part.closing
        ? words.closing(before, shown.length, more)
        : more > 0
          ? words.excerpt(shown.length, more)
          : "";
  return [title, ...(sentence === "" ? [] : wrap(sentence, limits.width))].join("\n");
}

/** The last line of the last part: what is only counted, and where to read it. */
function countLine(part: Part, words: Words): readonly string[] {
  const { more, source } = part.digest;
  if (!isLast(part) || more === 0) return [];
  const alone = feedsOf(part.digest) <= 1;
  const link = alone ? shownLink(source.link) : undefined;
  return [
    [alone ? words.moreInSnapshot(more) : words.more(more), ...(link === undefined ? [] : [link])].join("\n"),
  ];
}

/** The mail for one part of a digest, as plain text: entries numbered, grouped by feed, then what is only counted. */
export function digestMail(part: Part, entries: readonly string[], words: Words): string {
  const several = feedsOf(part.digest) > 1;
  const blocks = [opening(part, words)];
  for (const [index, entry] of entries.entries()) {
    const alert = part.alerts[index];
    const before = part.alerts[index - 1];
    if (several && alert !== undefined && alert.source.slug !== before?.source.slug)
      blocks.push(heading(feedName(alert.source)));
    blocks.push(entry);
  }
  return `${[...blocks, ...countLine(part, words)].join("\n\n")}\n`;
}
