import type { Reading } from "../reading.ts";
import { nameEnd, startsName, tagEnd } from "./markup.ts";

/** More of the window is needed. */
export const more = undefined;

/** What the search stopped at: an entry's start tag, the end of an entry, or the end of the snapshot. */
export interface EntryStart {
  /** Index of `<`, relative to the reading's `at`. */
  readonly start: number;
  /** Index after the tag's `>`, relative to the reading's `at`. */
  readonly inside: number;
  readonly name: string;
  readonly attributes: string;
  readonly empty: boolean;
}

const section = "<![CDATA[";

/**
 * Waits until `mark` stands in the window at or after `from` (relative to `at`), and gives the index after it, or -1
 * where the snapshot ends without it. A search that goes on never looks twice at the same text.
 */
export function* awaitMark(reading: Reading, mark: string, from: number): Generator<undefined, number> {
  let searched = from;
  for (;;) {
    const found = reading.window.indexOf(mark, reading.at + searched);
    if (found >= 0) return found - reading.at + mark.length;
    if (reading.ended) return -1;
    searched = Math.max(from, reading.window.length - reading.at - mark.length + 1);
    yield more;
  }
}

/** Waits until `length` units stand in the window from `from`; false where the snapshot ends before. */
export function* awaitLength(reading: Reading, from: number, length: number): Generator<undefined, boolean> {
  while (reading.window.length - reading.at < from + length) {
    if (reading.ended) return false;
    yield more;
  }
  return true;
}

/** Index after a comment, CDATA section, DOCTYPE or processing instruction that starts at `from`; -1 where it never ends. */
export function* passDeclaration(reading: Reading, from: number): Generator<undefined, number> {
  yield* awaitLength(reading, from, section.length);
  const { window, at } = reading;
  const start = at + from;
  if (window.startsWith("<!--", start)) return yield* awaitMark(reading, "-->", from + 4);
  if (window.startsWith(section, start)) return yield* awaitMark(reading, "]]>", from + section.length);
  if (window.charCodeAt(start + 1) === 63) return yield* awaitMark(reading, ">", from + 2);
  const end = yield* awaitMark(reading, ">", from + 2);
  if (end < 0) return end;
  const head = reading.window.slice(reading.at + from, reading.at + end);
  const subset = head.indexOf("[");
  return subset < 0 ? end : yield* awaitMark(reading, "]>", from + subset + 1);
}

/** Waits until the tag at `from` is whole; its parts, or undefined where it is none or never ends. */
export function* passTag(
  reading: Reading,
  from: number,
): Generator<undefined, Omit<EntryStart, "start"> | undefined> {
  for (;;) {
    const start = reading.at + from;
    const { window } = reading;
    const named = nameEnd(window, start + 1);
    const end = tagEnd(window, named);
    if (end >= 0 && (named < window.length || reading.ended)) {
      const empty = window.charCodeAt(end - 1) === 47 && end > named;
      const attributes = end > named ? window.slice(named, empty ? end - 1 : end) : "";
      return { inside: end + 1 - reading.at, name: window.slice(start + 1, named), attributes, empty };
    }
    if (reading.ended || window.length - start > longestTag) return undefined;
    yield more;
  }
}

const longestTag = 256 * 1024;

export type EntryEnd =
  /** Its end tag: the entry's text ends at `end`, the next thing starts at `next`. */
  | { readonly kind: "closed"; readonly end: number; readonly next: number }
  /** Another entry starts before it was closed. */
  | { readonly kind: "interrupted"; readonly end: number; readonly next: number }
  | { readonly kind: "truncated"; readonly end: number; readonly next: number }
  | { readonly kind: "too-large"; readonly end: number; readonly next: number };

/**
 * Finds the end of the entry called `name` whose inside starts at `inside` (all relative to `at`). CDATA sections and
 * comments are passed over by searching for their end alone.
 */
export function* findEnd(reading: Reading, name: string, inside: number): Generator<undefined, EntryEnd> {
  const limit = reading.limits.entryLength;
  const lowered = name.toLowerCase();
  const first = lowered.charCodeAt(0);
  const length = name.length;
  let scan = inside;
  for (;;) {
    const at = reading.window.indexOf("<", reading.at + scan);
    if (scan > limit || at - reading.at > limit) return { kind: "too-large", end: scan, next: scan };
    if (at < 0 || at + Math.max(length, 8) + 3 > reading.window.length) {
      if (reading.ended && at < 0)
        return {
          kind: "truncated",
          end: reading.window.length - reading.at,
          next: reading.window.length - reading.at,
        };
      if (!reading.ended) {
        scan = (at < 0 ? reading.window.length : at) - reading.at;
        yield more;
        continue;
      }
    }
    scan = at - reading.at;
    const { window } = reading;
    const unit = window.charCodeAt(at + 1);
    if (unit === 33) {
      const next = yield* passInside(reading, scan, lowered);
      if (next < 0)
        return {
          kind: "truncated",
          end: reading.window.length - reading.at,
          next: reading.window.length - reading.at,
        };
      scan = next;
      continue;
    }
    const closing = unit === 47;
    const start = closing ? at + 2 : at + 1;
    if ((window.charCodeAt(start) | 32) === first && isName(window, start, length, name, lowered)) {
      if (!closing) return { kind: "interrupted", end: scan, next: scan };
      const end = window.indexOf(">", start);
      return { kind: "closed", end: scan, next: (end < 0 ? window.length : end + 1) - reading.at };
    }
    if (closing && closesRoot(window, start)) return { kind: "interrupted", end: scan, next: scan };
    scan++;
  }
}

const rootClosers = new Set(["channel", "rss", "feed", "rdf:rdf"]);

/** An entry that was never closed ends with the feed. */
function closesRoot(window: string, start: number): boolean {
  const first = window.charCodeAt(start) | 32;
  if (first !== 99 && first !== 114 && first !== 102) return false;
  const name = window.slice(start, start + 8).toLowerCase();
  const end = nameEnd(name, 0);
  return rootClosers.has(name.slice(0, end));
}

function isName(window: string, start: number, length: number, name: string, lowered: string): boolean {
  if (!window.startsWith(name, start) && window.slice(start, start + length).toLowerCase() !== lowered)
    return false;
  const after = window.charCodeAt(start + length);
  return after === 62 || after <= 32 || after === 47 || Number.isNaN(after);
}

/** Like `passDeclaration`, but a section that was never closed ends with its entry instead of swallowing the next ones. */
function* passInside(reading: Reading, from: number, lowered: string): Generator<undefined, number> {
  yield* awaitLength(reading, from, section.length);
  const start = reading.at + from;
  const isSection = reading.window.startsWith(section, start);
  if (!isSection && !reading.window.startsWith("<!--", start)) return from + 2;
  const end = isSection
    ? yield* awaitMark(reading, "]]>", from + section.length)
    : yield* awaitMark(reading, "-->", from + 4);
  const reach = end < 0 ? reading.window.length : reading.at + end;
  // Only a forgotten end can hold another start after the entry's own end tag.
  const again = reading.window.indexOf(isSection ? section : "<!--", reading.at + from + 4);
  if (again < 0 || again >= reach) {
    if (end >= 0 || !reading.ended) return end;
    return isSection ? end : from + 4;
  }
  const own = reading.window
    .slice(reading.at + from, again)
    .toLowerCase()
    .indexOf(`</${lowered}`);
  return own < 0 ? end : from + own;
}

/** Whether a tag can start at `index` of the window. */
export function isTagStart(window: string, index: number): boolean {
  return startsName(window.charCodeAt(index + 1));
}
