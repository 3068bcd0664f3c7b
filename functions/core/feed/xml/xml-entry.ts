import { decodeBase64 } from "../decode/base64.ts";
import { escapeText } from "../text/entities.ts";
import { withBodies } from "../text/lazy-bodies.ts";
import type { Entry } from "../entry.ts";
import { nestBase } from "../text/links.ts";
import { cleanLine, plainText, titleText } from "../text/plain-text.ts";
import { partOf } from "../text/byte-slices.ts";
import { isFilled, type Child } from "./children.ts";
import { audioOf } from "./entry-audio.ts";
import { datesOf } from "./entry-dates.ts";
import { linkOf } from "./entry-link.ts";
import type { BodySource, EntryScope } from "./entry-scope.ts";
import { attributesOf, type TagAttributes } from "./markup.ts";
import {
  contentOf,
  htmlOf,
  lineOf,
  markupOf,
  textOf,
  titleOf,
  untypedTitleOf,
  type Values,
} from "./field-values.ts";

const titles = ["title", "atom:title", "dc:title", "media:title", "itunes:title"];
const descriptions = [
  "description",
  "summary",
  "atom:summary",
  "itunes:summary",
  "dc:description",
  "media:description",
  "abstract",
];
const contents = [
  "content:encoded",
  "content",
  "atom:content",
  "xhtml:body",
  "xhtml:div",
  "body",
  "fullitem",
];
const authors = new Set(["author", "atom:author", "dc:creator", "dc:author", "itunes:author", "creator"]);
/** Maximum numbers of authors and categories; more carry no information. */
const maxAuthors = 200;
const maxCategories = 200;
const categories = new Set([
  "category",
  "atom:category",
  "dc:subject",
  "itunes:category",
  "media:category",
  "subject",
]);

/** Reads an entry from an element's children; RSS, RDF and Atom elements may be mixed. */
export function entryOf(children: readonly Child[], attributes: string, scope: EntryScope): Entry {
  const own = attributesOf(attributes, scope.decode, scope.declared);
  const base = nestBase(own.get("xml:base"), scope.base);
  const id = idOf(children, own, scope);
  const link = linkOf(children, own, base, scope);
  const language = languageOf(children, own, scope);
  const title = titleFrom(children, scope);
  const dates = datesOf(children, own, scope);
  const audio = audioOf(children, base, scope);
  const entry: Entry = {
    ...(id === undefined ? undefined : { id }),
    title,
    ...link,
    ...dates,
    ...(language === undefined ? undefined : { language }),
    authors: inheritedAuthors(children, scope),
    categories: categoriesOf(children, scope),
    ...(audio === undefined ? undefined : { audio }),
  };
  const description = firstFilled(children, descriptions) ?? inMedia(children, "media:description", scope);
  const content = firstFilled(children, contents);
  return withBodies(entry, bodyOf(description, scope), bodyOf(content, scope), scope.htmlOf);
}

/** The BCP 47 tag in lower case, or `undefined` if it is not valid. */
export function languageTag(raw: string | undefined): string | undefined {
  const tag = raw?.trim().replaceAll("_", "-").toLowerCase();
  return tag !== undefined && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,6}$/.test(tag) ? tag : undefined;
}

function firstFilled(children: readonly Child[], names: readonly string[]): Child | undefined {
  for (const name of names) {
    for (const child of children) {
      if (child.name === name && isFilled(child)) return child;
    }
  }
  return undefined;
}

function idOf(children: readonly Child[], own: TagAttributes, scope: EntryScope): string | undefined {
  const found = firstFilled(children, scope.atomic ? ["id", "guid"] : ["guid", "id", "atom:id"]);
  const id = found === undefined ? "" : textOf(found, scope).trim();
  if (id !== "") return cleanLine(id);
  for (const [name, value] of own)
    if (name.endsWith(":about") || name === "about") return value.trim() || undefined;
  return undefined;
}

function titleFrom(children: readonly Child[], scope: EntryScope): string {
  for (const name of titles) {
    for (const child of children) {
      if (child.name !== name || !isFilled(child)) continue;
      const title = titleIn(child, scope);
      if (title !== "") return title;
    }
  }
  const media = inMedia(children, "media:title", scope);
  return media === undefined ? "" : titleIn(media, scope);
}

/** Atom declares the type of a title (RFC 4287 section 3.1); in RSS, and escaped in Atom 0.3, it may be HTML. */
function titleIn(child: Child, scope: EntryScope): string {
  const isAtom = scope.atomic && (child.name === "title" || child.name === "atom:title");
  if (child.attributes === "") return isAtom ? untypedTitleOf(child, scope) : titleOf(child, scope);
  const own = attributesOf(child.attributes, scope.decode, scope.declared);
  const type = typeOf(own);
  if (isBase64(own, type)) {
    const text = decodeBase64(textOf(child, scope));
    // Base64 without a type is plain text, angle brackets included.
    return type.includes("html") ? plainText(text) : cleanLine(text);
  }
  if (type === "" && isAtom) return untypedTitleOf(child, scope);
  if (type.includes("xhtml")) return plainText(markupOf(scope.read(child), scope));
  const isPlain = type === "text" || type === "text/plain" || type === "plain";
  return isPlain && !child.name.startsWith("media:") ? lineOf(child, scope) : titleOf(child, scope);
}

function typeOf(own: TagAttributes): string {
  return own.get("type")?.trim().toLowerCase() ?? "";
}

function bodyOf(child: Child | undefined, scope: EntryScope): BodySource | undefined {
  if (child === undefined) return undefined;
  const { source, from, to } = partOf(child.source, child.from, child.to);
  return { source, from, to, kind: kindOf(child, scope) };
}

function kindOf(child: Child, scope: EntryScope): BodySource["kind"] {
  if (child.name.startsWith("xhtml:")) return "markup";
  if (child.attributes === "") return "html";
  const own = attributesOf(child.attributes, scope.decode, scope.declared);
  const type = typeOf(own);
  if (isBase64(own, type)) return "base64";
  if (type.includes("xhtml")) return "markup";
  return scope.atomic && (type === "text" || type === "text/plain") ? "text" : "html";
}

/** Converts the text of a description or content to HTML. */
export function htmlOfBody(text: string, kind: BodySource["kind"], values: Values): string {
  if (kind === "html") return htmlOf(text, values);
  if (kind === "markup") return markupOf(text, values);
  const content = contentOf(text, values);
  return kind === "base64" ? decodeBase64(content) : escapeText(content.trim());
}

/** `mode` in Atom 0.3; RFC 4287 section 4.1.3.3: a type that is neither text nor XML is Base64. */
function isBase64(own: TagAttributes, type: string): boolean {
  if (own.get("mode")?.toLowerCase() === "base64") return true;
  return (
    type.includes("/") && !type.startsWith("text/") && !/[+/]xml$/.test(type) && type !== "application/html"
  );
}

/** In Media RSS, groups and contents may also have titles and texts. */
function inMedia(
  children: readonly Child[],
  name: "media:title" | "media:description",
  scope: EntryScope,
): Child | undefined {
  for (const child of children) {
    if (child.name !== "media:group" && child.name !== "media:content") continue;
    const found = firstFilled(scope.inside(child), [name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function languageOf(children: readonly Child[], own: TagAttributes, scope: EntryScope): string | undefined {
  const stated = firstFilled(children, ["dc:language", "language"]);
  const tag = stated === undefined ? undefined : languageTag(textOf(stated, scope));
  return tag ?? (own.has("xml:lang") ? languageTag(own.get("xml:lang")) : scope.language);
}

/** RFC 4287 section 4.2.1: the authors of the entry, or of the feed from which it was copied, or of its feed. */
function inheritedAuthors(children: readonly Child[], scope: EntryScope): readonly string[] {
  const own = authorsOf(children, scope);
  if (own.length > 0 || !scope.atomic) return own;
  const source = children.find(({ name }) => name === "source" || name === "atom:source");
  const copied = source === undefined ? [] : authorsOf(scope.inside(source), scope);
  return copied.length > 0 ? copied : scope.authors;
}

/** The distinct names of the authors in these elements. */
export function authorsOf(
  children: readonly Child[],
  scope: Pick<EntryScope, "inside"> & Values,
): readonly string[] {
  const names: string[] = [];
  for (const child of children) {
    if (names.length >= maxAuthors) break;
    if (!authors.has(child.name)) continue;
    const name = personName(child, scope);
    if (name !== "" && !names.includes(name)) names.push(name);
  }
  return names;
}

/** RSS 2.0 writes an author as `address (Name)`; Atom has elements for both. */
function personName(child: Child, scope: Pick<EntryScope, "inside"> & Values): string {
  const structured = firstFilled(scope.inside(child), ["name", "atom:name", "email", "atom:email"]);
  const text = titleOf(structured ?? child, scope);
  if (!text.includes("@")) return text;
  const both = /^[^\s@()]+@[^\s@()]+ \((.+)\)$/.exec(text) ?? /^([^<>]+) <[^\s@<>]+@[^\s@<>]+>$/.exec(text);
  return cleanLine(both?.[1] ?? text);
}

function categoriesOf(children: readonly Child[], scope: EntryScope): readonly string[] {
  const found: string[] = [];
  for (const child of children) {
    if (found.length >= maxCategories) break;
    if (!categories.has(child.name)) continue;
    let text = isFilled(child) ? titleOf(child, scope) : "";
    if (text === "" && child.attributes !== "") {
      const own = attributesOf(child.attributes, scope.decode, scope.declared);
      text = titleText(own.get("label") ?? own.get("term") ?? own.get("text") ?? "");
    }
    if (text !== "" && !found.includes(text)) found.push(text);
  }
  return found;
}
