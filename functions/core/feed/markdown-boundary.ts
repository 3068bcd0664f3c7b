import type { ReadDate } from "./dates.ts";
import type { Reading } from "./reading.ts";

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
 * is a link as a whole; once entries have begun with headings, only those of their styles count.
 */
export function* findBoundary(
  reading: Reading,
  from: number,
  styles: ReadonlySet<string> | undefined,
): Generator<undefined, Boundary | undefined> {
  let at = from;
  let fence = "";
  for (;;) {
    if (at - from > reading.limits.entryLength) return { kind: "far", from: at, to: at };
    const line = yield* lineAt(reading, at);
    if (line === undefined) return undefined;
    const epoch = comment.exec(line.text);
    if (epoch?.[1] !== undefined) return yield* afterComment(reading, at, at + epoch[0].length, epoch[1]);
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line.text)?.[1]?.slice(0, 3);
    if (mark !== undefined && (fence === "" || fence === mark)) fence = fence === "" ? mark : "";
    else if (fence === "") {
      const heading = yield* headingAt(reading, at);
      if (
        heading !== undefined &&
        isLink(heading.text) &&
        (styles === undefined || styles.size === 0 || styles.has(heading.style))
      ) {
        return { kind: "entry", from: at, to: heading.end, heading };
      }
    }
    at = line.end;
  }
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

/** The heading that starts at a line, ATX or underlined (CommonMark 0.31, sections 4.2 and 4.3). */
export function isHeadingAt(lines: readonly string[], at: number): Heading | undefined {
  const line = (lines[at] ?? "").replace(/\r$/, "");
  const atx = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
  if (atx !== null) return { text: trimHashes(atx[2] ?? ""), style: atx[1] ?? "#", lines: 1 };
  const under = /^ {0,3}(-{2,}|={2,})[ \t]*\r?$/.exec(lines[at + 1] ?? "")?.[1];
  if (under === undefined || line.trim() === "" || /^ {0,3}(?:>|[-+*] |<!--|-{2,}\s*$|={2,}\s*$)/.test(line))
    return undefined;
  return { text: line.trim(), style: under.charAt(0), lines: 2 };
}

function* afterComment(
  reading: Reading,
  from: number,
  to: number,
  epoch: string,
): Generator<undefined, Boundary> {
  let at = to;
  for (let blank = 0; blank < 4; blank++) {
    const line = yield* lineAt(reading, at);
    if (line === undefined) return { kind: "entry", from, to: reading.window.length - reading.at, epoch };
    if (comment.test(line.text) && blank > 0) return { kind: "entry", from, to: at, epoch };
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
  const heading = isHeadingAt([line.text, next?.text ?? ""], 0);
  return heading === undefined
    ? undefined
    : { ...heading, end: heading.lines === 2 ? (next?.end ?? line.end) : line.end };
}

/** The line that starts at `at`, up to a bound; undefined at the end of the snapshot. */
function* lineAt(
  reading: Reading,
  at: number,
): Generator<undefined, { text: string; end: number } | undefined> {
  for (;;) {
    const from = reading.at + at;
    const end = reading.window.indexOf("\n", from);
    if (end >= 0)
      return {
        text: reading.window.slice(from, Math.min(end, from + longestLine)),
        end: end + 1 - reading.at,
      };
    if (reading.ended) {
      return from >= reading.window.length
        ? undefined
        : { text: reading.window.slice(from, from + longestLine), end: reading.window.length - reading.at };
    }
    // A line without end is cut where an entry would be too large.
    if (reading.window.length - from > reading.limits.entryLength)
      return {
        text: reading.window.slice(from, from + longestLine),
        end: reading.window.length - reading.at,
      };
    yield undefined;
  }
}

/** Whether a heading is one link and nothing else. */
function isLink(text: string): boolean {
  return text.startsWith("[") && text.endsWith(")") && text.includes("](");
}

function trimHashes(text: string): string {
  return text.replace(/[ \t]+#+[ \t]*$/, "").trim();
}
