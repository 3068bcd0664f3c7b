import type { Source } from "../text/byte-slices.ts";
import type { Declared } from "../text/entities.ts";
import type { Feed } from "../entry.ts";
import { nestBase, readLink, resolveLink } from "../text/links.ts";
import type { Reading } from "../reading.ts";
import { warn } from "../reading.ts";
import { childrenOf, isFilled, type Child, type ChildLimits } from "./children.ts";
import { addressOf } from "./entry-link.ts";
import { authorsOf, languageTag } from "./xml-entry.ts";
import { attributesOf } from "./markup.ts";
import type { Names } from "./namespaces.ts";
import { textOf, titleOf, type Values } from "./field-values.ts";

/** Data outside the entries: the feed's metadata, and what its entries inherit. */
export interface Head {
  readonly feed: Feed;
  readonly base: string | undefined;
  readonly authors: readonly string[];
}

const containers = new Set(["rss", "rdf", "rdf:rdf", "feed", "channel"]);

/** Reads a feed's head from the text outside its entries; unclosed elements there contain what follows. */
export function headOf(
  outside: string,
  names: Names,
  declared: Declared | undefined,
  reading: Reading,
): Head {
  const source: Source = { text: outside, bytes: undefined };
  const { text: decode } = reading.decoding;
  const values: Values = { decode, read: ({ from, to }) => decode(outside.slice(from, to)), declared };
  const all: Child[] = [];
  let base: string | undefined;
  let language: string | undefined;
  let href: string | undefined;
  const limits: ChildLimits = { ...reading.limits, declared };
  const visit = (from: number, to: number, depth: number): void => {
    for (const child of childrenOf(source, { from, to }, { names, limits, onExcess: () => {} })) {
      if (containers.has(child.name) && depth < 4) {
        const own = attributesOf(child.attributes, values.decode, declared);
        base = nestBase(own.get("xml:base") ?? own.get("base"), base);
        language ??= languageTag(own.get("xml:lang"));
        href ??= own.get("href");
        visit(child.from, child.to, depth + 1);
      } else all.push(child);
    }
  };
  visit(0, outside.length, 0);
  const text = (...wanted: string[]): string | undefined => {
    for (const name of wanted) {
      const child = all.find((one) => one.name === name && isFilled(one));
      if (child !== undefined) return textOf(child, values).trim();
    }
    return undefined;
  };
  const titled = all.find((one) => (one.name === "title" || one.name === "dc:title") && isFilled(one));
  const title = titled === undefined ? "" : titleOf(titled, values);
  const self = base ?? selfOf(all, values);
  const link = linkOf(all, self, values, reading) ?? resolveLink(href ?? "", self);
  language = languageTag(text("language", "dc:language")) ?? language;
  return {
    feed: {
      ...(title === "" ? undefined : { title }),
      ...(link === undefined ? undefined : { link }),
      ...(language === undefined ? undefined : { language }),
    },
    base: base ?? link ?? self,
    authors: authorsOf(all, {
      ...values,
      inside: ({ from, to }) =>
        childrenOf(source, { from, to }, { names, limits: reading.limits, onExcess: () => {} }),
    }),
  };
}

function linkOf(
  all: readonly Child[],
  base: string | undefined,
  values: Values,
  reading: Reading,
): string | undefined {
  for (const child of all) {
    if (child.name !== "link" && child.name !== "atom:link") continue;
    const own = attributesOf(child.attributes, values.decode, values.declared);
    const rel = own.get("rel")?.trim().toLowerCase() ?? "alternate";
    const raw = own.get("href") ?? addressOf(child, values);
    if (rel !== "alternate" || raw.trim() === "") continue;
    const { link, warning } = readLink(raw, base);
    if (warning !== undefined) {
      warn(reading, { code: warning.code, message: `${warning.message} It is the feed's own.` });
    }
    if (link !== undefined) return link;
  }
  return undefined;
}

/** The document's address (RFC 3986 section 5.1.3), as far as the document itself states it. */
function selfOf(all: readonly Child[], values: Values): string | undefined {
  for (const child of all) {
    if (child.name !== "link" && child.name !== "atom:link") continue;
    const own = attributesOf(child.attributes, values.decode, values.declared);
    if (own.get("rel")?.trim().toLowerCase() === "self") return resolveLink(own.get("href") ?? "");
  }
  return undefined;
}
