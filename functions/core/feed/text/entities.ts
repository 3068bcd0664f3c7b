import { decodeHTMLStrict } from "entities";

/** Entities declared in a document's internal subset: name to replacement text. */
export type Declared = ReadonlyMap<string, string>;

/** The bytes 128 to 159 in windows-1252: HTML Standard, numeric character reference end state. */
const windows1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

const maxNameLength = 40;
const ampersand = 38;

/**
 * Replaces XML, HTML and declared character references, each exactly once; keeps a bare `&` and unknown names. Linear in
 * the text's length.
 */
export function decodeEntities(text: string, declared?: Declared): string {
  let at = text.indexOf("&");
  if (at < 0) return text;
  let out = "";
  let from = 0;
  while (at >= 0) {
    let end = -1;
    let value = "";
    switch (text.charCodeAt(at + 1)) {
      case 108: // l
        if (text.startsWith("t;", at + 2)) [end, value] = [at + 4, "<"];
        break;
      case 103: // g
        if (text.startsWith("t;", at + 2)) [end, value] = [at + 4, ">"];
        break;
      case 97: // a
        if (text.startsWith("mp;", at + 2)) [end, value] = [at + 5, "&"];
        break;
      case 113: // q
        if (text.startsWith("uot;", at + 2)) [end, value] = [at + 6, '"'];
        break;
      default:
    }
    if (end < 0) [end, value] = rareReference(text, at, declared);
    if (end > 0) {
      out += text.slice(from, at) + value;
      from = end;
    }
    at = text.indexOf("&", end > 0 ? end : at + 1);
  }
  return from === 0 ? text : out + text.slice(from);
}

/** The maximum number of character references in a text: the number of its ampersands. */
export function countReferences(text: string): number {
  let count = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) count++;
  return count;
}

/** Whether the document's own entities make more than `most` code units of a text. */
export function expandsBeyond(text: string, declared: Declared, most: number): boolean {
  let grown = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
    const end = referenceEnd(text, at);
    if (end < 0) continue;
    grown += declared.get(text.slice(at + 1, end))?.length ?? 0;
    if (grown > most) return true;
  }
  return false;
}

/** Escapes the markup characters of a text for HTML. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function rareReference(text: string, at: number, declared: Declared | undefined): [number, string] {
  if (text.charCodeAt(at + 1) === 35) return numericReference(text, at);
  const end = referenceEnd(text, at);
  if (end < 0) return [-1, ""];
  const own = declared?.get(text.slice(at + 1, end));
  if (own !== undefined) return [end + 1, own];
  const reference = text.slice(at, end + 1);
  const value = decodeHTMLStrict(reference);
  return value.charCodeAt(0) === ampersand && value === reference ? [-1, ""] : [end + 1, value];
}

/** Index of the `;` that ends the named reference at `at`, or -1. */
function referenceEnd(text: string, at: number): number {
  let end = at + 1;
  while (end - at < maxNameLength && isNameUnit(text.charCodeAt(end))) end++;
  return text.charCodeAt(end) === 59 && end > at + 1 ? end : -1;
}

function numericReference(text: string, at: number): [number, string] {
  const [end, point] = numberAt(text, at);
  if (end < 0) return [-1, ""];
  if (!isSurrogate(point)) return [end, character(point)];
  // Some generators escape the two halves of a surrogate pair separately; a single half is not a character.
  const [pairEnd, low] = point < 0xdc00 ? numberAt(text, end) : [-1, 0];
  return pairEnd > 0 && low >= 0xdc00 && low <= 0xdfff
    ? [pairEnd, String.fromCharCode(point, low)]
    : [end, ""];
}

/** Index after the numeric reference at `at`, and its number; -1 if there is none. */
function numberAt(text: string, at: number): [number, number] {
  if (text.charCodeAt(at) !== ampersand || text.charCodeAt(at + 1) !== 35) return [-1, 0];
  const hexadecimal = (text.charCodeAt(at + 2) | 32) === 120;
  const from = at + (hexadecimal ? 3 : 2);
  let end = from;
  while (end - from < maxNameLength && isDigit(text.charCodeAt(end), hexadecimal)) end++;
  if (end === from) return [-1, 0];
  const point = Number.parseInt(text.slice(from, end), hexadecimal ? 16 : 10);
  // Hand-written feeds often omit the semicolon; HTML accepts numbers without it.
  return [text.charCodeAt(end) === 59 ? end + 1 : end, point];
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

/** HTML with each surrogate pair that is written as two character references as one character. */
export function joinSurrogates(html: string): string {
  let out = "";
  let from = 0;
  for (let at = html.indexOf("&#"); at >= 0; at = html.indexOf("&#", at + 2)) {
    if (at < from || !isSurrogate(numberAt(html, at)[1])) continue;
    const [end, value] = numericReference(html, at);
    out += html.slice(from, at) + value;
    from = end;
  }
  return from === 0 ? html : out + html.slice(from);
}

function character(point: number): string {
  if (point >= 128 && point <= 159) return windows1252.charAt(point - 128);
  if (point > 0x10ffff) return "\ufffd";
  if (point < 32 && point !== 9 && point !== 10 && point !== 13) return "";
  return String.fromCodePoint(point);
}

function isDigit(unit: number, hexadecimal: boolean): boolean {
  if (unit >= 48 && unit <= 57) return true;
  const letter = unit | 32;
  return hexadecimal && letter >= 97 && letter <= 102;
}

function isNameUnit(unit: number): boolean {
  const letter = unit | 32;
  return (
    (letter >= 97 && letter <= 122) ||
    (unit >= 48 && unit <= 57) ||
    unit === 45 ||
    unit === 46 ||
    unit === 95 ||
    unit > 127
  );
}
