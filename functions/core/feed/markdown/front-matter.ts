import type { Reading } from "../reading.ts";
import { afterLineEnd, lineEnd } from "./lines.ts";

/** What a static site's generator keeps above a text: the fields of one article or feed. */
interface FrontMatterBlock {
  readonly syntax: "yaml" | "toml" | "json";
  /** The fields' source, as window text. */
  readonly source: string;
  /** Index after the block. */
  readonly end: number;
}

/** Front matter that is longer is text: the time that a parser takes follows from it. */
export const maxFrontMatterLength = 16 * 1024;

const opening = /^(?:---[ \t]{0,8}(?:yaml|toml|json)?|\+\+\+|;;;)$/i;
const syntaxes = { "-": "yaml", "+": "toml", ";": "json" } as const;

/**
 * The front matter that a text starts with: between two lines of `---` (YAML, or the language that the first line
 * names), `+++` (TOML) or `;;;` (JSON), or an object of JSON.
 */
export function frontMatterIn(text: string): FrontMatterBlock | undefined {
  const start = /^(?:\ufeff|\u00ef\u00bb\u00bf)?[ \t\r\n]{0,100}/.exec(text)?.[0].length ?? 0;
  if (text.charCodeAt(start) === 123) return jsonObject(text, start);
  const first = text.slice(start, lineEnd(text, start)).trimEnd();
  if (first.length > 20 || !opening.test(first)) return undefined;
  const mark = first.slice(0, 3);
  const named = first.slice(3).trim().toLowerCase();
  const syntax = named === "toml" || named === "json" ? named : syntaxes[first.charAt(0) as "-" | "+" | ";"];
  const from = afterLineEnd(text, lineEnd(text, start));
  for (let at = from; at < text.length && at - from <= maxFrontMatterLength;) {
    const stop = lineEnd(text, at);
    const line = text.slice(at, stop).trimEnd();
    const end = afterLineEnd(text, stop);
    if (line === mark || (mark === "---" && line === "..."))
      return { syntax, source: text.slice(from, at), end };
    at = end;
  }
  return undefined;
}

/** The object that a text starts with, if a title or a date is in it and a text follows on a line of its own. */
function jsonObject(text: string, from: number): FrontMatterBlock | undefined {
  const end = objectEnd(text, from);
  if (end === undefined || !/^[ \t]*[\r\n]\s*[^\s{[,}\]]/.test(text.slice(end, end + 1000))) return undefined;
  const source = text.slice(from, end);
  return /"(?:title|date)"\s*:/i.test(source) &&
    !/"(?:items|entries|version|home_page_url)"\s*:/i.test(source)
    ? { syntax: "json", source, end }
    : undefined;
}

function objectEnd(text: string, from: number): number | undefined {
  let depth = 0;
  let isString = false;
  const limit = Math.min(text.length, from + maxFrontMatterLength);
  for (let at = from; at < limit; at++) {
    const character = text.charAt(at);
    if (isString) {
      if (character === "\\") at++;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Reads the source of front matter; undefined where it has no fields. */
export type FrontMatterParser = (source: string) => unknown;

/** Aliases that may be resolved: front matter has none, and a few of them can expand to a gigabyte. */
const maxAliases = 20;
const maxDepth = 20;

/** Loads the parser for the front matter that a snapshot starts with; where there is none, nothing is loaded. */
export async function loadFrontMatterParser(head: string): Promise<FrontMatterParser> {
  const syntax = frontMatterIn(head)?.syntax;
  if (syntax === "yaml") {
    const { parseDocument } = await import("yaml");
    return (source) => {
      // Values stay as written: the failsafe schema has no numbers, dates and merge keys.
      const document = parseDocument(source, {
        schema: "failsafe",
        uniqueKeys: false,
        logLevel: "silent",
        prettyErrors: false,
      });
      return document.errors.length > 0
        ? simpleFields(source)
        : (document.toJS({ maxAliasCount: maxAliases }) as unknown);
    };
  }
  if (syntax === "toml") {
    const { parse } = await import("smol-toml");
    return (source) => parse(source.replaceAll("\r", ""), { maxDepth });
  }
  return (source) => JSON.parse(source.trim().startsWith("{") ? source : `{${source}}`) as unknown;
}

/**
 * `key: value` and `key = value` lines of front matter that its parser refuses, such as `title: One: two`; undefined where
 * there are lines of another kind.
 */
function simpleFields(source: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const line of source.split(/\r\n?|\n/)) {
    const [, key, value = ""] = /^([A-Za-z][\w-]{0,60})[ \t]*[:=](.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      if (!found.has(key)) found.set(key, unquoted(value.trim()));
    } else if (line.trim() !== "" && !/^[ \t#\-[{}\]]/.test(line)) return undefined;
  }
  return found;
}

function unquoted(value: string): string {
  return /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}

/**
 * Skips the front matter that a snapshot starts with and returns its fields; undefined where there is none, or none that
 * can be read, which then counts as text.
 */
export function* skipFrontMatter(
  reading: Reading,
  parse: FrontMatterParser,
): Generator<undefined, ReadonlyMap<string, unknown> | undefined> {
  while (!reading.ended && reading.window.length - reading.at < maxFrontMatterLength * 2) yield undefined;
  const block = frontMatterIn(reading.window.slice(reading.at, reading.at + maxFrontMatterLength * 2));
  if (block === undefined) return undefined;
  const fields = fieldMap(attempt(parse, reading.decoding.text(block.source)));
  if (fields !== undefined) reading.at += block.end;
  return fields;
}

function attempt(parse: FrontMatterParser, source: string): unknown {
  try {
    return parse(source);
  } catch {
    return simpleFields(source);
  }
}

function fieldMap(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return entries.length === 0 ? undefined : new Map(entries.map(([key, field]) => [String(key), field]));
}
