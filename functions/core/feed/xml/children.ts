import type { Source } from "../text/byte-slices.ts";
import { countReferences, expandsBeyond, type Declared } from "../text/entities.ts";
import { nameEnd, startsName, tagEnd } from "./markup.ts";
import { foreign, type Names } from "./namespaces.ts";

/** A child element of an entry or a feed, with the position of its content. */
export interface Child {
  /** As `Names` resolves it. */
  readonly name: string;
  /** The tag's text between its name and `>`. */
  readonly attributes: string;
  readonly source: Source;
  /** Its content: between start and end tag; the text up to the next tag if it is never closed. */
  readonly from: number;
  readonly to: number;
  /** It is never closed. */
  readonly open?: true;
}

export interface ChildLimits {
  readonly depth: number;
  readonly attributes: number;
  readonly entities: number;
  /** Entities declared by the document; their expansion is limited too. */
  readonly declared?: Declared | undefined;
}

/** Closing delimiters that are known not to follow: a search that failed is not repeated. */
interface Missing {
  comment: boolean;
  section: boolean;
  /** The last `>` that was found: there is none before it. */
  tagEnd: number;
}

export type Excess = "depth" | "attributes" | "entities" | "expansion";

/** Maximum length in code units of a field after expansion of the document's entities. */
export const maxExpanded = 1024 * 1024;

export interface ChildOptions {
  readonly names: Names;
  readonly limits: ChildLimits;
  /** Called for each limit that is exceeded. */
  readonly onExcess: (excess: Excess) => void;
}

/**
 * Finds the elements of known vocabularies between `from` and `to` by searching: a leaf costs three searches,
 * independent of its length. An element ends at the first end tag of its name, so unescaped HTML in it does not affect
 * the next elements, and an unclosed element does not contain them. Linear in the length of the source.
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
    // Entries of a feed usually have the same elements in the same order: guessing a name is faster than reading it.
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
    if (!hit && count < maxGuesses && !attributes.includes("xmlns")) names.guesses[count] = { raw, name };
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
      expandsBeyond(source.slice(end + 1, stop), limits.declared, maxExpanded)
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

/** The limit that a tag exceeds, if any; `attributes` is its text after the name. */
export function excessOfTag(attributes: string, limits: ChildLimits): Excess | undefined {
  const { length } = attributes;
  if (length > limits.attributes * 3 && countAttributes(attributes) > limits.attributes) return "attributes";
  if (length > limits.entities * shortestReference && countReferences(attributes) > limits.entities)
    return "entities";
  return limits.declared !== undefined && expandsBeyond(attributes, limits.declared, maxExpanded)
    ? "expansion"
    : undefined;
}

/** Whether an element has content other than white space. */
export function isFilled({ source, from, to }: Child): boolean {
  for (let at = from; at < to; at++) if (source.text.charCodeAt(at) > 32) return true;
  return false;
}

/** `&a;` */
const shortestReference = 3;
const maxGuesses = 32;

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

/** Index of the end tag of `lowered`, or -1; skips CDATA sections and comments. */
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

/** Index of the last end tag of each name. */
function lastEnds(source: string, from: number, to: number, missing: Missing): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (let at = source.indexOf("<", from); at >= 0 && at < to;) {
    const unit = source.charCodeAt(at + 1);
    if (unit === 47) ends.set(source.slice(at + 2, nameEnd(source, at + 2)).toLowerCase(), at);
    at = source.indexOf("<", unit === 33 ? afterDeclaration(source, at, to, missing) : at + 1);
  }
  return ends;
}

/** Index after a comment, a CDATA section or another `<!`; an unclosed one counts as text. */
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

/** `at`, or infinity for a delimiter that does not follow. */
function behind(at: number): number {
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** HTML's void elements, `<p>`, `<li>` and similar ones, and inline elements: unescaped HTML may leave them open. */
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
