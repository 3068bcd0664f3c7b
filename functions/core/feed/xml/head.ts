import { readDate } from "../dates.ts";
import type { Declared } from "../entities.ts";
import type { Feed } from "../entry.ts";
import { nestBase, resolveLink } from "../links.ts";
import type { Reading } from "../reading.ts";
import { warn } from "../reading.ts";
import { childrenOf, type Child } from "./children.ts";
import { languageTag } from "./entry.ts";
import { attributesOf } from "./markup.ts";
import type { Names } from "./names.ts";
import { textOf, titleOf, type Values } from "./values.ts";

/** What stands outside the entries: the feed as a whole, and what its entries inherit. */
export interface Head {
  readonly feed: Feed;
  readonly base: string | undefined;
  readonly built: number | undefined;
}

const containers = new Set(["rss", "rdf", "rdf:rdf", "feed", "channel", "?"]);

/** Reads a feed's head from the text outside its entries; elements that stay open there hold what follows them. */
export function headOf(
  outside: string,
  names: Names,
  declared: Declared | undefined,
  reading: Reading,
): Head {
  const values: Values = { decode: reading.decoding.text, declared };
  const all: Child[] = [];
  let base: string | undefined;
  let language: string | undefined;
  const visit = (source: string, depth: number): void => {
    for (const child of childrenOf(source, 0, source.length, names, reading.limits, () => {})) {
      if (containers.has(child.name) && depth < 4) {
        const own = attributesOf(child.attributes, values.decode, declared);
        base = nestBase(own.get("xml:base") ?? own.get("base"), base);
        language ??= languageTag(own.get("xml:lang"));
        if (own.get("href") !== undefined)
          all.push({ name: "link", attributes: "", inner: own.get("href") ?? "" });
        if (child.inner.includes("<")) visit(child.inner, depth + 1);
      } else all.push(child);
    }
  };
  visit(outside, 0);
  const text = (...wanted: string[]): string | undefined => {
    for (const name of wanted) {
      const child = all.find((one) => one.name === name && one.inner.trim() !== "");
      if (child !== undefined) return textOf(child.inner, values).trim();
    }
    return undefined;
  };
  const titled = all.find(
    ({ name, inner }) => (name === "title" || name === "dc:title") && inner.trim() !== "",
  );
  const title = titled === undefined ? "" : titleOf(titled.inner, values);
  const link = linkOf(all, base, values, reading);
  language = languageTag(text("language", "dc:language")) ?? language;
  const built = text("lastbuilddate", "updated", "modified", "atom:updated", "dcterms:modified");
  const date =
    built === undefined ? undefined : readDate(built, { timeZone: reading.hints.timeZone, language });
  return {
    feed: {
      ...(title === "" ? undefined : { title }),
      ...(link === undefined ? undefined : { link }),
      ...(language === undefined ? undefined : { language }),
    },
    base: base ?? link ?? selfOf(all, values),
    built: date === undefined ? undefined : Date.parse(date.iso),
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
    const raw = own.get("href") ?? textOf(child.inner, values);
    if (rel !== "alternate" || raw.trim() === "") continue;
    const link = resolveLink(raw, base);
    if (link !== undefined) return link;
    warn(reading, {
      code: "link-dropped",
      message: `The feed's link ${JSON.stringify(raw.slice(0, 100))} is no http or https address.`,
    });
  }
  return undefined;
}

/** The document's own address: RFC 3986 section 5.1.3 as far as a stored document can know it. */
function selfOf(all: readonly Child[], values: Values): string | undefined {
  for (const child of all) {
    if (child.name !== "link" && child.name !== "atom:link") continue;
    const own = attributesOf(child.attributes, values.decode, values.declared);
    if (own.get("rel")?.trim().toLowerCase() === "self") return resolveLink(own.get("href") ?? "");
  }
  return undefined;
}
