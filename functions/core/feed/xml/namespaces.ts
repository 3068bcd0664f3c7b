import { attributesOf } from "./markup.ts";

/** Short names of the known vocabularies; `""` is that of the feed. */
const vocabularies: readonly (readonly [short: string, uri: RegExp])[] = [
  ["", /^https?:\/\/purl\.org\/(?:rss\/1\.0\/?|net\/rss1\.1#)$/],
  ["", /^https?:\/\/(?:my|channel)\.netscape\.com\//],
  [
    "",
    /^https?:\/\/(?:backend\.userland\.com\/rss|blogs\.law\.harvard\.edu\/tech\/rss|cyber\.(?:law\.)?harvard\.edu\/rss|www\.rssboard\.org\/)/,
  ],
  ["", /^https?:\/\/purl\.org\/rss\/2\.0\/?/],
  ["atom", /^https?:\/\/(?:www\.w3\.org\/2005\/atom\/?|purl\.org\/atom\/ns#.*)$/],
  ["dc", /^https?:\/\/purl\.org\/dc\/elements\/1\.[01]\/?$/],
  ["dcterms", /^https?:\/\/purl\.org\/dc\/terms\/?$/],
  ["content", /^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/],
  ["media", /^https?:\/\/(?:search\.yahoo\.com\/mrss|www\.rssboard\.org\/media-rss)\/?$/],
  ["itunes", /^https?:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd\/?$/],
  ["feedburner", /^https?:\/\/rssnamespace\.org\/feedburner\/ext\/1\.0\/?$/],
  ["xhtml", /^https?:\/\/www\.w3\.org\/1999\/xhtml\/?$/],
  ["rdf", /^https?:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/],
];
const conventional = new Set([
  "atom",
  "dc",
  "dcterms",
  "content",
  "media",
  "itunes",
  "feedburner",
  "xhtml",
  "rdf",
]);
/** The name of ignored elements. */
export const foreign = "?";

/** All elements that are read; interned names make comparisons cheap. */
const readNames = new Map(
  (
    "title atom:title dc:title media:title itunes:title description summary atom:summary itunes:summary dc:description media:description " +
    "abstract content:encoded content atom:content xhtml:body xhtml:div body fullitem author atom:author dc:creator dc:author itunes:author " +
    "creator category atom:category dc:subject itunes:category media:category subject guid id atom:id link atom:link feedburner:origlink " +
    "dc:language language media:group media:content media:player enclosure itunes:duration name atom:name email atom:email published pubdate issued created dc:date dcterms:issued " +
    "dcterms:created dcterms:date atom:published date dc:created dc:issued itunes:pubdate media:pubdate updated modified atom:updated " +
    "dcterms:modified dc:modified lastbuilddate source atom:source rss rdf rdf:rdf feed channel item entry atom:entry"
  )
    .split(" ")
    .map((name) => [name, name]),
);

/** Resolves an element's raw name to `title`, `dc:date`, `media:title`, or to `?` if it is ignored. */
export interface Names {
  readonly resolve: (raw: string, attributes: string) => string;
  /** The names of the previous entry's elements, in order. */
  readonly guesses: { readonly raw: string; readonly name: string }[];
  /** These names with the `xmlns` declarations of an inner element. */
  readonly within: (attributes: string) => Names;
}

/** The names of a document whose root element is `root`. */
export function namesOf(root: string, attributes: string): Names {
  const prefix = prefixOf(root).toLowerCase();
  const local = localOf(root);
  const names = scope(new Map(), prefix, local === "feed" || local === "entry");
  return attributes.includes("xmlns") ? names.within(attributes) : names;
}

/** The part after the prefix, in lower case. */
export function localOf(raw: string): string {
  return raw.slice(raw.indexOf(":") + 1).toLowerCase();
}

function prefixOf(raw: string): string {
  const colon = raw.indexOf(":");
  return colon < 0 ? "" : raw.slice(0, colon);
}

function scope(bindings: ReadonlyMap<string, string>, rootPrefix: string, atomic: boolean): Names {
  const known = new Map<string, string>();
  const scopes = new Map<string, Names>();
  const vocabularyOf = (prefix: string): string => {
    if (prefix === rootPrefix) return "";
    const bound = bindings.get(prefix);
    if (bound !== undefined) return bound;
    return prefix === "" ? "" : conventional.has(prefix) ? prefix : foreign;
  };
  const resolve = (raw: string): string => {
    const prefix = prefixOf(raw).toLowerCase();
    const vocabulary = vocabularyOf(prefix);
    if (vocabulary === foreign) return foreign;
    const own = vocabulary === "" || (vocabulary === "atom" && atomic);
    return readNames.get(own ? localOf(raw) : `${vocabulary}:${localOf(raw)}`) ?? foreign;
  };
  const names: Names = {
    guesses: [],
    resolve: (raw, attributes) => {
      if (attributes !== "" && attributes.includes("xmlns")) {
        const inner = names.within(attributes);
        if (inner !== names) return inner.resolve(raw, "");
      }
      let name = known.get(raw);
      if (name === undefined) {
        name = resolve(raw);
        if (known.size < 1000) known.set(raw, name);
      }
      return name;
    },
    within: (attributes) => {
      if (attributes === "" || !attributes.includes("xmlns")) return names;
      let inner = scopes.get(attributes);
      if (inner === undefined) {
        inner = scope(declaredIn(attributes, bindings), rootPrefix, atomic);
        if (scopes.size < 100) scopes.set(attributes, inner);
      }
      return inner;
    },
  };
  return names;
}

function declaredIn(attributes: string, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const bindings = new Map(outer);
  for (const [name, uri] of attributesOf(attributes, (raw) => raw)) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    const prefix = name.slice(6);
    const vocabulary = vocabularies.find(([, pattern]) => pattern.test(uri.trim().toLowerCase()))?.[0];
    // Some generators declare an unknown default namespace on plain RSS: ignore it.
    if (vocabulary !== undefined) bindings.set(prefix, vocabulary);
    else if (prefix !== "") bindings.set(prefix, foreign);
  }
  return bindings;
}
