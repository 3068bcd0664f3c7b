import type { LinkSource } from "../entry.ts";
import { decodeEntities } from "../text/entities.ts";
import { hrefIn, nestBase, readLink, type LinkReading } from "../text/links.ts";
import type { Child } from "./children.ts";
import type { EntryScope } from "./entry-scope.ts";
import { attributesOf, type TagAttributes } from "./markup.ts";
import { contentOf, textOf, type Values } from "./field-values.ts";

interface LinkCandidate {
  readonly raw: string;
  readonly base: string | undefined;
}

export interface EntryLink {
  readonly link: string;
  readonly linkSource?: LinkSource;
}

/**
 * The address of the entry's page: FeedBurner's original link, then the feed's own link (RFC 4287 section 4.2.7:
 * `alternate`, its IANA form, or no rel), then a guid that is a permalink, then `rdf:about`. A permalink goes before a
 * link to FeedBurner's redirector. Without any of them the address of an enclosure or of Media RSS content, marked as
 * such. Anything but `http:` and `https:` is dropped with a warning.
 */
export function linkOf(
  children: readonly Child[],
  own: TagAttributes,
  base: string | undefined,
  scope: EntryScope,
): EntryLink | undefined {
  const only = onlyLink(children);
  const first = only === undefined ? undefined : readLink(addressOf(only, scope), base);
  if (first?.link !== undefined && first.warning === undefined && !isRedirector(first.link))
    return { link: first.link };
  const page = firstLink(pageCandidates(children, own, base, scope), scope);
  if (page !== undefined) return { link: page };
  const enclosure = fileLink(enclosures(children, base, scope));
  if (enclosure !== undefined) return { link: enclosure, linkSource: "enclosure" };
  const media = fileLink(mediaFiles(children, base, scope));
  return media === undefined ? undefined : { link: media, linkSource: "media" };
}

/** The address in an element: its text, or the `href` of an `<a>` in it. */
export function addressOf(child: Child, values: Values): string {
  const raw = values.read(child);
  if (!raw.includes("<")) return decodeEntities(raw, values.declared);
  const text = contentOf(raw, values);
  const href = text.includes("<") ? undefined : hrefIn(raw);
  return href === undefined ? text : decodeEntities(href, values.declared);
}

/** The first candidate that is an address; a permalink instead of a redirector if there is one. */
function firstLink(candidates: Iterable<LinkCandidate>, scope: EntryScope): string | undefined {
  let dropped: LinkReading["warning"];
  let redirector: LinkReading | undefined;
  const chosen = (): LinkReading | undefined => {
    for (const { raw, base } of candidates) {
      const found = readLink(raw, base);
      if (found.link === undefined) dropped ??= found.warning;
      else if (isRedirector(found.link)) redirector ??= found;
      else return found;
    }
    return redirector;
  };
  const link = chosen();
  for (const warning of [dropped, link?.warning])
    if (warning !== undefined) scope.note(warning.code, warning.message);
  return link?.link;
}

/** FeedBurner's links do not name the page that they lead to. */
function isRedirector(link: string): boolean {
  return link.includes("/~") && /^https?:\/\/[^/]+\/~(?:r|3)\//.test(link);
}

/** The plain `<link>` that most entries have and that no other candidate precedes. */
function onlyLink(children: readonly Child[]): Child | undefined {
  let link: Child | undefined;
  for (const child of children) {
    if (child.name === "feedburner:origlink") return undefined;
    if (child.name === "link") link ??= child;
  }
  return link?.attributes === "" ? link : undefined;
}

function* pageCandidates(
  children: readonly Child[],
  own: TagAttributes,
  base: string | undefined,
  scope: EntryScope,
): Generator<LinkCandidate> {
  const idBase = base ?? addressInId(children, scope);
  for (const child of children) {
    if (child.name === "feedburner:origlink") yield* textual(child, idBase, scope);
  }
  const typed: (LinkCandidate & { readonly rank: number })[] = [];
  for (const child of children) {
    if (child.name !== "link" && child.name !== "atom:link") continue;
    if (child.attributes === "") {
      yield* textual(child, idBase, scope);
      continue;
    }
    const attributes = attributesOf(child.attributes, scope.decode, scope.declared);
    const inner = nestBase(attributes.get("xml:base"), idBase);
    const raw = attributes.get("href") ?? attributes.get("rdf:resource");
    const address = raw ?? addressOf(child, scope).trim();
    const rank = rankOf(attributes);
    if (address.trim() !== "") typed.push({ raw: address, base: inner, rank });
    // An empty reference is the document itself (RFC 3986 section 4.4), which the id of a single entry names.
    else if (raw !== undefined && base === undefined && idBase !== undefined)
      typed.push({ raw: idBase, base: undefined, rank });
  }
  yield* typed.filter(({ rank }) => rank < 3).sort((one, other) => one.rank - other.rank);
  const guid = children.find(({ name }) => name === "guid");
  if (guid !== undefined) yield* permalink(guid, idBase, scope);
  const href = own.get("href") ?? own.get("rdf:about");
  if (href !== undefined && href.trim() !== "") yield { raw: href, base };
}

function* textual(child: Child, base: string | undefined, scope: EntryScope): Generator<LinkCandidate> {
  const raw = addressOf(child, scope).trim();
  if (raw !== "") yield { raw, base };
}

/** The entry's id if it is an address: the fallback base of relative links. */
function addressInId(children: readonly Child[], scope: EntryScope): string | undefined {
  for (const child of children) {
    if (child.name !== "id" && child.name !== "atom:id" && child.name !== "guid") continue;
    const id = textOf(child, scope).trim();
    if (/^https?:\/\//i.test(id)) return readLink(id).link;
  }
  return undefined;
}

/** `alternate` before no rel; a page before a rendering for machines. */
function rankOf(attributes: TagAttributes): number {
  const rel = attributes.get("rel")?.trim().toLowerCase() ?? "alternate";
  const alternate =
    rel === "" ||
    rel.split(/\s+/).includes("alternate") ||
    /^https?:\/\/www\.iana\.org\/assignments\/relation\/alternate$/.test(rel);
  if (!alternate) return 3;
  const type = attributes.get("type")?.trim().toLowerCase() ?? "text/html";
  return /html/.test(type) ? 0 : /^(?:application\/(?:json|atom|rss)|image|audio|video)/.test(type) ? 2 : 1;
}

/** RSS 2.0: a guid is a permalink unless it says otherwise; one without a scheme only if it says so. */
function* permalink(guid: Child, base: string | undefined, scope: EntryScope): Generator<LinkCandidate> {
  const says = attributesOf(guid.attributes, scope.decode, scope.declared)
    .get("ispermalink")
    ?.trim()
    .toLowerCase();
  if (says === "false") return;
  const raw = textOf(guid, scope).trim();
  if (/^https?:\/\//i.test(raw)) yield { raw, base: undefined };
  else if (says === "true" && raw !== "" && !/^[a-z][a-z0-9+.-]*:/i.test(raw) && !/\s/.test(raw))
    yield { raw, base };
}

interface FileCandidate extends LinkCandidate {
  readonly isImage: boolean;
}

/** The first address; a picture only if there is nothing else. */
function fileLink(files: readonly FileCandidate[]): string | undefined {
  for (const wanted of [false, true])
    for (const { raw, base, isImage } of files) {
      const link = isImage === wanted ? readLink(raw, base).link : undefined;
      if (link !== undefined) return link;
    }
  return undefined;
}

/** RSS `<enclosure url>` and Atom `<link rel="enclosure" href>`. */
function enclosures(
  children: readonly Child[],
  base: string | undefined,
  scope: EntryScope,
): FileCandidate[] {
  return children.flatMap((child) => {
    const isLink = child.name === "link" || child.name === "atom:link";
    if (child.name !== "enclosure" && !isLink) return [];
    const own = attributesOf(child.attributes, scope.decode, scope.declared);
    if (isLink && own.get("rel")?.trim().toLowerCase() !== "enclosure") return [];
    return fileOf(own, isLink ? "href" : "url", base);
  });
}

/** `media:content` and `media:player`, in a `media:group` too (Media RSS 1.5). */
function mediaFiles(
  children: readonly Child[],
  base: string | undefined,
  scope: EntryScope,
): FileCandidate[] {
  const all = children.flatMap((child) => (child.name === "media:group" ? scope.inside(child) : [child]));
  const files = all.filter(({ name }) => name === "media:content" || name === "media:player");
  const players = files.flatMap((child) =>
    child.name === "media:content" ? scope.inside(child).filter(({ name }) => name === "media:player") : [],
  );
  return [...files, ...players].flatMap((child) =>
    fileOf(attributesOf(child.attributes, scope.decode, scope.declared), "url", base),
  );
}

function fileOf(own: TagAttributes, name: string, base: string | undefined): FileCandidate[] {
  const raw = own.get(name)?.trim() ?? "";
  const type = `${own.get("type") ?? ""} ${own.get("medium") ?? ""}`;
  return raw === "" ? [] : [{ raw, base, isImage: /\bimage\b/i.test(type) }];
}
