import { decodeEntities, escapeText, type Declared } from "../text/entities.ts";
import { cleanLine, plainTitle, titleText } from "../text/plain-text.ts";
import type { Child } from "./children.ts";
import { nameEnd, startsName, tagEnd } from "./markup.ts";

/** How the raw values of a document become text. */
export interface Values {
  /** A piece of window text as text. */
  readonly decode: (raw: string) => string;
  /** The inside of an element as text, its markup untouched. */
  readonly read: (child: Child) => string;
  /** Entities of the document's internal subset. */
  readonly declared: Declared | undefined;
}

const section = "<![CDATA[";

interface Piece {
  readonly kind: "text" | "section" | "tag";
  readonly value: string;
}

/** The text of an element: CDATA unwrapped, references replaced once, tags and comments dropped. */
export function textOf(child: Child, values: Values): string {
  return contentOf(values.read(child), values);
}

/** As `textOf`, of text that has been read. */
export function contentOf(text: string, values: Values): string {
  if (!text.includes("<")) return decodeEntities(text, values.declared);
  const single = onlySection(text);
  if (single !== undefined) return single;
  let out = "";
  for (const { kind, value } of pieces(text)) {
    if (kind !== "tag") out += kind === "section" ? value : decodeEntities(value, values.declared);
  }
  return out;
}

/** As `contentOf`, but tags that are no elements, as in `if a<b and c>d`, stay. */
function spokenOf(text: string, values: Values): string {
  if (!text.includes("<") || onlySection(text) !== undefined) return contentOf(text, values);
  const all = pieces(text);
  const closed = new Set(
    all.flatMap(({ kind, value }) => (kind === "tag" && isClosing(value) ? [nameIn(value)] : [])),
  );
  return all
    .map(({ kind, value }) => {
      if (kind !== "tag") return kind === "section" ? value : decodeEntities(value, values.declared);
      return isClosing(value) || value.endsWith("/>") || closed.has(nameIn(value)) ? "" : value;
    })
    .join("");
}

function isClosing(tag: string): boolean {
  return tag.charCodeAt(1) === 47;
}

function nameIn(tag: string): string {
  const start = isClosing(tag) ? 2 : 1;
  return tag.slice(start, nameEnd(tag, start));
}

/** The HTML that an element holds, escaped, in CDATA or naked; naked markup stays as it is. */
export function htmlOf(text: string, values: Values): string {
  if (!text.includes("<")) return decodeEntities(text, values.declared).trim();
  const single = onlySection(text);
  if (single !== undefined) return single.trim();
  const all = pieces(text);
  if (all.some(({ kind }) => kind === "tag")) return markupOf(text, values);
  return all
    .map(({ kind, value }) => (kind === "section" ? value : decodeEntities(value, values.declared)))
    .join("")
    .trim();
}

/** Inline markup (XHTML, naked HTML) as HTML: prefixes of tags are dropped, CDATA sections become escaped text. */
export function markupOf(text: string, values: Values): string {
  let out = "";
  for (const { kind, value } of pieces(text)) {
    if (kind === "section") out += escapeText(value);
    else if (kind === "tag") out += value.replace(/^<(\/?)[\w.-]{1,40}:(?=[\w])/, "<$1");
    else
      out +=
        values.declared === undefined
          ? value
          : value.replace(/&([\w.-]{1,40});/g, (whole, name: string) => values.declared?.get(name) ?? whole);
  }
  return out.trim();
}

/** A title that may hold HTML, in any of the ways in which feeds write it. */
export function titleOf(child: Child, values: Values): string {
  return titleText(unwrapped(child, values));
}

/** A title that is text by its format (RFC 4287 section 3.1.1: no type), though many feeds put HTML there. */
export function untypedTitleOf(child: Child, values: Values): string {
  return plainTitle(unwrapped(child, values));
}

/** Some generators wrap a value in CDATA first and escape it afterwards. */
function unwrapped(child: Child, values: Values): string {
  const text = spokenOf(values.read(child), values);
  return text.includes(section) ? text.replaceAll(section, "").replaceAll("]]>", "") : text;
}

/** One clean line of text that holds no markup. */
export function lineOf(child: Child, values: Values): string {
  return cleanLine(textOf(child, values));
}

/** The content where all of it is one CDATA section. */
function onlySection(text: string): string | undefined {
  const from = text.indexOf("<");
  if (!text.startsWith(section, from)) return undefined;
  const to = text.indexOf("]]>", from + section.length);
  if (to < 0) return text.slice(from + section.length);
  return isBlank(text, 0, from) && isBlank(text, to + 3, text.length)
    ? text.slice(from + section.length, to)
    : undefined;
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}

function pieces(text: string): Piece[] {
  const all: Piece[] = [];
  let from = 0;
  let at = text.indexOf("<");
  const textUpTo = (to: number): void => {
    if (to > from) all.push({ kind: "text", value: text.slice(from, to) });
  };
  while (at >= 0) {
    let end = -1;
    if (text.startsWith(section, at)) {
      textUpTo(at);
      const close = text.indexOf("]]>", at + section.length);
      all.push({ kind: "section", value: text.slice(at + section.length, close < 0 ? text.length : close) });
      end = close < 0 ? text.length : close + 3;
    } else if (text.startsWith("<!--", at)) {
      textUpTo(at);
      const close = text.indexOf("-->", at + 4);
      end = close < 0 ? text.length : close + 3;
    } else if (startsName(text.charCodeAt(at + (text.charCodeAt(at + 1) === 47 ? 2 : 1)))) {
      const close = tagEnd(text, at + 1);
      if (close > at) {
        textUpTo(at);
        end = close + 1;
        all.push({ kind: "tag", value: text.slice(at, end) });
      }
    }
    if (end >= 0) from = end;
    at = text.indexOf("<", end >= 0 ? end : at + 1);
  }
  textUpTo(text.length);
  return all;
}
