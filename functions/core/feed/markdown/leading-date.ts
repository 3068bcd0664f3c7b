import type { ReadDate } from "../dates/date-value.ts";
import { readDate } from "../dates/read-date.ts";

const opening = /^\s*(?:<(?:div|p|span|small|em|i|b|strong|time)(?:\s[^<>]{0,200})?>\s*){0,6}[*_]{0,3}/i;
const closing = /^[ \t]*[*_]{0,3}(?:[ \t]|<\/(?:div|p|span|small|em|i|b|strong|time)>){0,30}/i;
/** Longer than what may close the line. */
const maxClosing = 400;
/** What may follow the line if no closing tag ends it. */
const lineOver = /^(?:$|[\r\n]|<(?:br|p|div|img|h[1-6]|hr|ul|ol|table|figure|blockquote)(?=[\s/>]))/i;

/** The publication date of a body whose first line is a date and nothing else. */
export function leadingDate(body: string, timeZone: string | undefined): ReadDate | undefined {
  const from = opening.exec(body)?.[0].length ?? 0;
  const text = /^[^<>*_\r\n]{8,80}/.exec(body.slice(from))?.[0] ?? "";
  // A bare number is not a date, and two digits are not a year.
  if (!/\d{4}/.test(text) || !/\d\D+\d/.test(text)) return undefined;
  const start = from + text.length;
  const rest = withoutSpaceBeforeTags(body.slice(start, start + maxClosing));
  const end = closing.exec(rest)?.[0] ?? "";
  if (!/<\/(?:div|p)>/i.test(end) && !lineOver.test(rest.slice(end.length))) return undefined;
  return readDate(text.trim(), { timeZone });
}

function withoutSpaceBeforeTags(text: string): string {
  const parts = text.split("</");
  return parts.map((part, at) => (at < parts.length - 1 ? part.trimEnd() : part)).join("</");
}
