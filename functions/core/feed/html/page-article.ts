import { filled, type Article } from "./article.ts";
import type { ArticleElement } from "./article-elements.ts";
import { articleText, blockText, proseLength, type ReadablePage } from "./article-text.ts";
import { folded } from "./folded-text.ts";
import type { PageHead } from "./page-head.ts";
import { isElement, type PageElement } from "./page-elements.ts";
import { plainText } from "../text/plain-text.ts";
import { pageDate, type DateRange } from "./page-date.ts";
import { inner } from "./page-values.ts";

/** Letters of prose that a page's text has at least: with a date, and without one. */
const minProse = 80;
const minUndatedProse = 250;
const longProse = 200;
const maxHeadlines = 10;

/** The page's main headings, as plain text. */
export function headlinesOf({ $, html }: ReadablePage): readonly string[] {
  return $("h1")
    .toArray()
    .slice(0, maxHeadlines)
    .map((node) => plainText(inner($(node), html) ?? ""))
    .filter((headline) => headline !== "");
}

/**
 * The `<article>` element that the page is about: the only one, the one with the title that the head declares, or the one
 * with by far the most text; undefined for a list.
 */
export function mainElement(
  elements: readonly ArticleElement[],
  page: ReadablePage,
  head: PageHead,
): ArticleElement | undefined {
  const [only] = elements;
  if (elements.length === 1) return isOutweighed(only, page) ? undefined : only;
  if (head.isArticle && head.title !== undefined) {
    const declared = folded(plainText(head.title));
    const named = elements.find(({ article }) => {
      const title = folded(plainText(article.title ?? ""));
      return title !== "" && declared.startsWith(title);
    });
    if (named !== undefined) return named;
  }
  const lengths = elements.map(({ element }) => proseLength(page, element));
  const most = Math.max(...lengths);
  const others = lengths.reduce((sum, length) => sum + length, 0) - most;
  return most >= longProse && most >= others * 3 ? elements[lengths.indexOf(most)] : undefined;
}

/** Whether the text of the page is outside of an `<article>` that has hardly any. */
function isOutweighed(one: ArticleElement | undefined, page: ReadablePage): boolean {
  const text = proseLength(page, page.block);
  return one !== undefined && text >= longProse && text > proseLength(page, one.element) * 3;
}

/** The article that a page is about, from its head and an element with its text. */
export function pageArticle(page: ReadablePage, head: PageHead, main: ArticleElement | undefined): Article {
  const named = main?.article.title ?? titleOf(page, head);
  const title = plainText(named ?? "");
  const own: Article = {
    ...main?.article,
    title: head.isArticle ? (head.title ?? named) : named,
    authors: main?.article.authors ?? [],
    categories: main?.article.categories ?? [],
    content: textOf(page, main?.element, title),
    whole: true,
  };
  const hasText = proseLength(page, main?.element ?? page.block) >= minProse;
  const declared: Article = {
    link: head.link,
    published: head.published ?? pageDate(page, dateRange(page, head, main)),
    updated: head.updated,
    authors: head.authors,
    categories: head.categories,
    description: head.description ?? (hasText ? undefined : head.searchDescription),
  };
  return head.isArticle ? filled(declared, own) : filled(own, declared);
}

function textOf(page: ReadablePage, element: PageElement | undefined, title: string): string | undefined {
  if (element !== undefined) return articleText(page, element, title);
  if (page.block !== undefined) return blockText(page, page.block, title);
  // A text of a few words is no block, but may be in an article element without a headline.
  const [only, ...others] = (page.$("article").toArray() as readonly unknown[]).filter(isElement);
  return only === undefined || others.length > 0 ? undefined : articleText(page, only, title);
}

/** A heading of the page that may be its article's. */
interface PageHeading {
  /** As HTML. */
  readonly source: string;
  readonly text: string;
  readonly at: number;
  readonly isMain: boolean;
}

/** The headline: the heading that the window's title repeats, else any main heading. */
function headlineOf(
  { $, html }: ReadablePage,
  head: PageHead,
): { repeated?: PageHeading; any?: PageHeading } {
  const shown = folded(head.windowTitle);
  const names = new Set(head.siteNames.map(folded));
  const headings = ["h1", "h2"]
    .flatMap((name) => $(name).toArray().slice(0, maxHeadlines))
    .map((node) => ({
      source: inner($(node), html) ?? "",
      isMain: $(node).is("h1"),
      at: node.startIndex ?? 0,
    }))
    .map((heading) => ({ ...heading, text: folded(plainText(heading.source)) }))
    .filter(({ text }) => text.length >= 4 && !names.has(text));
  // What ends the window's title is the site's name.
  const repeated =
    headings.find(({ text }) => shown.startsWith(text)) ??
    headings.find(({ text }) => shown.includes(text) && !shown.endsWith(text));
  const any = headings.find(({ isMain }) => isMain);
  return {
    ...(repeated === undefined ? undefined : { repeated }),
    ...(any === undefined ? undefined : { any }),
  };
}

/** The headline that the window's title repeats, else what the head declares, else any headline or the window's title. */
function titleOf(page: ReadablePage, head: PageHead): string | undefined {
  const { repeated, any } = headlineOf(page, head);
  return repeated?.source ?? head.title ?? any?.source ?? inner(page.$("title").first(), page.html);
}

/** From the headline, or else the start of the text, to the end of the text. */
function dateRange(page: ReadablePage, head: PageHead, main: ArticleElement | undefined): DateRange {
  const block = main?.element ?? page.block;
  const from = block?.startIndex ?? 0;
  const to = block?.endIndex ?? page.html.length;
  const { repeated, any } = headlineOf(page, head);
  const headline = (repeated ?? any)?.at ?? from;
  return { from: headline < to ? headline : from, to };
}

/**
 * Whether a page without any marking shows an article: a text of sentences, few links in it, and a date or, for a longer
 * text, a headline that the window's title repeats.
 */
export function showsArticle(page: ReadablePage, head: PageHead): boolean {
  const measure = page.block === undefined ? undefined : page.measured.measures.get(page.block);
  if (measure === undefined || measure.linked * 2 > measure.text || measure.marks === 0) return false;
  if (measure.linkedHeadings >= 3) return false;
  const prose = measure.text - measure.linked;
  const published = head.published ?? pageDate(page, dateRange(page, head, undefined));
  if (prose >= minProse && published !== undefined) return true;
  const shown = folded(head.windowTitle);
  const hasHeadline = headlinesOf(page).some(
    (text) => folded(text).length >= 4 && shown.includes(folded(text)),
  );
  return hasHeadline && prose >= minUndatedProse && measure.marks >= 3;
}
