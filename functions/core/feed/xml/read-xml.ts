import type { ErrorCode } from "../../errors.ts";
import type { Entry } from "../entry.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { childrenOf, excessOfTag, maxExpanded, type ChildLimits, type Excess } from "./children.ts";
import type { EntryScope } from "./entry-scope.ts";
import { entryOf, htmlOfBody } from "./xml-entry.ts";
import { headOf } from "./feed-head.ts";
import { namesOf, type Names } from "./namespaces.ts";
import type { Values } from "./field-values.ts";
import { findEnd, more, type EntryEnd, type Progress } from "./search.ts";
import { whyNoEntries } from "./unread-entries.ts";
import { nextEntry, noteTruncation, startWalk, type Walk } from "./walk.ts";

const lookAhead = 96 * 1024;

/** An entry's text with its position. */
interface Found {
  /** Position of its content in the window. */
  readonly from: number;
  readonly to: number;
  readonly attributes: string;
  readonly index: number;
  readonly offset: number;
  /** Whether the snapshot ends within it. */
  readonly cut: boolean;
}

/**
 * Reads RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and CDF. Entries are found by searching for their tags, one at a time.
 * Only their direct children are read, and only requested fields are decoded.
 */
export function* readXml(reading: Reading): Generator<Entry | undefined, void> {
  const walk = startWalk();
  let scope: EntryScope | undefined;
  const current: Current = {
    names: namesOf("feed", ""),
    index: 0,
    excess: undefined,
    limits: reading.limits,
  };
  const progress: Progress = { scan: 0, searched: 0, opened: 0 };
  for (;;) {
    const tag = nextEntry(reading, walk);
    if (tag === undefined) break;
    if (tag === more) {
      yield undefined;
      continue;
    }
    const inside = tag.end - reading.at;
    scope ??= shareScope(reading, walk, current, yield* tailOf(reading, walk));
    const index = nextIndex(reading);
    const offset = reading.offset + reading.at;
    progress.scan = inside;
    progress.searched = 0;
    progress.opened = 0;
    let end: EntryEnd | typeof more = tag.empty
      ? { kind: "closed", end: inside, next: inside }
      : findEnd(reading, walk.entryName, walk.entryLowered, progress);
    while (end === more) {
      yield undefined;
      end = findEnd(reading, walk.entryName, walk.entryLowered, progress);
    }
    if (end.kind === "too-large") {
      rejectEntry(reading, {
        code: "entry-too-large",
        index,
        offset,
        reason: `It is longer than ${reading.limits.entryLength} characters.`,
      });
      walk.within = end.within ?? "";
      reading.at += end.next;
      continue;
    }
    if (end.kind === "interrupted") {
      warn(reading, {
        code: "entry-unclosed",
        message: "The entry is never closed; it was ended where the next thing starts.",
        index,
      });
    }
    current.names = (walk.names ?? current.names).within(tag.attributes);
    const from = reading.at + inside;
    const to = reading.at + end.end;
    reading.at += end.next;
    const entry = readEntry(reading, scope, current, {
      from,
      to,
      attributes: tag.attributes,
      index,
      offset,
      cut: end.kind === "truncated",
    });
    if (entry !== undefined) yield entry;
  }
  // Again, for the text after the entries.
  shareScope(reading, walk, current);
  noteTruncation(reading, walk);
  if (reading.count === 0) reading.whyNoEntries = whyNoEntries(walk, current.limits);
}

/** Reads the text after the last entry as part of the head, if the feed has no language and ends soon. */
function* tailOf(reading: Reading, walk: Walk): Generator<undefined, string> {
  if (/<(?:dc:)?language[\s>]|\sxml:lang=/i.test(walk.outside)) return "";
  while (!reading.ended && reading.window.length - reading.at < lookAhead) yield undefined;
  if (!reading.ended || reading.window.length - reading.at > lookAhead) return "";
  const last = reading.window.lastIndexOf(`</${walk.entryName}`);
  return last < reading.at ? "" : reading.window.slice(last);
}

/** State of the current entry. */
interface Current {
  names: Names;
  index: number;
  excess: Excess | undefined;
  limits: ChildLimits;
}

/** Shared by all entries; created once, so that an entry needs no closures. */
function shareScope(reading: Reading, walk: Walk, current: Current, tail = ""): EntryScope {
  const { feed, base, authors } = headOf(
    walk.outside + tail,
    walk.names ?? current.names,
    walk.declared,
    reading,
  );
  reading.feed = { ...feed, ...reading.feed };
  const { text: decode, read } = reading.decoding;
  const values: Values = {
    decode,
    read: ({ source, from, to }) => read(source, from, to),
    declared: walk.declared,
  };
  const { atomic } = walk;
  const limits: ChildLimits = { ...reading.limits, declared: walk.declared };
  current.limits = limits;
  return {
    ...values,
    base,
    // RSS has no such rule: the people of its channel are publishers, not authors.
    authors: walk.atomic ? authors : [],
    now: reading.hints.now,
    language: reading.feed.language,
    timeZone: reading.hints.timeZone,
    atomic,
    inside: (child) =>
      childrenOf(child.source, child, {
        names: current.names,
        limits,
        onExcess: (excess) => (current.excess = excess),
      }),
    htmlOf: ({ source, from, to, kind }) => htmlOfBody(read(source, from, to), kind, values),
    note: (code, message) => warn(reading, { code, message, index: current.index }),
  };
}

function readEntry(reading: Reading, scope: EntryScope, current: Current, found: Found): Entry | undefined {
  const { from, to, attributes, index, offset, cut } = found;
  current.index = index;
  current.excess = attributes === "" ? undefined : excessOfTag(attributes, current.limits);
  const all = scope.inside({ name: "", attributes, source: reading.decoding.source(), from, to });
  const children = cut ? all.filter(({ open }) => open === undefined) : all;
  const entry = excessOf(current) === undefined ? entryOf(children, attributes, scope) : undefined;
  // Reading the entry may exceed a limit inside a child.
  const excess = excessOf(current);
  if (excess !== undefined || entry === undefined) {
    const [code, reason] = excessReason(excess ?? "depth", reading);
    rejectEntry(reading, { code, index, offset, reason });
    return undefined;
  }
  if (!cut) return entry;
  // A truncated entry is sent if it has title, date and link: the complete entry is recognised later.
  const isDated = entry.dateSource === "published" || entry.dateSource === "updated";
  if (entry.title !== "" && isDated && (entry.id !== undefined || entry.link !== undefined)) {
    warn(reading, {
      code: "entry-incomplete",
      message: "The snapshot ends within this entry; it has what came before.",
      index,
    });
    return entry;
  }
  rejectEntry(reading, {
    code: "entry-truncated",
    index,
    offset,
    title: entry.title,
    reason: "The snapshot ends within the entry, before its title, its date and its link or id.",
  });
  return undefined;
}

function excessOf(current: Current): Excess | undefined {
  return current.excess;
}

function excessReason(excess: Excess, { limits }: Reading): readonly [ErrorCode, string] {
  if (excess === "depth") return ["entry-too-deep", `Elements are nested more than ${limits.depth} deep.`];
  if (excess === "entities")
    return ["entry-has-too-many-entities", `A field has more than ${limits.entities} character references.`];
  if (excess === "expansion")
    return [
      "entry-has-too-many-entities",
      `Entities of the snapshot's own expand a field to more than ${maxExpanded} characters.`,
    ];
  return ["entry-has-too-many-attributes", `An element has more than ${limits.attributes} attributes.`];
}
