import { warn, type Reading } from "../reading.ts";
import { declaredEntities } from "./doctype.ts";
import type { Declared } from "../text/entities.ts";
import { nameEnd, startsName } from "./markup.ts";
import { localOf, namesOf, type Names } from "./namespaces.ts";
import { isNamed, more, sectionStart, tagAt, type More, type XmlTag } from "./search.ts";

const roots = new Set(["rss", "rdf", "feed", "channel"]);
const entryNames = new Set(["item", "entry"]);
/** Raw text elements of an HTML page around a feed. */
const rawText = new Set(["script", "style", "textarea", "template", "noscript"]);
/** Maximum length of the text outside the entries that is kept for the feed's metadata. */
const maxOutside = 256 * 1024;
const maxSubset = 256 * 1024;

/** State of the text outside the entries. */
export interface Walk {
  names: Names | undefined;
  declared: Declared | undefined;
  /** Whether the document type has been read; there is only one (XML 1.0, section 2.8). */
  typed: boolean;
  atomic: boolean;
  /** Text outside the entries, for the feed's head. */
  outside: string;
  rootClosed: boolean;
  /** Elements with the name `item` or `entry` in an unknown vocabulary. */
  foreignEntries: number;
  /** The raw name of the previous entry, which the next one probably has, and in lower case. */
  entryName: string;
  entryLowered: string;
  /** The closing delimiter of the section, comment or instruction that is being skipped; `""` if none is. */
  within: string;
  /** Delimiters that do not follow. */
  readonly missing: Set<string>;
  /** Relative to the reading's `at`. */
  scan: number;
}

export function startWalk(): Walk {
  return {
    names: undefined,
    declared: undefined,
    typed: false,
    atomic: false,
    outside: "",
    rootClosed: false,
    foreignEntries: 0,
    entryName: "item",
    entryLowered: "item",
    within: "",
    missing: new Set(),
    scan: 0,
  };
}

/**
 * Walks from tag to tag until an entry starts, and moves the reading's `at` to it; `undefined` at the end. Keeps the
 * skipped text for the head, up to 256 KiB.
 */
export function nextEntry(reading: Reading, walk: Walk): XmlTag | More | undefined {
  for (;;) {
    if (walk.within !== "" && !passWithin(reading, walk)) return reading.ended ? undefined : more;
    const { window, ended } = reading;
    const index = window.indexOf("<", reading.at + walk.scan);
    if (index < 0 || (!ended && index + sectionStart.length > window.length)) {
      keep(reading, walk, index < 0 ? window.length : index);
      if (ended) return undefined;
      return more;
    }
    const unit = window.charCodeAt(index + 1);
    if (unit === 33 || unit === 63) {
      const passed = passDeclaration(reading, walk, index);
      if (passed === more) return more;
      continue;
    }
    if (unit === 47) {
      noteClose(window, index, walk);
      walk.scan = index + 2 - reading.at;
      continue;
    }
    if (!startsName(unit)) {
      walk.scan = index + 1 - reading.at;
      continue;
    }
    const tag = tagAt(reading, index);
    if (tag === more) {
      walk.scan = index - reading.at;
      return more;
    }
    if (tag === undefined) {
      walk.scan = index + 1 - reading.at;
      continue;
    }
    if (isEntry(walk, window, index, tag)) {
      // White space between entries is not collected.
      if (isBlank(window, reading.at, index)) skip(reading, walk, index);
      else keep(reading, walk, index);
      return tag;
    }
    if (walk.names === undefined && !tag.empty && rawText.has(tag.name.toLowerCase())) {
      keep(reading, walk, tag.end);
      walk.within = `</${tag.name}`;
      continue;
    }
    // Text before the root does not belong to the feed: a page around it has its own title.
    if (beginRoot(walk, tag)) reading.at = index;
    walk.scan = tag.end - reading.at;
  }
}

/** Skips to the end of a section, comment or instruction; returns whether the end was found. */
function passWithin(reading: Reading, walk: Walk): boolean {
  const found = reading.window.indexOf(walk.within, reading.at + walk.scan);
  if (found < 0) {
    reading.at = Math.max(reading.at, reading.window.length - walk.within.length + 1);
    walk.scan = 0;
    return false;
  }
  reading.at = found + walk.within.length;
  walk.scan = 0;
  walk.within = "";
  return true;
}

function passDeclaration(reading: Reading, walk: Walk, index: number): More | undefined {
  const { window } = reading;
  if (!walk.typed && (window.startsWith("<!DOCTYPE", index) || window.startsWith("<!doctype", index))) {
    const end = doctypeEnd(window, index);
    if (end < 0 && !reading.ended && window.length - index < maxSubset) {
      walk.scan = index - reading.at;
      return more;
    }
    walk.typed = true;
    if (end > 0) walk.declared = declaredEntities(window.slice(index, end));
    walk.scan = (end < 0 ? index + 2 : end) - reading.at;
    return undefined;
  }
  const mark = window.startsWith(sectionStart, index)
    ? "]]>"
    : window.startsWith("<!--", index)
      ? "-->"
      : ">";
  const end = walk.missing.has(mark) ? -1 : window.indexOf(mark, index + (mark === "-->" ? 4 : 2));
  if (end < 0 && !reading.ended && window.length - index < reading.limits.entryLength) {
    walk.scan = index - reading.at;
    return more;
  }
  // An unclosed comment hides only its own start, unless it is too long to be kept.
  if (end >= 0 && mark === "]]>") {
    // A section may contain the feed's title or link; an entry inside a section is text.
    walk.scan = end + mark.length - reading.at;
  } else if (end < 0 && reading.ended) {
    walk.missing.add(mark);
    walk.scan = index + 2 - reading.at;
  } else {
    keep(reading, walk, index);
    walk.within = mark;
    walk.scan = mark === "-->" ? 4 : 2;
  }
  return undefined;
}

function doctypeEnd(window: string, index: number): number {
  const end = window.indexOf(">", index);
  const subset = window.indexOf("[", index);
  if (end < 0 || subset < 0 || subset > end) return end < 0 ? end : end + 1;
  const close = window.indexOf("]", subset);
  const last = close < 0 ? -1 : window.indexOf(">", close);
  return last < 0 ? -1 : last + 1;
}

function noteClose(window: string, index: number, walk: Walk): void {
  const end = nameEnd(window, index + 2);
  if (end - index < 40 && roots.has(localOf(window.slice(index + 2, end)))) walk.rootClosed = true;
}

/** Keeps the text up to a window index as text outside the entries, and moves there. */
function keep(reading: Reading, walk: Walk, index: number): void {
  const room = maxOutside - walk.outside.length;
  if (room > 0) walk.outside += reading.window.slice(reading.at, Math.min(index, reading.at + room));
  skip(reading, walk, index);
}

function skip(reading: Reading, walk: Walk, index: number): void {
  reading.at = index;
  walk.scan = 0;
}

function isBlank(window: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (window.charCodeAt(at) > 32) return false;
  return true;
}

function isEntry(walk: Walk, window: string, index: number, { name: raw, attributes }: XmlTag): boolean {
  if (walk.names !== undefined && isNamed(window, index + 1, walk.entryName, walk.entryLowered)) return true;
  const local = localOf(raw);
  if (!entryNames.has(local)) return false;
  // The element may declare its own prefix: `<p:entry xmlns:p="http://www.w3.org/2005/Atom">`.
  const name = walk.names?.resolve(raw, attributes) ?? local;
  if (!entryNames.has(name) && name !== "atom:entry") {
    walk.foreignEntries++;
    return false;
  }
  if (walk.names === undefined) {
    // A single entry document: the entry is the root.
    walk.names = namesOf(raw, attributes);
    walk.atomic = local === "entry";
    walk.rootClosed = true;
  }
  walk.entryName = raw;
  walk.entryLowered = raw.toLowerCase();
  return true;
}

/** Records the namespaces that an element outside the entries declares; returns whether it is the root. */
function beginRoot(walk: Walk, { name, attributes, empty }: XmlTag): boolean {
  const local = localOf(name);
  if (walk.names === undefined) {
    if (!roots.has(local)) return false;
    walk.names = namesOf(name, attributes);
    walk.atomic = local === "feed";
    walk.rootClosed = empty;
    walk.outside = "";
    return true;
  }
  if (local === "channel") walk.names = walk.names.within(attributes);
  // An element between the root and the entries may declare a prefix.
  else if (attributes.includes("xmlns:") && !empty)
    walk.names = walk.names.within(attributes.replace(/\sxmlns\s*=\s*(?:"[^"]*"|'[^']*')/g, ""));
  return false;
}

/** Warns that the root element was never closed. */
export function noteTruncation(reading: Reading, walk: Walk): void {
  if (!walk.rootClosed)
    warn(reading, { code: "truncated", message: "The snapshot ends before its root element is closed." });
}
