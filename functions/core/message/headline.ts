import type { Alert } from "./message.ts";
import { cut, line, linkText } from "./cut-text.ts";
import type { LocaleWords } from "./locales/locale-words.ts";
import { feedName, isUntitled } from "./names.ts";
import { decodedLink, readerLink } from "./reader-link.ts";

/** Limits for what mails and SMS show of one entry, in UTF-16 code units. The machine-readable variant has its own. */
export const maxShown = {
  title: 500,
  /** A safeguard: summaries have at most 300. */
  summary: 2_000,
  authors: 5,
  /** Categories, and the points of a list, in a mail and in a digest. */
  categories: { alert: 5, digest: 3 },
  points: { alert: 12, digest: 5 },
  /** One point of a list. */
  point: 250,
  /** The length that every recipient should support (RFC 9110, 4.1). A longer link is omitted, never cut. */
  link: 8_000,
  /** The start of the text in place of a missing title. */
  lead: 90,
} as const;

/** The link as readers see it, whole; undefined if there is none or it is too long. Links are never shortened. */
export function shownLink(link: string | undefined): string | undefined {
  const text = asciiLink(link);
  return text === undefined ? undefined : decodedLink(text);
}

/** As `shownLink`, with every letter beyond ASCII percent-encoded. */
export function asciiLink(link: string | undefined): string | undefined {
  if (link === undefined || link === "") return undefined;
  const text = readerLink(link);
  return text.length > maxShown.link ? undefined : text;
}

/** The link as the feed gives it; undefined if there is none or it is too long. */
export function originalLink(link: string | undefined): string | undefined {
  if (link === undefined || link === "" || link.length > maxShown.link) return undefined;
  const text = linkText(link);
  return text.length > maxShown.link ? undefined : text;
}

/** Title and summary of an entry as they are shown. The start of the text replaces a missing title and is not repeated. */
export interface Headline {
  readonly title: string;
  readonly summary: string;
  /** The entry has no title: `title` is the start of the summary, or names the feed. */
  readonly isGenerated: boolean;
  /** The entry has no text either: `title` names the feed. */
  readonly namesFeed: boolean;
  /** `title` is the start of the entry's title, which is very long. */
  readonly isStart: boolean;
}

/** The title of an entry, else the start of its text, else a title with the feed's name, which is `feed`. */
export function headlineOf(alert: Alert, words: LocaleWords, feed = feedName(alert.source)): Headline {
  const given = line(alert.title, maxShown.title);
  const title = isUntitled(given) ? "" : given;
  const summary = line(alert.summary, maxShown.summary);
  if (title !== "") {
    const isStart = alert.title.length > maxShown.title && title.endsWith("…");
    const own = summary === title ? "" : summary;
    return { title, summary: own, isGenerated: false, namesFeed: false, isStart };
  }
  const generated = { isGenerated: true, isStart: false } as const;
  if (summary === "") return { ...generated, title: words.untitled(feed), summary: "", namesFeed: true };
  const lead = cut(summary, maxShown.lead);
  return { ...generated, title: lead, summary: lead === summary ? "" : summary, namesFeed: false };
}
