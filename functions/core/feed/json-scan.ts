import type { Reading } from "./reading.ts";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Moves to the next character that is no white space and none of `also`, and gives it; `""` at the end. */
export function* skipBlank(reading: Reading, also = ""): Generator<undefined, string> {
  for (;;) {
    while (reading.at < reading.window.length) {
      const unit = reading.window.charCodeAt(reading.at);
      const character = reading.window.charAt(reading.at);
      if (unit > 32 && unit !== 0xfeff && !also.includes(character)) return character;
      reading.at++;
    }
    if (reading.ended) return "";
    yield undefined;
  }
}

export interface JsonPiece {
  /** The value's text; absent where it is longer than allowed. */
  readonly text?: string;
  /** Its end was found. */
  readonly closed: boolean;
  /** How deep arrays and objects nest in it. */
  readonly depth: number;
}

/**
 * Moves behind the JSON value that starts at `at`: brackets are counted, strings passed over by searching. Of a value
 * longer than `longest` nothing is kept.
 */
export function* passValue(reading: Reading, longest: number): Generator<undefined, JsonPiece> {
  let scan = 0;
  let depth = 0;
  let deepest = 0;
  let inString = false;
  let tooLong = false;
  const end = (): JsonPiece => {
    const text = reading.window.slice(reading.at, reading.at + scan);
    reading.at += scan;
    return tooLong ? { closed: true, depth: deepest } : { text, closed: true, depth: deepest };
  };
  for (;;) {
    if (scan > longest) {
      tooLong = true;
      reading.at += Math.min(scan, reading.window.length - reading.at);
      scan = 0;
    }
    const { window } = reading;
    const at = reading.at + scan;
    const found = at >= window.length ? -1 : nextMark(window, at, inString);
    if (found < 0) {
      scan = Math.max(scan, window.length - reading.at);
      if (reading.ended)
        return !inString && depth === 0 && scan > 0 ? end() : { closed: false, depth: deepest };
      yield undefined;
      continue;
    }
    const unit = window.charCodeAt(found);
    scan = found + 1 - reading.at;
    if (inString) {
      if (unit === backslash) scan++;
      else inString = false;
      if (!inString && depth === 0) return end();
      continue;
    }
    if (unit === quote) {
      inString = true;
      continue;
    }
    if (unit === 123 || unit === 91) deepest = Math.max(deepest, ++depth);
    else if (depth > 0 && (unit === 125 || unit === 93)) depth--;
    else if (depth === 0) {
      // A number or a word ends before the mark.
      scan--;
      if (scan > 0) return end();
      return { closed: false, depth: deepest };
    } else continue;
    if (depth === 0) return end();
  }
}

const quote = 34;
const backslash = 92;
const stringMarks = /["\\]/g;
const valueMarks = /["{}[\],\s]/g;

function nextMark(window: string, from: number, inString: boolean): number {
  const marks = inString ? stringMarks : valueMarks;
  marks.lastIndex = from;
  return marks.exec(window)?.index ?? -1;
}
