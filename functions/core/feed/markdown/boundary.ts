import type { ReadDate } from "../dates/read-date.ts";
import { afterLineEnd, closesFence, lineEnd, openingFence, trimHashes, type Line } from "./lines.ts";
import type { Reading } from "../reading.ts";

export interface Heading {
  /** The heading's inline text, still window text. */
  readonly text: string;
  /** `#`, `##`… or the underline's character. */
  readonly style: string;
  readonly lines: number;
}

/** Where an entry starts; indexes are relative to the reading's `at`. */
export interface Boundary {
  /** `far`: nothing up to `from`, which is farther than an entry may reach. */
  readonly kind: "entry" | "far";
  readonly from: number;
  /** Index after the heading. */
  readonly to: number;
  readonly epoch?: string;
  readonly heading?: Heading;
}

const comment = /^[ \t\ufeff]*(?:\u00ef\u00bb\u00bf)?<!--\s*(\d{9,17})\s*-->/;
const longestLine = 64 * 1024;

/**
 * Finds the next entry's start at or after `from`: an epoch comment with the heading that follows it, or a heading that
 * is a link as a whole; once entries have begun, only headings of `styles` count.
 */
export function* findBoundary(
  reading: Reading,
  from: number,
  styles: ReadonlySet<string> | undefined,
): Generator<undefined, Boundary | undefined> {
  let at = from;
  let fence: string | undefined;
  let afterBlank = true;
  let line = yield* lineAt(reading, at);
  while (line !== undefined) {
    if (at - from > reading.limits.entryLength) return { kind: "far", from: at, to: at };
    const epoch = comment.exec(line.text);
    if (epoch?.[1] !== undefined) return yield* afterComment(reading, at, at + epoch[0].length, epoch[1]);
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
        (styles === undefined || styles.has(heading.style))
      ) {
        const end = heading.lines === 2 ? next?.end : undefined;
        return { kind: "entry", from: at, to: end ?? line.end, heading };
      }
    }
    afterBlank = line.text.trim() === "";
    at = line.end;
    line = next;
  }
  return undefined;
}

/** The date that an `<!--epoch ms-->` comment stands for; seconds are told from milliseconds by their length. */
export function epochOf(digits: string): ReadDate | undefined {
  const value = Number(digits) * (digits.length <= 11 ? 1000 : 1);
  const date = new Date(value);
  const year = date.getUTCFullYear();
  return value > 0 && year >= 1990 && year < 2200
    ? { iso: date.toISOString().replace(".000Z", "Z") }
    : undefined;
}

/** The heading that a line starts, ATX or underlined by the next (CommonMark 0.31, sections 4.2 and 4.3). */
export function headingOfLines(line: string, next: string): Heading | undefined {
  const atx = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
  if (atx !== null) return { text: trimHashes(atx[2] ?? ""), style: atx[1] ?? "#", lines: 1 };
  const under = /^ {0,3}(-{2,}|={2,})[ \t]*$/.exec(next)?.[1];
  if (under === undefined || line.trim() === "" || noParagraph.test(line)) return undefined;
  return { text: line.trim(), style: under.charAt(0), lines: 2 };
}

/** Quotes, lists, comments, rules, code and blocks of HTML are not underlined to be headings. */
const noParagraph =
  /^(?: {0,3}(?:>|[-+*] |<!--|-{2,}\s*$|={2,}\s*$|<\/?(?:p|div|ul|ol|li|table|tr|td|img|h[1-6]|hr|br|section|article|blockquote|figure|pre)(?=[\s>/]))| {4}|\t)/i;

function* afterComment(
  reading: Reading,
  from: number,
  to: number,
  epoch: string,
): Generator<undefined, Boundary> {
  let at = to;
  while (at - from <= reading.limits.entryLength) {
    const line = yield* lineAt(reading, at);
    if (line === undefined) return { kind: "entry", from, to: reading.window.length - reading.at, epoch };
    if (comment.test(line.text) && at > to) return { kind: "entry", from, to: at, epoch };
    if (line.text.trim() !== "") {
      const heading = yield* headingAt(reading, at);
      return heading === undefined
        ? { kind: "entry", from, to: at, epoch }
        : { kind: "entry", from, to: heading.end, epoch, heading };
    }
    at = line.end;
  }
  return { kind: "entry", from, to: at, epoch };
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
export function* lineAt(reading: Reading, at: number): Generator<undefined, Line | undefined> {
  for (;;) {
    const { window, ended } = reading;
    const from = reading.at + at;
    const stop = lineEnd(window, from);
    const text = () => window.slice(from, Math.min(stop, from + longestLine));
    // What follows a carriage return at the window's end may belong to it.
    if (stop < window.length - 1 || (stop < window.length && (ended || window.charCodeAt(stop) === 10)))
      return { text: text(), end: afterLineEnd(window, stop) - reading.at };
    if (ended && from >= window.length) return undefined;
    // A line without end is cut where an entry would be too large.
    if (ended || window.length - from > reading.limits.entryLength)
      return { text: text(), end: window.length - reading.at };
    yield undefined;
  }
}

/** Whether a heading is one link and nothing else; by reference only where it is a heading without doubt. */
function isLink({ text, lines }: Heading): boolean {
  if (text.startsWith("[") && text.endsWith(")") && text.includes("](")) return true;
  return lines === 1 && /^(?:\[[^[\]]{1,2000}\]\[[^[\]]{0,999}\]|<https?:\/\/[^\s<>]{1,4000}>)$/i.test(text);
}
