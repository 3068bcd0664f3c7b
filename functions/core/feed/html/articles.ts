import type { CheerioAPI } from "cheerio/slim";
import { linkedArticles } from "./json-ld.ts";

/** What a page says of one of its articles, still as the page has it. */
export interface Article {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly published?: string | undefined;
  readonly updated?: string | undefined;
  readonly language?: string | undefined;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly description?: string | undefined;
  readonly content?: string | undefined;
  /** The page is about this one article. */
  readonly whole?: true;
}

type Nodes = ReturnType<CheerioAPI>;

/** The articles of a page from the best of its markings: h-entry, JSON-LD, `<article>`, OpenGraph. */
export function articlesOf($: CheerioAPI, html: string): readonly Article[] {
  const entries = hEntries($, html);
  if (entries.length > 0) return entries;
  const linked = linkedArticles($);
  const elements = articleElements($, html);
  if (linked.length === 1 && linked[0]?.whole === true) return [withText(linked[0], $, html)];
  // A bare list of addresses says less than the teasers beside it.
  const named = linked.filter(({ title }) => title !== undefined && title !== "");
  if (named.length > 0 && named.length >= elements.length) return linked;
  if (elements.length > 1) return elements;
  const page = openGraph($, html);
  if (page !== undefined && elements.length <= 1) return [page];
  return elements.length > 0 ? elements : linked;
}

/** Microformats 2 h-entry (microformats.org/wiki/h-entry), the old hAtom names too. */
function hEntries($: CheerioAPI, html: string): readonly Article[] {
  return $(".h-entry, .hentry")
    .toArray()
    .map((node) => {
      const entry = $(node);
      // What belongs to an entry inside this one is not this one's.
      const own = (selector: string): Nodes =>
        entry.find(selector).filter((_, one) => $(one).closest(".h-entry, .hentry").is(entry));
      const url = own(".u-url, a[rel~=bookmark]").first();
      const name = own(".p-name, .entry-title").first();
      return {
        id: own(".u-uid").first().attr("href"),
        title: inner(name, html),
        link: url.attr("href") ?? name.find("a[href]").first().attr("href") ?? name.attr("href"),
        published: time(own(".dt-published, time.published, .published").first()),
        updated: time(own(".dt-updated, time.updated, .updated").first()),
        authors: texts(own(".p-author .p-name, .p-author:not(:has(.p-name)), .author .fn"), $, html),
        categories: texts(own(".p-category, a[rel~=tag]"), $, html),
        description: inner(own(".p-summary, .entry-summary").first(), html),
        content: inner(own(".e-content, .entry-content").first(), html),
      };
    });
}

function articleElements($: CheerioAPI, html: string): readonly Article[] {
  return $("article")
    .filter((_, node) => $(node).parents("article, aside, nav, footer").length === 0)
    .toArray()
    .map((node) => {
      const article = $(node);
      const heading = article.find("h1, h2, h3, h4, [itemprop=headline]").first();
      const address = heading.find("a[href]").first().attr("href") ?? heading.closest("a[href]").attr("href");
      const times = article.find("time");
      return {
        id: article.attr("id"),
        title: inner(heading, html),
        link: address ?? article.find("a[rel~=bookmark], a[href]").first().attr("href"),
        published: time(times.filter("[itemprop=datePublished], [pubdate]").first()) ?? time(times.first()),
        updated: time(times.filter("[itemprop=dateModified]").first()),
        authors: texts(article.find("[rel~=author], [itemprop=author]"), $, html),
        categories: texts(article.find("a[rel~=tag]"), $, html),
        content: inner(article, html),
      };
    })
    .filter(({ title }) => title !== undefined && title.trim() !== "");
}

/** The Open Graph protocol (ogp.me): one article, the page. */
function openGraph($: CheerioAPI, html: string): Article | undefined {
  const meta = (name: string): string | undefined =>
    $(`meta[property="${name}"], meta[name="${name}"]`).first().attr("content");
  const published = meta("article:published_time");
  if (published === undefined && meta("og:type")?.toLowerCase() !== "article") return undefined;
  const article = $("article").first();
  return {
    title:
      escaped(meta("og:title") ?? meta("twitter:title")) ??
      inner($("h1").first(), html) ??
      inner($("title").first(), html),
    link: meta("og:url") ?? $('link[rel~="canonical"]').first().attr("href"),
    published: published ?? time(article.find("time").first()),
    updated: meta("article:modified_time") ?? meta("og:updated_time"),
    authors: [meta("author"), meta("article:author")]
      .flatMap((name) => (name === undefined || /^https?:/.test(name) ? [] : [escaped(name) ?? ""]))
      .slice(0, 1),
    categories: $('meta[property="article:tag"]')
      .toArray()
      .map((node) => escaped($(node).attr("content")) ?? ""),
    description: escaped(meta("og:description") ?? meta("description")),
    content: inner(article.length > 0 ? article : $("main").first(), html),
    whole: true,
  };
}

/** A page's one article with the text that stands in the page. */
function withText(article: Article, $: CheerioAPI, html: string): Article {
  return {
    ...article,
    content: article.content ?? inner($("article").first(), html) ?? inner($("main").first(), html),
  };
}

function time(node: Nodes): string | undefined {
  return (
    node.attr("datetime") ??
    node.attr("content") ??
    node.attr("title") ??
    (node.length === 0 ? undefined : node.text())
  );
}

function texts(nodes: Nodes, $: CheerioAPI, html: string): readonly string[] {
  return nodes.toArray().map((node) => inner($(node), html) ?? "");
}

/** The source between an element's tags; cut from the page, not written anew from its tree. */
function inner(nodes: Nodes, html: string): string | undefined {
  const node = nodes.get(0);
  if (node === undefined || !("children" in node)) return undefined;
  const first = node.children.at(0);
  const last = node.children.at(-1);
  if (
    first?.startIndex === null ||
    first?.startIndex === undefined ||
    last?.endIndex === null ||
    last?.endIndex === undefined
  )
    return undefined;
  return html.slice(first.startIndex, last.endIndex + 1);
}

/** An attribute's text as HTML. */
function escaped(text: string | undefined): string | undefined {
  return text?.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
