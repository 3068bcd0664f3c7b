import type { CheerioAPI } from "cheerio/slim";
import { escapeText } from "../entities.ts";
import { isArray, isObject, type JsonObject } from "../json-scan.ts";
import type { Article } from "./articles.ts";

const articleTypes =
  /(?:^|\/)(?:(?:News|Tech|Scholarly|Satirical|AnalysisNews|AskPublicNews|BackgroundNews|OpinionNews|ReportageNews|ReviewNews|Advertiser\w*)?Article|(?:Live)?BlogPosting|SocialMediaPosting|DiscussionForumPosting|Report)$/;
const mostNodes = 10_000;

/**
 * The articles of a page's JSON-LD (schema.org Article and its kinds, ItemList, Blog, `@graph`). A page that describes
 * one article and no list is about that article.
 */
export function linkedArticles($: CheerioAPI): readonly Article[] {
  const articles: Article[] = [];
  let listed = false;
  let nodes = 0;
  // A queue instead of recursion: the depth of the data is the page's, not ours.
  const queue: unknown[] = $('script[type="application/ld+json"]')
    .toArray()
    .map((node) => parsed($(node).text()));
  for (let node = queue.shift(); queue.length > 0 || node !== undefined; node = queue.shift()) {
    if (++nodes > mostNodes) break;
    if (isArray(node)) queue.unshift(...node.slice(0, mostNodes));
    else if (isObject(node)) {
      const list = node["itemListElement"] ?? node["blogPost"] ?? node["blogPosts"];
      if (isType(node, articleTypes)) articles.push(articleOf(node));
      else if (isArray(list) && !isType(node, /BreadcrumbList$/)) {
        listed = true;
        for (const item of list.slice(0, mostNodes)) {
          const inner = isObject(item) && isObject(item["item"]) ? item["item"] : item;
          if (isObject(inner)) articles.push(articleOf({ ...(isObject(item) ? item : {}), ...inner }));
        }
      } else queue.push(node["@graph"], node["mainEntity"], node["mainEntityOfPage"], node["hasPart"]);
    }
  }
  const [only] = articles;
  return articles.length === 1 && only !== undefined && !listed ? [{ ...only, whole: true }] : articles;
}

function articleOf(node: JsonObject): Article {
  const url =
    text(node["url"]) ??
    (isObject(node["mainEntityOfPage"])
      ? text(node["mainEntityOfPage"]["@id"])
      : text(node["mainEntityOfPage"]));
  return {
    id: text(node["@id"]),
    title: html(node["headline"]) ?? html(node["name"]),
    link: url ?? text(node["@id"]),
    published: text(node["datePublished"]) ?? text(node["dateCreated"]),
    updated: text(node["dateModified"]),
    language: text(node["inLanguage"]),
    authors: names(node["author"]),
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

/** Values are plain text by definition, yet often hold references: what looks like one stays one. */
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
  const from = raw.search(/[[{]/);
  const to = Math.max(raw.lastIndexOf("}"), raw.lastIndexOf("]"));
  try {
    // What stands around the value is the comment marks of old pages.
    return JSON.parse(raw.slice(from, to + 1).replace(controls, " "));
  } catch {
    return undefined;
  }
}
