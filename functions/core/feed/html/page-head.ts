import type { CheerioAPI } from "cheerio/slim";
import { plainText } from "../text/plain-text.ts";
import { escaped, inner } from "./page-values.ts";

/** The description of a page in its `<head>`: Open Graph (ogp.me), Twitter cards, Dublin Core and the names of CMSs. */
export interface PageHead {
  /** The page declares itself to be an article. */
  readonly isArticle: boolean;
  /** As HTML. */
  readonly title: string | undefined;
  readonly link: string | undefined;
  readonly published: string | undefined;
  readonly updated: string | undefined;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly description: string | undefined;
  /** What search engines show of the page: often the title once more, or the site's motto. */
  readonly searchDescription: string | undefined;
  /** Plain text of `<title>`. */
  readonly windowTitle: string;
  /** Names of the site as a whole. */
  readonly siteNames: readonly string[];
}

const maxMetas = 2000;
const names = {
  title: ["og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "title"],
  link: ["og:url", "twitter:url", "parsely-link"],
  published: [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_time",
    "pubdate",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "article_date_original",
    "weibo:article:create_at",
    "date",
  ],
  updated: [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "weibo:article:update_at",
  ],
  author: [
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
  ],
  description: ["og:description", "twitter:description", "dc.description", "dcterms.description"],
  searchDescription: ["description"],
  site: [
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
  ],
} as const;

/** Reads a page's head. */
export function readPageHead($: CheerioAPI, html: string): PageHead {
  const metas = metasOf($);
  const all = (key: keyof typeof names): readonly string[] =>
    names[key].flatMap((name) => metas.get(name) ?? []);
  const first = (key: keyof typeof names): string | undefined => all(key)[0];
  const title = $("title").first();
  return {
    isArticle:
      metas.has("article:published_time") ||
      (metas.get("og:type") ?? []).some((type) => /^(?:news)?article$/i.test(type.trim())),
    title: escaped(first("title")),
    link: first("link") ?? $('link[rel~="canonical"]').first().attr("href"),
    published: first("published"),
    updated: first("updated"),
    authors: all("author")
      .filter((name) => !/^https?:/.test(name))
      .slice(0, 1)
      .map((name) => escaped(name) ?? ""),
    categories: (metas.get("article:tag") ?? []).map((tag) => escaped(tag) ?? ""),
    description: escaped(first("description")),
    searchDescription: escaped(first("searchDescription")),
    windowTitle: plainText(inner(title, html) ?? ""),
    siteNames: all("site").map((name) => plainText(escaped(name) ?? "")),
  };
}

/** The contents of `<meta>` elements by their names in lower case, empty ones left out. */
function metasOf($: CheerioAPI): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const node of $("meta").toArray().slice(0, maxMetas)) {
    const { property, name, itemprop, content } = node.attribs;
    const key = (property ?? name ?? itemprop)?.trim().toLowerCase();
    if (key === undefined || content === undefined || content.trim() === "") continue;
    const contents = found.get(key);
    if (contents === undefined) found.set(key, [content]);
    else contents.push(content);
  }
  return found;
}
