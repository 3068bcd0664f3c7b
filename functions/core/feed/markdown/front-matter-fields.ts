import type { ReadDate } from "../dates/date-value.ts";
import { readDate } from "../dates/read-date.ts";
import { readLink } from "../text/links.ts";
import { cleanLine } from "../text/plain-text.ts";
import { languageTag } from "../xml/xml-entry.ts";

/** The fields of front matter: an article's, or the feed's if the snapshot has several entries. */
export interface FrontMatterFields {
  readonly title: string | undefined;
  readonly link: string | undefined;
  /** The name of the source, such as a newspaper. */
  readonly source: string | undefined;
  readonly published: ReadDate | undefined;
  readonly updated: ReadDate | undefined;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Markdown or HTML. */
  readonly description: string | undefined;
  readonly language: string | undefined;
  /** Fields that could not be read. */
  readonly faults: readonly {
    readonly code: "date-unreadable" | "link-dropped" | "link-credentials";
    readonly message: string;
  }[];
}

// Names as Jekyll, Hugo, Hexo, Zola, Eleventy and archives of articles use them, in lower case without `-` and `_`; of
// several the first one counts that can be read.
const names = {
  title: ["title", "headline"],
  link: [
    "link",
    "canonicalurl",
    "canonical",
    "externalurl",
    "originalurl",
    "url",
    "permalink",
    "sourceurl",
    "source",
    "from",
  ],
  source: ["source", "sitename", "site", "publisher", "publication"],
  published: [
    "date",
    "published",
    "publishdate",
    "publisheddate",
    "publishedat",
    "publishedtime",
    "pubdate",
    "datepublished",
    "created",
    "createdat",
    "datetime",
  ],
  updated: ["updated", "lastmod", "lastmodified", "lastmodifiedat", "modified", "updatedat", "datemodified"],
  authors: ["author", "authors", "byline", "creator"],
  categories: ["categories", "category", "tags", "keywords"],
  description: ["description", "summary", "excerpt", "abstract"],
  language: ["lang", "language", "locale"],
} as const;

/** Tables of TOML and JSON that hold fields of an article too. */
const tables = ["taxonomies", "extra", "params"];
const maxValues = 100;

/** The fields of an article among those of front matter. */
export function readFrontMatterFields(
  given: ReadonlyMap<string, unknown>,
  timeZone: string | undefined,
): FrontMatterFields {
  const fields = normalized(given);
  const texts = (key: keyof typeof names): readonly (readonly string[])[] =>
    names[key].map((name) => textsOf(fields.get(name)));
  const first = (key: keyof typeof names): string | undefined => texts(key).flat()[0];
  const language = languageTag(first("language"));
  const faults: FrontMatterFields["faults"][number][] = [];
  const date = (key: "published" | "updated"): ReadDate | undefined => {
    // Jekyll's `published: false` is no date.
    const written = texts(key)
      .flat()
      .filter((text) => !/^(?:true|false|yes|no)$/i.test(text));
    for (const text of written) {
      const read = readDate(text, { timeZone, language });
      if (read !== undefined) return read;
    }
    const [unreadable] = written;
    if (unreadable !== undefined) {
      const shown = JSON.stringify(unreadable.slice(0, 100));
      faults.push({ code: "date-unreadable", message: `The date ${shown} can't be read.` });
    }
    return undefined;
  };
  const addresses = names.link.flatMap((name) => addressesOf(fields.get(name)));
  const links = addresses.map((address) => readLink(address));
  const { link, warning } = links.find((one) => one.link !== undefined) ?? links[0] ?? {};
  if (warning !== undefined) faults.push(warning);
  return {
    title: first("title"),
    link,
    source: texts("source")
      .flat()
      .map((text) => linkIn(text)?.label ?? text)
      .find((text) => !isAddress(text)),
    published: date("published"),
    updated: date("updated"),
    authors: distinct(texts("authors").flat().map(withoutMail)),
    categories: distinct(texts("categories").flatMap((values) => values.flatMap(separated))),
    description: first("description"),
    language,
    faults,
  };
}

/** The fields under names without case, `-` and `_`; those of tables where the article itself has none of the name. */
function normalized(given: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const add = (key: string, value: unknown): void => {
    const name = key.toLowerCase().replace(/[-_ ]/g, "");
    if (!found.has(name)) found.set(name, value);
  };
  for (const [key, value] of given) add(key, value);
  for (const table of tables) {
    const value = found.get(table);
    if (isTable(value)) for (const [key, field] of Object.entries(value)) add(key, field);
  }
  return found;
}

/** The texts of a value: of a list its members, of a table (such as an author's) its name. */
function textsOf(value: unknown): readonly string[] {
  const found: string[] = [];
  const ahead = [value];
  for (let seen = 0; ahead.length > 0 && seen < maxValues; seen++) {
    const one = ahead.pop();
    if (Array.isArray(one)) ahead.push(...one.slice(0, maxValues).toReversed());
    else if (one instanceof Date) found.push(one.toISOString());
    else if (isTable(one)) ahead.push(one["name"] ?? one["title"]);
    else if (typeof one === "string" || typeof one === "number") found.push(String(one));
  }
  return found.map((text) => text.trim()).filter((text) => text !== "" && !/^(?:null|~)$/i.test(text));
}

/** The addresses of a value, written bare, in angle brackets, as a link of Markdown or in a table. */
function addressesOf(value: unknown): readonly string[] {
  const given = isTable(value) ? (value["url"] ?? value["link"] ?? value["href"]) : value;
  return textsOf(given)
    .map((text) => linkIn(text)?.address ?? text.replace(/^<([^<>]*)>$/, "$1"))
    .filter(isAddress);
}

function linkIn(text: string): { readonly label: string; readonly address: string } | undefined {
  const [, label, address] = /^\[([^[\]]*)\]\(([^()\s]*)\)$/.exec(text) ?? [];
  return label === undefined || address === undefined ? undefined : { label, address };
}

/** `https://…`, `www.…` or a path; a word such as Jekyll's `pretty` is none. */
function isAddress(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.|\.{0,2}\/)\S*$/i.test(text);
}

/** `Ada <ada@news.example>` without the address. */
function withoutMail(name: string): string {
  return name.replace(/<[^<>\s]*@[^<>\s]*>/g, "");
}

/** Keywords in one line are separated by commas. */
function separated(text: string): readonly string[] {
  return text.split(/[,，、]/);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => cleanLine(text)).filter((text) => text !== ""))].slice(0, maxValues);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
