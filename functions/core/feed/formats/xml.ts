import type { Entry } from "../entry.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { childrenOf, type Excess } from "../xml/children.ts";
import { declaredEntities } from "../xml/doctype.ts";
import { entryOf, type Scope } from "../xml/entry.ts";
import { headOf, type Head } from "../xml/head.ts";
import { localOf, namesOf, type Names } from "../xml/names.ts";
import {
  awaitLength,
  findEnd,
  isTagStart,
  passDeclaration,
  passTag,
  type EntryStart,
} from "../xml/search.ts";
import type { Declared } from "../entities.ts";

const roots = new Set(["rss", "rdf", "feed", "channel", "entry", "item"]);
const entryNames = new Set(["item", "entry"]);
/** Of the text outside the entries this much is kept, for the feed's title and the like. */
const mostOutside = 256 * 1024;

/** What is known of the document apart from its entries. */
interface Document {
  names: Names | undefined;
  declared: Declared | undefined;
  head: Head | undefined;
  atomic: boolean;
  outside: string;
  rootClosed: boolean;
}

/**
 * RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF: entries are found by searching for their tags, one at a time; only
 * their direct children are looked at, and of those only what is asked for is decoded.
 */
export function* readXml(reading: Reading): Generator<Entry | undefined, void> {
  const document: Document = {
    names: undefined,
    declared: undefined,
    head: undefined,
    atomic: false,
    outside: "",
    rootClosed: false,
  };
  for (;;) {
    const found = yield* nextEntry(reading, document);
    if (found === undefined) break;
    readHead(reading, document);
    const { start, inside, name, attributes, empty } = found;
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at + start;
    const end = empty
      ? { kind: "closed" as const, end: inside, next: inside }
      : yield* findEnd(reading, name, inside);
    if (end.kind === "too-large") {
      rejectEntry(
        reading,
        index,
        offset,
        "entry-too-large",
        `It is longer than ${reading.limits.entryLength} characters.`,
      );
      reading.at += end.next;
      continue;
    }
    const source = reading.window.slice(reading.at + inside, reading.at + end.end);
    reading.at += end.next;
    if (end.kind === "interrupted")
      warn(reading, {
        code: "entry-unclosed",
        message: "The entry is never closed; it was ended where the next thing starts.",
        index,
      });
    const entry = readEntry(reading, document, source, attributes, {
      index,
      offset,
      cut: end.kind === "truncated",
    });
    if (entry !== undefined) yield entry;
  }
  document.head = undefined;
  readHead(reading, document);
  if (!document.rootClosed)
    warn(reading, { code: "truncated", message: "The snapshot ends before its root element is closed." });
}

/** Walks from tag to tag outside the entries until one starts; what it passes is kept for the head. */
function* nextEntry(reading: Reading, document: Document): Generator<undefined, EntryStart | undefined> {
  let scan = 0;
  for (;;) {
    const index = reading.window.indexOf("<", reading.at + scan);
    if (index < 0) {
      keep(reading, document, reading.window.length - reading.at);
      if (reading.ended) return undefined;
      scan = 0;
      yield undefined;
      continue;
    }
    scan = index - reading.at;
    yield* awaitLength(reading, scan, 2);
    const unit = reading.window.charCodeAt(reading.at + scan + 1);
    if (unit === 33 || unit === 63) {
      const next = yield* passDeclaration(reading, scan);
      if (reading.window.startsWith("<!DOCTYPE", reading.at + scan) && next > 0) {
        document.declared ??= declaredEntities(reading.window.slice(reading.at + scan, reading.at + next));
      }
      scan = next < 0 ? scan + 2 : next;
    } else if (isTagStart(reading.window, reading.at + scan)) {
      const tag = yield* passTag(reading, scan);
      if (tag === undefined) {
        scan++;
        continue;
      }
      if (isEntry(document, tag.name)) {
        keep(reading, document, scan);
        return { ...tag, inside: tag.inside - scan, start: 0 };
      }
      beginRoot(document, tag.name, tag.attributes);
      scan = tag.inside;
    } else {
      if (unit === 47) yield* noteClose(reading, document, scan);
      scan++;
    }
    if (scan > 64 * 1024) {
      keep(reading, document, scan);
      scan = 0;
    }
  }
}

function* noteClose(reading: Reading, document: Document, scan: number): Generator<undefined, void> {
  yield* awaitLength(reading, scan, 40);
  const closing = /^<\/([^\s<>]{1,36})/.exec(
    reading.window.slice(reading.at + scan, reading.at + scan + 40),
  )?.[1];
  const local = localOf(closing ?? "");
  if (local !== "item" && local !== "entry" && roots.has(local)) document.rootClosed = true;
}

function keep(reading: Reading, document: Document, length: number): void {
  if (document.outside.length < mostOutside)
    document.outside += reading.window.slice(reading.at, reading.at + length);
  reading.at += length;
}

function isEntry(document: Document, raw: string): boolean {
  const local = localOf(raw);
  if (!entryNames.has(local)) return false;
  if (document.names === undefined) return true;
  const name = document.names.resolve(raw, "");
  return entryNames.has(name) || name === "atom:entry";
}

function beginRoot(document: Document, raw: string, attributes: string): void {
  if (document.names === undefined) {
    const local = localOf(raw);
    if (!roots.has(local)) return;
    document.names = namesOf(raw, attributes);
    document.atomic = local === "feed";
    document.outside = "";
  } else if (localOf(raw) === "channel") document.names = document.names.within(attributes);
}

function readHead(reading: Reading, document: Document): void {
  if (document.head !== undefined) return;
  document.names ??= namesOf("entry", "");
  document.head = headOf(document.outside, document.names, document.declared, reading);
  reading.feed = { ...document.head.feed, ...reading.feed };
}

function readEntry(
  reading: Reading,
  document: Document,
  source: string,
  attributes: string,
  place: { index: number; offset: number; cut: boolean },
): Entry | undefined {
  const { index, offset } = place;
  const names = (document.names as Names).within(attributes);
  let excess: Excess | undefined;
  const onExcess = (kind: Excess): void => {
    excess = kind;
  };
  const scope: Scope = {
    decode: reading.decoding.text,
    declared: document.declared,
    base: document.head?.base,
    built: document.head?.built,
    language: reading.feed.language,
    timeZone: reading.hints.timeZone,
    atomic: document.atomic,
    inside: (child) => childrenOf(child.inner, 0, child.inner.length, names, reading.limits, onExcess),
    note: (code, message) => warn(reading, { code, message, index }),
  };
  const all = childrenOf(source, 0, source.length, names, reading.limits, onExcess);
  const children = place.cut ? all.filter(({ open }) => open === undefined) : all;
  if (excess !== undefined) {
    const code = excess === "depth" ? "entry-too-deep" : "entry-has-too-many-attributes";
    const what =
      excess === "depth"
        ? `Elements are nested more than ${reading.limits.depth} deep.`
        : `An element has more than ${reading.limits.attributes} attributes.`;
    rejectEntry(reading, index, offset, code, what);
    return undefined;
  }
  const entry = entryOf(children, attributes, scope);
  if (!place.cut) return entry;
  // Half an entry is worth sending where it would be recognised when the whole file comes.
  if (entry.title !== "" && (entry.id !== undefined || entry.link !== undefined)) {
    warn(reading, {
      code: "entry-truncated",
      message: "The snapshot ends within this entry; it has what came before.",
      index,
    });
    return entry;
  }
  rejectEntry(
    reading,
    index,
    offset,
    "entry-truncated",
    "The snapshot ends within the entry, before its title and its link or id.",
    entry.title,
  );
  return undefined;
}
