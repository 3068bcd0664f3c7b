import type { Source } from "../text/byte-slices.ts";
import { countReferences, expandsBeyond, type Declared } from "../text/entities.ts";
import { nameEnd, startsName, tagEnd } from "./markup.ts";
import { foreign, type Names } from "./namespaces.ts";

/** An element directly inside an entry or a feed, and where its inside stands. */
export interface Child {
  /** As `Names` resolves it. */
  readonly name: string;
  /** Between the tag's name and its `>`. */
  readonly attributes: string;
  readonly source: Source;
  /** Its inside: between start and end tag; of an element that is never closed the text up to the next tag. */
  readonly from: number;
  readonly to: number;
  /** It is never closed. */
  readonly open?: true;
}

export interface ChildLimits {
  readonly depth: number;
  readonly attributes: number;
  readonly entities: number;
  /** The document's own entities; what they make of a field is bounded too. */
  readonly declared?: Declared | undefined;
}

/** Which closing marks are known not to come any more: a search that failed once is not repeated. */
interface Missing {
  comment: boolean;
  section: boolean;
  /** The last `>` that was searched for: up to there is no other. */
  tagEnd: number;
}

export type Excess = "depth" | "attributes" | "entities" | "expansion";

/** Code units that the entities of the document itself may make of one field. */
export const mostExpanded = 1024 * 1024;

export interface ChildOptions {
  readonly names: Names;
  readonly limits: ChildLimits;
  /** Called for each limit that is exceeded. */
  readonly onExcess: (excess: Excess) => void;
}

/**
 * The elements of known vocabularies between `from` and `to`, found by searching: a leaf costs three searches,
 * whatever its length. The first end tag of its name ends an element, so naked HTML inside can't derail what
 * follows, and an element that is never closed swallows nothing. Linear in the length of the source.
 */
export function childrenOf(
  origin: Source,
  { from, to }: { readonly from: number; readonly to: number },
  { names, limits, onExcess }: ChildOptions,
): Child[] {
  const source = origin.text;
  const children: Child[] = [];
  const missing: Missing = { comment: false, section: false, tagEnd: -1 };
  const search: EndSearch = { to, missing, depth: limits.depth, onExcess };
  let count = 0;
  let closers: ReadonlyMap<string, number> | undefined;
  let at = source.indexOf("<", from);
  while (at >= 0 && at < to) {
    const unit = source.charCodeAt(at + 1);
    if (!startsName(unit)) {
      at = source.indexOf("<", unit === 33 ? afterDeclaration(source, at, to, missing) : at + 1);
      continue;
    }
    // Entries of one feed have the same elements in the same order: guessing the name saves reading it.
    const guess = names.guesses[count];
    const hit = guess !== undefined && isNamedSo(source, at + 1, guess.raw);
    const named = hit ? at + 1 + guess.raw.length : nameEnd(source, at + 1);
    const end = tagEnd(source, named);
    if (end < 0 || end >= to) break;
    const raw = hit ? guess.raw : source.slice(at + 1, named);
    const selfClosing = source.charCodeAt(end - 1) === 47 && end > named;
    let attributes = named === end ? "" : source.slice(named, selfClosing ? end - 1 : end);
    const excess = attributes === "" ? undefined : excessOfTag(attributes, limits);
    if (excess !== undefined) {
      onExcess(excess);
      attributes = "";
    }
    const name = hit && !attributes.includes("xmlns") ? guess.name : names.resolve(raw, attributes);
    if (!hit && count < mostGuesses && !attributes.includes("xmlns")) names.guesses[count] = { raw, name };
    count++;
    if (selfClosing) {
      if (name !== foreign) children.push({ name, attributes, source: origin, from: end + 1, to: end + 1 });
      at = source.indexOf("<", end);
      continue;
    }
    let close = leafEnd(source, end + 1, to, missing);
    if (!closes(source, close, raw)) {
      const lowered = raw.toLowerCase();
      if (closers !== undefined && (closers.get(lowered) ?? -1) <= end) close = -1;
      else {
        close = searchEnd(source, end + 1, lowered, search);
        if (close < 0) closers ??= lastEnds(source, end + 1, to, missing);
      }
    }
    const next = close >= 0 ? close : source.indexOf("<", end + 1);
    const stop = next < 0 || next > to ? to : next;
    const length = stop - end;
    if (
      length > limits.entities * shortestReference &&
      countReferences(source.slice(end + 1, stop)) > limits.entities
    ) {
      onExcess("entities");
    } else if (
      limits.declared !== undefined &&
      expandsBeyond(source.slice(end + 1, stop), limits.declared, mostExpanded)
    ) {
      onExcess("expansion");
    } else if (name !== foreign) {
      const child: Child = { name, attributes, source: origin, from: end + 1, to: stop };
      children.push(close >= 0 ? child : { ...child, open: true });
    }
    at = close >= 0 ? source.indexOf("<", close + 2) : next;
  }
  return children;
}

/** What a tag has too much of, if anything; `attributes` is its text behind the name. */
export function excessOfTag(attributes: string, limits: ChildLimits): Excess | undefined {
  const { length } = attributes;
  if (length > limits.attributes * 3 && countAttributes(attributes) > limits.attributes) return "attributes";
  if (length > limits.entities * shortestReference && countReferences(attributes) > limits.entities)
    return "entities";
  return limits.declared !== undefined && expandsBeyond(attributes, limits.declared, mostExpanded)
    ? "expansion"
    : undefined;
}

/** Whether an element holds more than white space. */
export function isFilled({ source, from, to }: Child): boolean {
  for (let at = from; at < to; at++) if (source.text.charCodeAt(at) > 32) return true;
  return false;
}

/** `&a;` */
const shortestReference = 3;
const mostGuesses = 32;

function isNamedSo(source: string, at: number, raw: string): boolean {
  if (!source.startsWith(raw, at)) return false;
  const after = source.charCodeAt(at + raw.length);
  return after === 62 || after <= 32 || after === 47;
}

/** The first `<` after text and CDATA sections, or `to`. */
function leafEnd(source: string, from: number, to: number, missing: Missing): number {
  let at = source.indexOf("<", from);
  while (at >= 0 && at < to && source.startsWith("<![CDATA[", at)) {
    const end = missing.section ? -1 : source.indexOf("]]>", at + 9);
    if (end < 0) missing.section = true;
    if (end < 0 || end > to) return to;
    at = source.indexOf("<", end + 3);
  }
  return at < 0 || at > to ? to : at;
}

function closes(source: string, at: number, raw: string): boolean {
  if (source.charCodeAt(at + 1) !== 47 || !source.startsWith(raw, at + 2)) return false;
  const after = source.charCodeAt(at + 2 + raw.length);
  return after === 62 || after <= 32;
}

/** Settings of `searchEnd` that are the same for all children. */
interface EndSearch {
  readonly to: number;
  readonly missing: Missing;
  /** Maximum depth of nested elements. */
  readonly depth: number;
  readonly onExcess: (excess: Excess) => void;
}

/** Where the end tag of `lowered` starts, CDATA and comments passed over, or -1. */
function searchEnd(
  source: string,
  from: number,
  lowered: string,
  { to, missing, depth: limit, onExcess }: EndSearch,
): number {
  let depth = 1;
  for (let at = source.indexOf("<", from); at >= 0 && at < to;) {
    const unit = source.charCodeAt(at + 1);
    let next = at + 1;
    if (unit === 33) next = afterDeclaration(source, at, to, missing);
    else if (unit === 47) {
      const end = nameEnd(source, at + 2);
      if (end - at - 2 === lowered.length && source.slice(at + 2, end).toLowerCase() === lowered) return at;
      if (!mayStayOpen(source, at + 2)) depth--;
    } else if (startsName(unit)) {
      if (missing.tagEnd < at) missing.tagEnd = behind(source.indexOf(">", at));
      if (source.charCodeAt(missing.tagEnd - 1) !== 47 && !mayStayOpen(source, at + 1)) depth++;
      if (depth > limit) onExcess("depth");
    }
    at = source.indexOf("<", next);
  }
  return -1;
}

/** Where each name's last end tag starts. */
function lastEnds(source: string, from: number, to: number, missing: Missing): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (let at = source.indexOf("<", from); at >= 0 && at < to;) {
    const unit = source.charCodeAt(at + 1);
    if (unit === 47) ends.set(source.slice(at + 2, nameEnd(source, at + 2)).toLowerCase(), at);
    at = source.indexOf("<", unit === 33 ? afterDeclaration(source, at, to, missing) : at + 1);
  }
  return ends;
}

/** Index after a comment, a CDATA section or another `<!`; one that is never closed counts as text. */
function afterDeclaration(source: string, at: number, to: number, missing: Missing): number {
  const comment = source.startsWith("<!--", at);
  if (!comment && !source.startsWith("<![CDATA[", at)) return at + 2;
  if (comment ? missing.comment : missing.section) return at + 2;
  const end = comment ? source.indexOf("-->", at + 4) : source.indexOf("]]>", at + 9);
  if (end >= 0 && end <= to) return end + 3;
  if (comment) missing.comment = true;
  else missing.section = true;
  return at + 2;
}

/** `at`, or infinity for a mark that doesn't come any more. */
function behind(at: number): number {
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** HTML's void elements, `<p>`, `<li>` and their like, and the inline ones: naked HTML leaves them open, side by side. */
const open =
  /(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option|a|b|big|center|em|font|i|s|small|span|strike|strong|sub|sup|tt|u)[\s>/]/iy;

function mayStayOpen(source: string, at: number): boolean {
  open.lastIndex = at;
  return open.test(source);
}

/** The `=` outside of quoted values. */
function countAttributes(attributes: string): number {
  let count = 0;
  for (let at = attributes.indexOf("="); at >= 0; at = attributes.indexOf("=", at)) {
    count++;
    do at++;
    while (attributes.charCodeAt(at) <= 32);
    const quote = attributes.charCodeAt(at);
    if (quote !== 34 && quote !== 39) continue;
    const pair = attributes.indexOf(quote === 34 ? '"' : "'", at + 1);
    if (pair < 0) break;
    at = pair + 1;
  }
  return count;
}
