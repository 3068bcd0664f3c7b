import { nestBase, resolveLink, whyDropped } from "../text/links.ts";
import type { Child } from "./children.ts";
import type { Scope } from "./xml-entry.ts";
import { attributesOf, type Attributes } from "./markup.ts";
import { textOf } from "./field-values.ts";

interface Candidate {
  readonly raw: string;
  readonly base: string | undefined;
}

/**
 * The address of the entry's page: FeedBurner's original link, then the feed's own link (RFC 4287 section 4.2.7:
 * `alternate`, its IANA form, or no rel), then a guid that is a permalink, then `rdf:about`. Anything but `http:` and
 * `https:` is dropped and noted.
 */
export function linkOf(
  children: readonly Child[],
  own: Attributes,
  base: string | undefined,
  scope: Scope,
): string | undefined {
  const only = onlyLink(children);
  const quick = only === undefined ? undefined : resolveLink(textOf(only, scope), base);
  if (quick !== undefined) return quick;
  let dropped: string | undefined;
  for (const candidate of candidates(children, own, base, scope)) {
    const link = resolveLink(candidate.raw, candidate.base);
    if (link === undefined) {
      dropped ??= candidate.raw;
      continue;
    }
    if (dropped !== undefined) scope.note("link-dropped", whyDropped(dropped));
    return link;
  }
  if (dropped !== undefined) scope.note("link-dropped", whyDropped(dropped));
  return undefined;
}

/** The plain `<link>` that most entries have and nothing goes before. */
function onlyLink(children: readonly Child[]): Child | undefined {
  let link: Child | undefined;
  for (const child of children) {
    if (child.name === "feedburner:origlink") return undefined;
    if (child.name === "link") link ??= child;
  }
  return link?.attributes === "" ? link : undefined;
}

function* candidates(
  children: readonly Child[],
  own: Attributes,
  base: string | undefined,
  scope: Scope,
): Generator<Candidate> {
  for (const child of children) {
    if (child.name === "feedburner:origlink") yield* textual(child, base, scope);
  }
  const typed: (Candidate & { readonly rank: number })[] = [];
  for (const child of children) {
    if (child.name !== "link" && child.name !== "atom:link") continue;
    if (child.attributes === "") {
      yield* textual(child, base, scope);
      continue;
    }
    const attributes = attributesOf(child.attributes, scope.decode, scope.declared);
    const inner = nestBase(attributes.get("xml:base"), base);
    const raw = attributes.get("href") ?? attributes.get("rdf:resource");
    const address = raw ?? textOf(child, scope).trim();
    if (address.trim() !== "") typed.push({ raw: address, base: inner, rank: rankOf(attributes) });
  }
  yield* typed.filter(({ rank }) => rank < 3).sort((one, other) => one.rank - other.rank);
  const guid = children.find(({ name }) => name === "guid");
  if (guid !== undefined) yield* permalink(guid, base, scope);
  const href = own.get("href") ?? own.get("rdf:about");
  if (href !== undefined && href.trim() !== "") yield { raw: href, base };
}

function* textual(child: Child, base: string | undefined, scope: Scope): Generator<Candidate> {
  const raw = textOf(child, scope).trim();
  if (raw !== "") yield { raw, base };
}

/** `alternate` before no rel; a page before a rendering for machines. */
function rankOf(attributes: Attributes): number {
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
function* permalink(guid: Child, base: string | undefined, scope: Scope): Generator<Candidate> {
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
