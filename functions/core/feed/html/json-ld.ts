import type { CheerioAPI } from "cheerio/slim";
import { escapeText } from "../text/entities.ts";
import { isArray, isObject, type JsonObject } from "../json/json-scan.ts";
import { filled, type Article } from "./article.ts";

const articleTypes =
  /(?:^|\/)(?:(?:News|Tech|Scholarly|Satirical|AnalysisNews|AskPublicNews|BackgroundNews|OpinionNews|ReportageNews|ReviewNews|Advertiser\w*)?Article|(?:Live)?BlogPosting|SocialMediaPosting|DiscussionForumPosting|Report)$/;
const maxNodes = 10_000;

/** Types of list elements that may be articles; products, videos and the parts of a menu are not. */
const listedTypes = /(?:^|\/)(?:ListItem|WebPage|CreativeWork|Thing)$/;

/** The content of a page's JSON-LD. */
interface LinkedData {
  readonly articles: readonly Article[];
  readonly publisher: string | undefined;
}

/**
 * The articles of a page's JSON-LD (schema.org Article and its kinds, ItemList, Blog, `@graph`), each once, and the
 * publisher's name. A page that describes one article and no list is about that article.
 */
export function linkedData($: CheerioAPI): LinkedData {
  const nodes = nodesOf($);
  const named = new Map(
    nodes.flatMap((node) =>
      text(node["@id"]) === undefined || !isDescribed(node) ? [] : [[node["@id"], node]],
    ),
  );
  const whole = (value: unknown): unknown =>
    isObject(value) && !isDescribed(value) ? (named.get(value["@id"]) ?? value) : value;
  const articles: Article[] = [];
  let listed = false;
  for (const node of nodes) {
    if (isType(node, articleTypes)) {
      if (isDescribed(node)) articles.push(articleOf(node, whole));
    } else if (!isType(node, /BreadcrumbList$/)) {
      for (const item of listOf(node)) {
        const element = whole(isObject(item) && item["item"] !== undefined ? item["item"] : item);
        const place = isObject(item) ? item : {};
        listed = true;
        if (typeof element === "string") articles.push(articleOf({ ...place, url: element }, whole));
        else if (isObject(element) && isListed(element))
          articles.push(articleOf({ ...place, ...element }, whole));
      }
    }
  }
  const distinct = merged(articles.filter(({ title, link }) => title !== undefined || link !== undefined));
  const [only] = distinct;
  const isWhole = distinct.length === 1 && only !== undefined && !listed;
  return { articles: isWhole ? [{ ...only, whole: true }] : distinct, publisher: publisherOf(nodes, whole) };
}

/** The objects of all scripts, in a queue instead of recursion: so that deep data can't overflow the stack. */
function nodesOf($: CheerioAPI): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const queue: unknown[] = $("script[type]")
    .filter((_, node) => /^\s*application\/ld\+json\s*(?:;|$)/i.test($(node).attr("type") ?? ""))
    .toArray()
    .map((node) => parsed($(node).text()));
  for (let at = 0; at < queue.length && found.length < maxNodes; at++) {
    const node = queue[at];
    if (isArray(node)) queue.push(...node.slice(0, maxNodes));
    else if (isObject(node)) {
      found.push(node);
      queue.push(node["@graph"], node["mainEntity"], node["mainEntityOfPage"], node["hasPart"]);
    }
  }
  return found;
}

/** Has more than a reference to its description. */
function isDescribed(node: JsonObject): boolean {
  return text(node["@id"]) === undefined || Object.keys(node).some((key) => key !== "@id" && key !== "@type");
}

function listOf(node: JsonObject): readonly unknown[] {
  const list = node["itemListElement"] ?? node["blogPost"] ?? node["blogPosts"] ?? [];
  return isArray(list) ? list.slice(0, maxNodes) : [list];
}

function isListed(element: JsonObject): boolean {
  return element["@type"] === undefined || isType(element, listedTypes) || isType(element, articleTypes);
}

/** Several scripts may describe the same article: those that agree are merged. */
function merged(articles: readonly Article[]): readonly Article[] {
  const distinct: Article[] = [];
  const places = new Map<string, number>();
  for (const article of articles) {
    const { id, link, title } = article;
    const keys = [id && `id ${id}`, link && `link ${link}`, title && `title ${title}`].filter(
      (key) => key !== undefined && key !== "",
    ) as string[];
    const place = keys
      .map((key) => places.get(key))
      .find((at) => at !== undefined && agree(distinct[at], article));
    const at = place ?? distinct.length;
    const known = distinct[at];
    distinct[at] = known === undefined ? article : filled(known, article);
    for (const key of keys) if (!places.has(key)) places.set(key, at);
  }
  return distinct;
}

function agree(one: Article | undefined, other: Article): boolean {
  return (["title", "link"] as const).every(
    (field) => one?.[field] === undefined || other[field] === undefined || one[field] === other[field],
  );
}

/** Who publishes the articles, or else the site's name. */
function publisherOf(nodes: readonly JsonObject[], whole: (value: unknown) => unknown): string | undefined {
  const publishers = nodes
    .filter((node) => isType(node, articleTypes))
    .map((node) => whole(node["publisher"]));
  const sites = nodes.filter((node) => isType(node, /(?:^|\/)WebSite$/));
  for (const named of [...publishers, ...sites]) {
    const [name] = names(named);
    if (name !== undefined) return name;
  }
  return undefined;
}

function articleOf(node: JsonObject, whole: (value: unknown) => unknown): Article {
  const page = node["mainEntityOfPage"];
  const authors = isArray(node["author"]) ? node["author"] : [node["author"]];
  return {
    id: text(node["@id"]),
    title: html(node["headline"]) ?? html(node["name"]),
    link: text(node["url"]) ?? text(isObject(page) ? page["@id"] : page) ?? text(node["@id"]),
    published: text(node["datePublished"]) ?? text(node["dateCreated"]),
    updated: text(node["dateModified"]),
    language: text(node["inLanguage"]),
    authors: names(authors.map(whole)),
    categories: [...names(node["articleSection"]), ...keywords(node["keywords"])],
    description: html(node["description"]),
    content: html(node["articleBody"]),
  };
}

function names(value: unknown): readonly string[] {
  const all = isArray(value) ? value : [value];
  return all.map((one) => html(isObject(one) ? one["name"] : one) ?? "").filter((name) => name !== "");
}

function keywords(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(",").map((word) => escapeText(word)) : names(value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** Values are plain text by definition, but often contain character references: those are kept. */
function html(value: unknown): string | undefined {
  return text(value)
    ?.replace(/&(?![a-z]{2,8};|#\d{2,6};)/gi, "&amp;")
    .replaceAll("<", "&lt;");
}

function isType(node: JsonObject, pattern: RegExp): boolean {
  const type = node["@type"];
  return (isArray(type) ? type : [type]).some((one) => typeof one === "string" && pattern.test(one));
}

// oxlint-disable-next-line no-control-regex -- pages break lines inside strings
const controls = /[\0-\x1f]+/g;

function parsed(raw: string): unknown {
  // Old pages wrap their scripts in CDATA sections and comments.
  const section = raw.slice(0, 100).indexOf("<![CDATA[");
  const skipped = section < 0 ? 0 : section + 9;
  const from = skipped + raw.slice(skipped).search(/[[{]/);
  const closed = section < 0 ? -1 : raw.lastIndexOf("]]>");
  const to = raw.lastIndexOf(raw.charAt(from) === "{" ? "}" : "]", closed < 0 ? raw.length : closed - 1);
  try {
    return JSON.parse(raw.slice(from, to + 1).replace(controls, " "));
  } catch {
    return undefined;
  }
}
