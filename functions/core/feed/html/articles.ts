import type { CheerioAPI } from "cheerio/slim";
import { escapeText } from "../text/entities.ts";
import { plainText } from "../text/plain-text.ts";
import { filled, type Article } from "./article.ts";
import { articleElements } from "./article-elements.ts";
import { proseLength, readablePage, type ReadablePage } from "./article-text.ts";
import { pageWithoutArticle } from "./error-pages.ts";
import { folded } from "./folded-text.ts";
import { hEntries } from "./h-entries.ts";
import { linkedData } from "./json-ld.ts";
import { headlinesOf, mainElement, pageArticle, showsArticle } from "./page-article.ts";
import { readPageHead, type PageHead } from "./page-head.ts";
import { splitTitle } from "./site-name.ts";
import type { DateContext } from "../dates/date-value.ts";

/** What a page contains: its articles, and the site that publishes them. */
export interface Page {
  readonly articles: readonly Article[];
  /** The site's name, or the title of a page with a list. */
  readonly siteName: string | undefined;
  /** What the page is that has no article, such as an error page. */
  readonly found: string | undefined;
}

/**
 * The articles of a page from the best of its markings: h-entry, JSON-LD, `<article>`, OpenGraph; else the headline and
 * the block with the text.
 */
export function pageOf(
  $: CheerioAPI,
  html: string,
  { dates, host }: { readonly dates: DateContext; readonly host: string | undefined },
): Page {
  const page = readablePage($, html, dates);
  const head = readPageHead($, html);
  const { articles: linked, publisher } = linkedData($);
  const found = pageWithoutArticle($, proseLength(page, page.block));
  const articles = found === undefined ? articlesOf(linked, page, head) : [];
  const names = [...head.siteNames, ...(publisher === undefined ? [] : [plainText(publisher)])];
  const [named] = names.filter((name) => name !== "");
  const [only] = articles;
  if (articles.length !== 1 || only?.whole !== true)
    return { articles, siteName: named ?? head.windowTitle, found };
  const titles = [only, ...linked.slice(0, 1)].map(({ title }) => plainText(title ?? ""));
  const headlines = [...headlinesOf(page), ...titles];
  const site = splitTitle(head.windowTitle, { names, headlines, host })?.site;
  const known = { names: site === undefined ? names : [...names, site], headlines, host };
  // A window's title without the article's is the site's name alone.
  const windowName = isAbout(head.windowTitle, only) ? undefined : head.windowTitle;
  return { articles: [withoutSite(only, known)], siteName: named ?? site ?? windowName, found };
}

function isAbout(windowTitle: string, { title = "" }: Article): boolean {
  const shown = folded(windowTitle);
  const named = folded(plainText(title));
  return shown.includes(named) || named.includes(shown);
}

function withoutSite(article: Article, known: Parameters<typeof splitTitle>[1]): Article {
  const split = splitTitle(plainText(article.title ?? ""), known);
  return split === undefined ? article : { ...article, title: escapeText(split.title) };
}

function articlesOf(linked: readonly Article[], page: ReadablePage, head: PageHead): readonly Article[] {
  const entries = hEntries(page.$, page.html);
  const others = fromOtherMarkings(linked, page, head);
  // Some themes mark the frame of a list as an entry; the list itself has the articles.
  const isFrame =
    others.length > entries.length && entries.every(({ link, published }) => !link && !published);
  if (entries.length === 0 || isFrame) return others;
  const [entry] = entries;
  const [other] = others;
  const isSame =
    entries.length === 1 && others.length === 1 && entry?.whole === true && other?.whole === true;
  return isSame ? [filled(entry, other)] : entries;
}

function fromOtherMarkings(
  linked: readonly Article[],
  page: ReadablePage,
  head: PageHead,
): readonly Article[] {
  const elements = articleElements(page);
  const main = mainElement(elements, page, head);
  const [only] = linked;
  if (linked.length === 1 && only?.whole === true) {
    const { content, published } = pageArticle(page, head, main);
    return [filled(only, { content, published, authors: [], categories: [] })];
  }
  // Teasers have more than a bare list of addresses.
  const named = linked.filter(({ title }) => title !== undefined && title !== "");
  if (named.length > 0 && named.length >= elements.length) return linked;
  if (elements.length > 1 && main === undefined)
    return elements.map(({ article, firstLink }) => ({ ...article, link: article.link ?? firstLink }));
  if (main !== undefined || head.isArticle || showsArticle(page, head))
    return [pageArticle(page, head, main)];
  return linked;
}
