import type { Alert } from "./message.ts";
import { cut, line, linkText } from "./cut-text.ts";
import type { LocaleWords } from "./locales/locale-words.ts";
import { feedName, isUntitled } from "./names.ts";
import { decodedLink, readerLink } from "./reader-link.ts";

/** What mails and text messages show of one entry at most, in UTF-16 code units. The machine-readable variant has limits of its own. */
export const shown = {
  title: 500,
  /** A summary has 300 at most; this holds for whatever comes. */
  summary: 2_000,
  authors: 5,
  /** As much as every recipient is advised to support (RFC 9110, 4.1). A longer link is left out, never cut. */
  link: 8_000,
  /** The start of the text, where it stands in for a title that is missing. */
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
  return text.length > shown.link ? undefined : text;
}

/** The link as the feed gives it; undefined if there is none or it is too long. */
export function originalLink(link: string | undefined): string | undefined {
  if (link === undefined || link === "" || link.length > shown.link) return undefined;
  const text = linkText(link);
  return text.length > shown.link ? undefined : text;
}

/** Title and summary of an entry as they are shown; a text without title is led by its own first words, shown once. */
export interface Headline {
  readonly title: string;
  readonly summary: string;
  /** The title is none of the feed's: it is the start of the summary, or there is nothing but the feed's name. */
  readonly made: boolean;
}

/** What leads an entry: its own title, else the start of its text, else the feed's name. */
export function headlineOf(alert: Alert, words: LocaleWords): Headline {
  const given = line(alert.title, shown.title);
  const title = isUntitled(given) ? "" : given;
  const summary = line(alert.summary, shown.summary);
  if (title !== "") return { title, summary: summary === title ? "" : summary, made: false };
  if (summary === "") return { title: words.untitled(feedName(alert.source)), summary: "", made: true };
  const lead = cut(summary, shown.lead);
  return { title: lead, summary: lead === summary ? "" : summary, made: true };
}
