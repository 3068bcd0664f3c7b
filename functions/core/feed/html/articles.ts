import type { CheerioAPI } from "cheerio/slim";
import { filled, type Article } from "./article.ts";
import { articleElements } from "./article-elements.ts";
import { hEntries } from "./h-entries.ts";
import { linkedData } from "./json-ld.ts";
import { openGraph } from "./open-graph.ts";
import { inner } from "./page-values.ts";

/** What a page has to say: its articles, and who publishes them. */
export interface Page {
  readonly articles: readonly Article[];
  readonly publisher: string | undefined;
}

/** The articles of a page from the best of its markings: h-entry, JSON-LD, `<article>`, OpenGraph. */
export function pageOf($: CheerioAPI, html: string): Page {
  const { articles: linked, publisher } = linkedData($);
  const entries = hEntries($, html);
  const others = fromOtherMarkings(linked, $, html);
  // A theme that marks the frame of a list as an entry says less than what stands in the list.
  const isFrame =
    others.length > entries.length && entries.every(({ link, published }) => !link && !published);
  if (entries.length === 0 || isFrame) return { articles: others, publisher };
  const [entry] = entries;
  const [other] = others;
  const isSame =
    entries.length === 1 && others.length === 1 && entry?.whole === true && other?.whole === true;
  return { articles: isSame ? [filled(entry, other)] : entries, publisher };
}

function fromOtherMarkings(linked: readonly Article[], $: CheerioAPI, html: string): readonly Article[] {
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

/** A page's one article with the text that stands in the page. */
function withText(article: Article, $: CheerioAPI, html: string): Article {
  return {
    ...article,
    content: article.content ?? inner($("article").first(), html) ?? inner($("main").first(), html),
  };
}
