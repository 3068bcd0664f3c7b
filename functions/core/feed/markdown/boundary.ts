import { entryCommentOf } from "./entry-comments.ts";
import { headingOfLines, type Heading } from "./headings.ts";
import { afterLineEnd, closesFence, lineEnd, openingFence, type Line } from "./lines.ts";
import type { Reading } from "../reading.ts";

/** Where an entry starts; indexes are relative to the reading's `at`. */
export interface Boundary {
  /** `far`: nothing up to `from`, which is farther than an entry may reach. */
  readonly kind: "entry" | "far";
  readonly from: number;
  /** Index after the heading. */
  readonly to: number;
  /** The text of the comment above the heading. */
  readonly comment?: string;
  readonly heading?: Heading;
}

/** What marks the entries of a snapshot; known from the entries found so far. */
export interface EntryMarks {
  /** Styles of headings below comments, `""` for a comment without one; empty where no entry has a comment. */
  readonly commentStyles: Set<string>;
  /** Styles of headings that start an entry without a comment; undefined until the first entry is found. */
  styles: Set<string> | undefined;
  /** No heading that is a link starts an entry: the snapshot is one article with front matter. */
  readonly commentsOnly: boolean;
}

const maxLineLength = 64 * 1024;
/** Blank lines between a comment that is no time and its heading. */
const maxBlankLines = 20;

/**
 * Finds the next entry's start at or after `from`: a comment with the heading that follows it, or a heading that is a
 * link as a whole, after the first entry only in the style of an earlier one.
 */
export function* findBoundary(
  reading: Reading,
  from: number,
  marks: EntryMarks,
): Generator<undefined, Boundary | undefined> {
  let at = from;
  let fence: string | undefined;
  let afterBlank = true;
  let isFirst = marks.styles === undefined;
  let line = yield* lineAt(reading, at);
  while (line !== undefined) {
    if (at - from > reading.limits.entryLength) return { kind: "far", from: at, to: at };
    const start: Boundary | undefined = yield* startAtComment(
      reading,
      { at, text: line.text, isFirst },
      marks,
    );
    if (start !== undefined) return start;
    const next: Line | undefined = yield* lineAt(reading, line.end);
    if (fence !== undefined) fence = closesFence(line.text, fence) ? undefined : fence;
    else {
      fence = openingFence(line.text);
      const heading = fence === undefined ? headingOfLines(line.text, next?.text ?? "") : undefined;
      if (
        heading !== undefined &&
        // An underline makes a heading of all its paragraph, of which this would be the last line.
        (heading.lines === 1 || afterBlank) &&
        isLink(heading) &&
        !marks.commentsOnly &&
        (marks.styles === undefined || marks.styles.has(heading.style))
      ) {
        const end = heading.lines === 2 ? next?.end : undefined;
        return { kind: "entry", from: at, to: end ?? line.end, heading };
      }
    }
    afterBlank = line.text.trim() === "";
    isFirst &&= afterBlank;
    at = line.end;
    line = next;
  }
  return undefined;
}

/** The entry that a line's comment starts, if it starts one. */
function* startAtComment(
  reading: Reading,
  { at, text, isFirst }: { readonly at: number; readonly text: string; readonly isFirst: boolean },
  { commentStyles }: EntryMarks,
): Generator<undefined, Boundary | undefined> {
  const comment = entryCommentOf(text);
  if (comment === undefined) return undefined;
  const to = at + comment.end;
  if (comment.kind === "epoch") return yield* afterComment(reading, at, to, comment.text);
  let next = to;
  for (let blank = 0; blank <= maxBlankLines; blank++) {
    const found = yield* lineAt(reading, next);
    if (found === undefined) return undefined;
    if (found.text.trim() !== "") {
      const heading = yield* headingAt(reading, next);
      if (heading === undefined) return undefined;
      const starts =
        comment.kind === "date"
          ? isLink(heading) || (comment.text !== "" && (isFirst || commentStyles.size > 0))
          : isLink(heading) && commentStyles.has(heading.style);
      return starts
        ? { kind: "entry", from: at, to: heading.end, comment: comment.text, heading }
        : undefined;
    }
    next = found.end;
  }
  return undefined;
}

function* afterComment(
  reading: Reading,
  from: number,
  to: number,
  comment: string,
): Generator<undefined, Boundary> {
  let at = to;
  while (at - from <= reading.limits.entryLength) {
    const line = yield* lineAt(reading, at);
    if (line === undefined) return { kind: "entry", from, to: reading.window.length - reading.at, comment };
    if (entryCommentOf(line.text)?.kind === "epoch" && at > to)
      return { kind: "entry", from, to: at, comment };
    if (line.text.trim() !== "") {
      const heading = yield* headingAt(reading, at);
      return heading === undefined
        ? { kind: "entry", from, to: at, comment }
        : { kind: "entry", from, to: heading.end, comment, heading };
    }
    at = line.end;
  }
  return { kind: "entry", from, to: at, comment };
}

function* headingAt(
  reading: Reading,
  at: number,
): Generator<undefined, (Heading & { end: number }) | undefined> {
  const line = yield* lineAt(reading, at);
  if (line === undefined) return undefined;
  const next = yield* lineAt(reading, line.end);
  const heading = headingOfLines(line.text, next?.text ?? "");
  return heading === undefined
    ? undefined
    : { ...heading, end: heading.lines === 2 ? (next?.end ?? line.end) : line.end };
}

/** The line that starts at `at`, up to a bound; undefined at the end of the snapshot. */
function* lineAt(reading: Reading, at: number): Generator<undefined, Line | undefined> {
  for (;;) {
    const { window, ended } = reading;
    const from = reading.at + at;
    const stop = lineEnd(window, from);
    const text = () => window.slice(from, Math.min(stop, from + maxLineLength));
    // What follows a carriage return at the window's end may belong to it.
    if (stop < window.length - 1 || (stop < window.length && (ended || window.charCodeAt(stop) === 10)))
      return { text: text(), end: afterLineEnd(window, stop) - reading.at };
    if (ended && from >= window.length) return undefined;
    // A line without an end is cut where an entry would be too large.
    if (ended || window.length - from > reading.limits.entryLength)
      return { text: text(), end: window.length - reading.at };
    yield undefined;
  }
}

/** Whether a heading is one link and nothing else; a link by reference only in a heading with `#`. */
function isLink({ text, lines }: Heading): boolean {
  if (text.startsWith("[") && text.endsWith(")") && text.includes("](")) return true;
  return lines === 1 && /^(?:\[[^[\]]{1,2000}\]\[[^[\]]{0,999}\]|<https?:\/\/[^\s<>]{1,4000}>)$/i.test(text);
}
