import type { Reading } from "../reading.ts";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Moves to the next character that is neither white space nor in `also`, and returns it; `""` at the end. */
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
  /** The value's text; absent if it is longer than allowed. */
  readonly text?: string;
  /** Whether its end was found. */
  readonly closed: boolean;
  /** Whether it was abandoned because another value starts within it. */
  readonly rescued?: true;
  /** Nesting depth of its arrays and objects. */
  readonly depth: number;
}

/**
 * Moves to the end of the JSON value that starts at `at`: counts brackets, skips strings. A value longer than `longest`
 * is discarded, unless `rescue` moves to another value that starts within its first `longest` characters.
 */
export function* passValue(
  reading: Reading,
  longest: number,
  rescue?: () => boolean,
): Generator<undefined, JsonPiece> {
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
      if (!tooLong && rescue?.() === true) return { closed: false, rescued: true, depth: deepest };
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
      // A number or a literal ends before the delimiter.
      scan--;
      if (scan > 0) return end();
      return { closed: false, depth: deepest };
    } else continue;
    if (depth === 0) return end();
  }
}

const itemStart =
  /\}\s*,\s*(?=\{\s*"(?:id|title|url|external_url|content_html|content_text|summary|date_published|date_modified|tags|language)"\s*:)/g;
const foreignStart = /\{\s*"url"\s*:[^{}]{0,4096}"(?:mime_type|name|avatar)"\s*:/y;

/** Index of the next item in a text, or -1: an object ends, and one with an item's first key starts. */
export function nextItem(text: string): number {
  itemStart.lastIndex = 0;
  while (itemStart.test(text)) {
    // Attachments, authors and hubs are not items.
    foreignStart.lastIndex = itemStart.lastIndex;
    if (!foreignStart.test(text)) return itemStart.lastIndex;
  }
  return -1;
}

/** JSON without trailing commas, which RFC 8259 does not allow. */
export function withoutTrailingCommas(raw: string): string {
  let out = "";
  let from = 0;
  for (let at = 0; at < raw.length;) {
    plainMarks.lastIndex = at;
    const found = plainMarks.exec(raw);
    if (found === null) break;
    if (found[0] === '"') {
      at = stringEnd(raw, found.index + 1);
      continue;
    }
    let next = found.index + 1;
    while (raw.charCodeAt(next) <= 32) next++;
    if (raw.charCodeAt(next) === 125 || raw.charCodeAt(next) === 93) {
      out += raw.slice(from, found.index);
      from = next;
    }
    at = next;
  }
  return out + raw.slice(from);
}

const plainMarks = /[",]/g;

function stringEnd(raw: string, from: number): number {
  for (let at = from; ;) {
    stringMarks.lastIndex = at;
    const found = stringMarks.exec(raw);
    if (found === null) return raw.length;
    if (found[0] === '"') return found.index + 1;
    at = found.index + 2;
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
