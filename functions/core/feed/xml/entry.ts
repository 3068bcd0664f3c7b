import { decodeBase64 } from "../base64.ts";
import { escapeText } from "../entities.ts";
import type { Entry } from "../entry.ts";
import { nestBase } from "../links.ts";
import { cleanLine, plainText } from "../text.ts";
import type { Child } from "./children.ts";
import { datesOf, type DateScope } from "./entry-dates.ts";
import { linkOf } from "./entry-link.ts";
import { attributesOf, type Attributes } from "./markup.ts";
import { htmlOf, lineOf, markupOf, textOf, titleOf, type Values } from "./values.ts";

/** What an entry inherits from its feed, and where its notes go. */
export interface Scope extends Values, DateScope {
  readonly base: string | undefined;
  readonly atomic: boolean;
  /** The elements directly inside another. */
  readonly inside: (child: Child) => readonly Child[];
  readonly note: (code: string, message: string) => void;
}

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
const categories = new Set([
  "category",
  "atom:category",
  "dc:subject",
  "itunes:category",
  "media:category",
  "subject",
]);

/** The entry that an element's children describe; RSS, RDF and Atom elements may stand side by side. */
export function entryOf(children: readonly Child[], attributes: string, scope: Scope): Entry {
  const own = attributesOf(attributes, scope.decode, scope.declared);
  const base = nestBase(own.get("xml:base"), scope.base);
  const id = idOf(children, own, scope);
  const link = linkOf(children, own, base, scope);
  const language = languageOf(children, own, scope);
  const title = titleFrom(children, scope);
  const dates = datesOf(children, own, scope);
  const entry: Entry = {
    ...(id === undefined ? undefined : { id }),
    title,
    ...(link === undefined ? undefined : { link }),
    ...dates,
    ...(language === undefined ? undefined : { language }),
    authors: authorsOf(children, scope),
    categories: categoriesOf(children, scope),
  };
  const description = firstFilled(children, descriptions) ?? inMedia(children, "media:description", scope);
  if (description !== undefined) defer(entry, "description", () => bodyOf(description, scope));
  const content = firstFilled(children, contents);
  if (content !== undefined) defer(entry, "content", () => bodyOf(content, scope));
  return entry;
}

/** Puts a value on an entry that is made when it is first read. */
export function defer(entry: Entry, name: "description" | "content", make: () => string): void {
  let made: string | undefined;
  Object.defineProperty(entry, name, { enumerable: true, configurable: true, get: () => (made ??= make()) });
}

/** The BCP 47 tag in lower case, or undefined where there is none worth the name. */
export function languageTag(raw: string | undefined): string | undefined {
  const tag = raw?.trim().replaceAll("_", "-").toLowerCase();
  return tag !== undefined && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,6}$/.test(tag) ? tag : undefined;
}

function firstFilled(children: readonly Child[], names: readonly string[]): Child | undefined {
  for (const name of names) {
    for (const child of children) {
      if (child.name === name && isFilled(child.inner)) return child;
    }
  }
  return undefined;
}

function isFilled(inner: string): boolean {
  if (inner === "") return false;
  const unit = inner.charCodeAt(0);
  return unit > 32 || inner.trim() !== "";
}

function idOf(children: readonly Child[], own: Attributes, scope: Scope): string | undefined {
  const found = firstFilled(children, scope.atomic ? ["id", "guid"] : ["guid", "id", "atom:id"]);
  const id = found === undefined ? "" : textOf(found.inner, scope).trim();
  if (id !== "") return cleanLine(id);
  for (const [name, value] of own)
    if (name.endsWith(":about") || name === "about") return value.trim() || undefined;
  return undefined;
}

function titleFrom(children: readonly Child[], scope: Scope): string {
  for (const name of titles) {
    for (const child of children) {
      if (child.name !== name || !isFilled(child.inner)) continue;
      const title = titleText(child, scope);
      if (title !== "") return title;
    }
  }
  const media = inMedia(children, "media:title", scope);
  return media === undefined ? "" : titleText(media, scope);
}

/** Atom says how to read a title (RFC 4287 section 3.1); in RSS, and where Atom 0.3 escapes, it may be HTML. */
function titleText(child: Child, scope: Scope): string {
  const own = attributesOf(child.attributes, scope.decode, scope.declared);
  const type = own.get("type")?.trim().toLowerCase() ?? "";
  if (isBase64(own, type))
    return titleOf(escapeText(decodeBase64(textOf(child.inner, scope))), { ...scope, decode: (raw) => raw });
  if (type.includes("xhtml")) return plainText(markupOf(scope.decode(child.inner), scope));
  if ((type === "text" || type === "text/plain" || type === "plain") && !child.name.startsWith("media:"))
    return lineOf(child.inner, scope);
  return titleOf(child.inner, scope);
}

/** The HTML of a description or content, whatever its type attribute makes of it. */
function bodyOf(child: Child, scope: Scope): string {
  const own = attributesOf(child.attributes, scope.decode, scope.declared);
  const type = own.get("type")?.trim().toLowerCase() ?? "";
  if (isBase64(own, type)) return decodeBase64(textOf(child.inner, scope));
  if (type.includes("xhtml") || child.name.startsWith("xhtml:"))
    return markupOf(scope.decode(child.inner), scope);
  if (scope.atomic && (type === "text" || type === "text/plain"))
    return escapeText(textOf(child.inner, scope).trim());
  return htmlOf(child.inner, scope);
}

/** Atom 0.3's `mode`, and RFC 4287 section 4.1.3.3: neither text nor XML is Base64. */
function isBase64(own: Attributes, type: string): boolean {
  if (own.get("mode")?.toLowerCase() === "base64") return true;
  return (
    type.includes("/") && !type.startsWith("text/") && !/[+/]xml$/.test(type) && type !== "application/html"
  );
}

/** Media RSS puts titles and texts into groups and contents too. */
function inMedia(
  children: readonly Child[],
  name: "media:title" | "media:description",
  scope: Scope,
): Child | undefined {
  for (const child of children) {
    if (child.name !== "media:group" && child.name !== "media:content") continue;
    const found = firstFilled(scope.inside(child), [name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function languageOf(children: readonly Child[], own: Attributes, scope: Scope): string | undefined {
  const stated = firstFilled(children, ["dc:language", "language"]);
  const tag = stated === undefined ? undefined : languageTag(textOf(stated.inner, scope));
  return tag ?? (own.has("xml:lang") ? languageTag(own.get("xml:lang")) : scope.language);
}

function authorsOf(children: readonly Child[], scope: Scope): readonly string[] {
  const names = new Set<string>();
  for (const child of children) {
    if (!authors.has(child.name)) continue;
    const name = personName(child, scope);
    if (name !== "") names.add(name);
  }
  return [...names];
}

/** `address (Name)` is how RSS 2.0 writes an author; Atom has elements for both. */
function personName(child: Child, scope: Scope): string {
  const parts =
    child.inner.includes("<") && !child.inner.trimStart().startsWith("<!") ? scope.inside(child) : [];
  const structured = firstFilled(parts, ["name", "atom:name", "email", "atom:email"]);
  const text = titleOf(structured?.inner ?? child.inner, scope);
  const both = /^[^\s@()]+@[^\s@()]+ \((.+)\)$/.exec(text) ?? /^([^<>]+) <[^\s@<>]+@[^\s@<>]+>$/.exec(text);
  return cleanLine(both?.[1] ?? text);
}

function categoriesOf(children: readonly Child[], scope: Scope): readonly string[] {
  const found = new Set<string>();
  for (const child of children) {
    if (!categories.has(child.name)) continue;
    let text = isFilled(child.inner) ? titleOf(child.inner, scope) : "";
    if (text === "" && child.attributes !== "") {
      const own = attributesOf(child.attributes, scope.decode, scope.declared);
      text = plainText(own.get("label") ?? own.get("term") ?? own.get("text") ?? "");
    }
    if (text !== "") found.add(text);
  }
  return [...found];
}
