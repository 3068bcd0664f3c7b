import { decodeEntities, escapeText, type Declared } from "../text/entities.ts";
import { cleanLine, plainTitle, titleText } from "../text/plain-text.ts";
import type { Child } from "./children.ts";
import { nameEnd, startsName, tagEnd } from "./markup.ts";

/** Converts raw values of a document to text. */
export interface Values {
  /** Decodes a piece of window text. */
  readonly decode: (raw: string) => string;
  /** The content of an element as text, with its markup. */
  readonly read: (child: Child) => string;
  /** Entities declared in the document's internal subset. */
  readonly declared: Declared | undefined;
}

const section = "<![CDATA[";

interface Piece {
  readonly kind: "text" | "section" | "tag";
  readonly value: string;
}

/** The text of an element: CDATA unwrapped, references replaced once, tags and comments removed. */
export function textOf(child: Child, values: Values): string {
  return contentOf(values.read(child), values);
}

/** Like `textOf`, for decoded text. */
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

/** Like `contentOf`, but keeps tags that are not elements, as in `if a<b and c>d`. */
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

/** The HTML in an element, whether escaped, in CDATA or unescaped; unescaped markup is kept. */
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

/** Converts inline markup (XHTML, unescaped HTML) to HTML: removes prefixes of tags, escapes CDATA sections. */
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

/** A title that may contain HTML, in any of the forms that feeds use. */
export function titleOf(child: Child, values: Values): string {
  return titleText(unwrapped(child, values));
}

/** A title that is plain text by its format (RFC 4287 section 3.1.1: no type), although many feeds use HTML. */
export function untypedTitleOf(child: Child, values: Values): string {
  return plainTitle(unwrapped(child, values));
}

/** Some generators wrap a value in CDATA and then escape it. */
function unwrapped(child: Child, values: Values): string {
  const text = spokenOf(values.read(child), values);
  return text.includes(section) ? text.replaceAll(section, "").replaceAll("]]>", "") : text;
}

/** A clean line of text without markup. */
export function lineOf(child: Child, values: Values): string {
  return cleanLine(textOf(child, values));
}

/** The content, if it is a single CDATA section. */
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
