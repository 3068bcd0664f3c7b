import type { Reading } from "../reading.ts";
import { nameEnd, tagEnd } from "./markup.ts";

/** The window ends before the result. */
export const more = "more";
export type More = typeof more;

export const sectionStart = "<![CDATA[";
const maxTag = 256 * 1024;
/** Longer than `<![CDATA[` and the names of root elements. */
const lookAhead = 12;

/** Progress of a search; indexes are relative to the reading's `at`, so they stay valid when the window changes. */
export interface Progress {
  scan: number;
  /** The end of the section or comment at `scan` is known not to be before this index. */
  searched: number;
  /** Open elements of the entry with the name of a feed's root or channel. */
  opened: number;
}

export interface XmlTag {
  readonly name: string;
  readonly attributes: string;
  readonly empty: boolean;
  /** Window index after `>`. */
  readonly end: number;
}

/** The tag at a window index, or `more`; `undefined` if it never ends. */
export function tagAt(reading: Reading, index: number): XmlTag | More | undefined {
  const { window, ended } = reading;
  const named = nameEnd(window, index + 1);
  if (named < window.length || ended) {
    const end = tagEnd(window, named);
    if (end >= 0) {
      const empty = window.charCodeAt(end - 1) === 47 && end > named;
      const attributes = end > named ? window.slice(named, empty ? end - 1 : end) : "";
      return { name: window.slice(index + 1, named), attributes, empty, end: end + 1 };
    }
  }
  return ended || window.length - index > maxTag ? undefined : more;
}

export interface EntryEnd {
  /**
   * `interrupted`: another entry or the feed's end precedes its end tag; `truncated`: the snapshot ends before it;
   * `too-large`: the search was abandoned.
   */
  readonly kind: "closed" | "interrupted" | "truncated" | "too-large";
  /** The end of the entry's text; `next` is where to continue. Both relative to `at`. */
  readonly end: number;
  readonly next: number;
  /** The closing delimiter of the section or comment in which the search was abandoned. */
  readonly within?: string;
}

/**
 * Finds the end of the entry called `name` from `progress.scan` on. Skips sections and comments by searching for their
 * end. Nothing is scanned twice when the window grows.
 */
export function findEnd(
  reading: Reading,
  name: string,
  lowered: string,
  progress: Progress,
): EntryEnd | More {
  const { window, at: base, ended } = reading;
  const limit = reading.limits.entryLength;
  const first = lowered.charCodeAt(0);
  const { length } = name;
  for (;;) {
    const at = window.indexOf("<", base + progress.scan);
    const reached = (at < 0 ? window.length : at) - base;
    if (reached > limit) return { kind: "too-large", end: reached, next: reached };
    if (at < 0 || (!ended && at + length + lookAhead > window.length)) {
      progress.scan = reached;
      return ended ? { kind: "truncated", end: reached, next: reached } : more;
    }
    const unit = window.charCodeAt(at + 1);
    if (unit === 33) {
      progress.scan = at - base;
      const next = afterSection(reading, progress, lowered);
      if (typeof next !== "number") return next;
      progress.scan = next;
      progress.searched = 0;
      continue;
    }
    const closing = unit === 47;
    const start = closing ? at + 2 : at + 1;
    if ((window.charCodeAt(start) | 32) === first && isNamed(window, start, name, lowered)) {
      const end = at - base;
      if (!closing) return { kind: "interrupted", end, next: end };
      const after = window.indexOf(">", start);
      if (after < 0 && !ended) {
        progress.scan = end;
        return more;
      }
      return { kind: "closed", end, next: (after < 0 ? window.length : after + 1) - base };
    }
    if (namesRoot(window, start)) {
      // An unclosed entry ends with the feed, unless it opened an element of that name itself.
      if (!closing) progress.opened++;
      else if (progress.opened > 0) progress.opened--;
      else return { kind: "interrupted", end: at - base, next: at - base };
    }
    progress.scan = at + 1 - base;
  }
}

/** Whether the name at `start` is this one, ignoring case. */
export function isNamed(window: string, start: number, name: string, lowered: string): boolean {
  const { length } = name;
  if (!window.startsWith(name, start) && window.slice(start, start + length).toLowerCase() !== lowered)
    return false;
  const after = window.charCodeAt(start + length);
  return after === 62 || after <= 32 || after === 47 || Number.isNaN(after);
}

/** Index after the section or comment at `progress.scan`; an unclosed one ends with its entry. */
function afterSection(reading: Reading, progress: Progress, lowered: string): number | EntryEnd | More {
  const { window, at: base, ended } = reading;
  const start = base + progress.scan;
  const isSection = window.startsWith(sectionStart, start);
  if (!isSection && !window.startsWith("<!--", start)) return progress.scan + 2;
  const opening = isSection ? sectionStart : "<!--";
  const mark = isSection ? "]]>" : "-->";
  const end = window.indexOf(mark, Math.max(start + opening.length, base + progress.searched));
  if (end < 0 && !ended) {
    const length = window.length - base;
    if (length > reading.limits.entryLength)
      return { kind: "too-large", end: length, next: length - 2, within: mark };
    progress.searched = Math.max(0, length - 2);
    return more;
  }
  const reach = end < 0 ? window.length : end;
  // Another start can follow only if the end is missing, and then after the entry's end tag.
  // `<` is frequent in HTML and `!` is rare: searching without the first character is five times as fast.
  const again = window.indexOf(opening.slice(1), start + opening.length);
  const nested = again >= 0 && again < reach && window.charCodeAt(again - 1) === 60;
  if (end >= 0 && !nested) return end + 3 - base;
  const own = window
    .slice(start, nested ? again : reach)
    .toLowerCase()
    .indexOf(`</${lowered}`);
  if (own >= 0) return progress.scan + own;
  if (end >= 0) return end + 3 - base;
  return { kind: "truncated", end: window.length - base, next: window.length - base };
}

const rootClosers = new Set(["channel", "rss", "feed", "rdf:rdf"]);

/** Whether the tag whose name starts at `start` is a feed's root or channel. */
function namesRoot(window: string, start: number): boolean {
  const first = window.charCodeAt(start) | 32;
  if (first !== 99 && first !== 114 && first !== 102) return false;
  const end = nameEnd(window, start);
  return (
    end - start <= 8 &&
    window.charCodeAt(end) !== 47 &&
    rootClosers.has(window.slice(start, end).toLowerCase())
  );
}
