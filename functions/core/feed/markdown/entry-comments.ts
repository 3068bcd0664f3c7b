import type { ReadDate } from "../dates/date-value.ts";
import { readDate } from "../dates/read-date.ts";

/** A comment at the start of a line that may mark an entry, such as `<!--1706215143000-->`. */
interface EntryComment {
  /** The text between the comment's marks, as window text. */
  readonly text: string;
  /** Index in the line after the comment. */
  readonly end: number;
  /**
   * - `epoch`: a time in seconds or milliseconds, which always marks an entry.
   * - `date`: a date, or what a program writes where it has none; marks an entry above a heading.
   * - `other`: any other words; marks an entry only where other entries have comments.
   */
  readonly kind: "epoch" | "date" | "other";
}

const comment = /^[ \t\ufeff]*(?:\u00ef\u00bb\u00bf)?<!--([^<>]{0,200}?)-->/;
/** What static site generators and editors write in comments between paragraphs. */
const directive =
  /^(?:\/|more\b|read\b|excerpt|end|truncate|summary|toc\b|prettier|markdownlint|textlint|cspell|eslint|vale\b|todo|fixme|include|embed|image|photo|ad\b|ads\b|wp:|#)/i;
const epoch = /^(?:epoch[ \t:=]{0,10})?(\d{9,17})(?: ?ms)?$/i;
const missing =
  /^(?:|[+-]?\d{1,40}(?:\.\d{1,20})?|nan|null|nil|none|undefined|unknown|infinity|invalid date)$/i;
const label = /^(?:epoch|timestamp|time|date|published|updated)(?![\w-])[ \t:=]{0,10}/i;
const isoDate = /^\d{4}-\d{2}-\d{2}(?!\d)/;

/** The comment that a line of a Markdown snapshot starts with, or undefined if it can't mark an entry. */
export function entryCommentOf(line: string): EntryComment | undefined {
  if (!line.includes("<!--")) return undefined;
  const found = comment.exec(line);
  if (found === null) return undefined;
  const text = (found[1] ?? "").trim();
  if (directive.test(text)) return undefined;
  const isDate = missing.test(text) || label.test(text) || isoDate.test(text);
  return { text, end: found[0].length, kind: epoch.test(text) ? "epoch" : isDate ? "date" : "other" };
}

/**
 * The date in an entry's comment: seconds or milliseconds of the Unix epoch, told apart by their length, or any date
 * that feeds use; undefined where there is none.
 */
export function dateOfComment(text: string, timeZone: string | undefined): ReadDate | undefined {
  const digits = epoch.exec(text)?.[1];
  if (digits !== undefined) return epochDate(digits);
  const written = text.replace(label, "").trim();
  // A bare number is no date: 0 and -1 mean that there is none.
  return /\d{4}\D/.test(written) || /\D\d{4}/.test(written) ? readDate(written, { timeZone }) : undefined;
}

function epochDate(digits: string): ReadDate | undefined {
  const value = Number(digits) * (digits.length <= 11 ? 1000 : 1);
  const date = new Date(value);
  const year = date.getUTCFullYear();
  return value > 0 && year >= 1990 && year < 2200
    ? { iso: date.toISOString().replace(".000Z", "Z") }
    : undefined;
}
