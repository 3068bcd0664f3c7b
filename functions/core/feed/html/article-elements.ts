import type { CheerioAPI } from "cheerio/slim";
import type { Article } from "./article.ts";
import { inner, texts, time, within } from "./page-values.ts";

/** The `<article>` elements with a heading. A page with one is about it, and its links lead elsewhere. */
export function articleElements($: CheerioAPI, html: string): readonly Article[] {
  const articles = $("article")
    .filter((_, node) => $(node).parents("article, aside, nav, footer").length === 0)
    .toArray()
    .map((node) => {
      const article = $(node);
      const heading = within(article, "h1, h2, h3, h4, [itemprop=headline]", $).first();
      const address =
        within(heading, "a[href]", $).first().attr("href") ?? heading.closest("a[href]").attr("href");
      const times = within(article, "time", $);
      return {
        id: article.attr("id"),
        title: inner(heading, html),
        link: address ?? within(article, "a[rel~=bookmark]", $).first().attr("href"),
        firstLink: within(article, "a[href]", $).first().attr("href"),
        published: time(times.filter("[itemprop=datePublished], [pubdate]").first()) ?? time(times.first()),
        updated: time(times.filter("[itemprop=dateModified]").first()),
        authors: texts(within(article, "[rel~=author], [itemprop=author]", $), $, html),
        categories: texts(within(article, "a[rel~=tag]", $), $, html),
        content: inner(article, html),
      };
    })
    .filter(({ title }) => title !== undefined && title.trim() !== "");
  return articles.map(({ firstLink, ...article }) =>
    articles.length === 1 ? { ...article, whole: true } : { ...article, link: article.link ?? firstLink },
  );
}
