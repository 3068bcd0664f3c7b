import type { CheerioAPI } from "cheerio/slim";
import type { Article } from "./article.ts";
import { escaped, inner, time } from "./page-values.ts";

/** The Open Graph protocol (ogp.me): one article, the page. */
export function openGraph($: CheerioAPI, html: string): Article | undefined {
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
