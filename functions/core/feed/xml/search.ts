import type { Reading } from "../reading.ts";
import { nameEnd, tagEnd } from "./markup.ts";

/** The window ends before the answer. */
export const more = "more";
export type More = typeof more;

export const sectionStart = "<![CDATA[";
const longestTag = 256 * 1024;
/** `<![CDATA[` and the names of root elements fit in this. */
const lookAhead = 12;

/** Where a search stands; indexes are relative to the reading's `at`, so they outlive a change of the window. */
export interface Progress {
  scan: number;
  /** Up to here the end of the section or comment at `scan` is known not to stand. */
  searched: number;
  /** Elements that the entry has open, of those called as a feed's root or channel. */
  opened: number;
}

export interface XmlTag {
  readonly name: string;
  readonly attributes: string;
  readonly empty: boolean;
  /** Window index after `>`. */
  readonly end: number;
}

/** The tag at a window index, or `more`; undefined where it never ends. */
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
  return ended || window.length - index > longestTag ? undefined : more;
}

export interface EntryEnd {
  /**
   * `interrupted`: another entry or the feed's end comes before its end tag; `truncated`: the snapshot's end does;
   * `too-large`: it is not searched for any further.
   */
  readonly kind: "closed" | "interrupted" | "truncated" | "too-large";
  /** The entry's text ends here, the next thing starts at `next`; both relative to `at`. */
  readonly end: number;
  readonly next: number;
  /** The mark that ends the section or comment in which the search was given up. */
  readonly within?: string;
}

/**
 * Finds the end of the entry called `name` from `progress.scan` on. Sections and comments are passed over by searching
 * for their end alone; nothing is looked at twice when more of the window comes.
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
      // An entry that was never closed ends with the feed, unless it opened an element of such a name itself.
      if (!closing) progress.opened++;
      else if (progress.opened > 0) progress.opened--;
      else return { kind: "interrupted", end: at - base, next: at - base };
    }
    progress.scan = at + 1 - base;
  }
}

/** Whether the name at `start` is this one, whatever its case. */
export function isNamed(window: string, start: number, name: string, lowered: string): boolean {
  const { length } = name;
  if (!window.startsWith(name, start) && window.slice(start, start + length).toLowerCase() !== lowered)
    return false;
  const after = window.charCodeAt(start + length);
  return after === 62 || after <= 32 || after === 47 || Number.isNaN(after);
}

/** Behind the section or comment at `progress.scan`; one that was never closed ends with its entry instead of swallowing the next. */
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
  // Only where its end was forgotten can another start come, and then after the entry's own end tag.
  // `<` is everywhere in HTML and `!` is rare: without its first character the mark is found five times as fast.
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

/** Whether a feed's root or channel is called as the tag whose name starts at `start`. */
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
