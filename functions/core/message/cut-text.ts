import { graphemesOf } from "../graphemes.ts";
import { tagsAndFlags, unsafeInLink, unsafeInMessage } from "../feed/text/unsafe-characters.ts";

/** Line ends, tabs and other control characters become a space. */
const breaks = /[ \p{Cc}\u2028\u2029]+/gu;

/** Characters removed before an ellipsis. */
const dangling = /[\s,;:.，、；：。]/u;

/** Removes such characters from the end. A loop, because the expression `+$` takes quadratic time. */
function trimEnd(text: string, characters: RegExp): string {
  let end = text.length;
  while (end > 0 && characters.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** A text without any of these characters counts as empty. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const withoutTags = (text: string): string =>
  text.replace(tagsAndFlags, (match) => (match.startsWith("\u{1F3F4}") ? match : ""));

/** Text of a feed as one line of at most `limit` UTF-16 code units. Reads only as much as it needs. */
export function line(text: string, limit: number): string {
  const window = text.length > 4 * limit + 1_000 ? text.slice(0, 4 * limit + 1_000) : text;
  const clean = withoutTags(window.replace(unsafeInMessage, "")).replace(breaks, " ").trim();
  return visible.test(clean) ? cut(clean, limit) : "";
}

/** Whether two code units are printable and combine with nothing, so that a text can be cut between them. */
const isPlain = (...units: readonly number[]): boolean => units.every((unit) => unit >= 0x20 && unit < 0x300);

/** The last grapheme boundary at or before `max` UTF-16 code units; a code point boundary if the first grapheme is longer. */
function graphemeEnd(text: string, max: number): number {
  if (text.length <= max || isPlain(text.charCodeAt(max - 1), text.charCodeAt(max)))
    return Math.min(text.length, max);
  let end = 0;
  for (const { index, segment } of graphemesOf(text.slice(0, max + 64))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  if (end > 0 || max <= 0) return end;
  const last = text.charCodeAt(max - 1);
  return last >= 0xd800 && last <= 0xdbff ? max - 1 : max;
}

/**
 * Shortens text to at most `limit` UTF-16 code units, including `mark`: at a space in the last two fifths, else at a
 * grapheme boundary. Text that fits is returned unchanged.
 */
export function cut(text: string, limit: number, mark = "…"): string {
  if (text.length <= limit) return text;
  const room = limit - mark.length;
  if (room <= 0) return "";
  const end = graphemeEnd(text, room);
  const space = text.lastIndexOf(" ", end);
  const at = space >= end * 0.6 ? space : end;
  return trimEnd(text.slice(0, at), dangling) + mark;
}

/** As `cut`, but at the last grapheme boundary, also inside a word. */
export function cutAnywhere(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return limit <= 1 ? "" : `${trimEnd(text.slice(0, graphemeEnd(text, limit - 1)), dangling)}…`;
}

/**
 * A link that is safe on a line of text: characters that would end, hide or reorder it in a mail client are
 * percent-encoded (WHATWG URL, 1.3, query percent-encode set). Everything else stays as in the feed.
 */
export function linkText(link: string): string {
  return link.toWellFormed().replace(unsafeInLink, (character) => encodeURIComponent(character));
}
