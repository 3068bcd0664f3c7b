import type { CheerioAPI } from "cheerio/slim";
import type { Article } from "./article.ts";
import { inner, texts, time, type Nodes } from "./page-values.ts";

const entryRoots = ".h-entry, .hentry";
/** Whatever stands in one of these belongs to it (microformats2 parsing, section 1.2); the old names too. */
const roots = `${entryRoots}, .h-card, .vcard, .h-cite, .h-event, .vevent, .h-item, .h-product, .h-recipe, .h-review, .h-adr, .h-geo, .h-feed, .h-listing, .h-resume`;
const bodies = ".e-content, .entry-content, .p-summary, .entry-summary";

/**
 * Microformats 2 h-entry (microformats.org/wiki/h-entry), the old hAtom names too. Where a theme gives the class but
 * not its properties, heading, link and `<time>` stand in for them; an entry without title, link and content is none.
 */
export function hEntries($: CheerioAPI, html: string): readonly Article[] {
  const nodes = $(entryRoots);
  const kept = new Set<unknown>();
  const articles: Article[] = [];
  for (const node of nodes.toArray()) {
    // Comments and quoted posts are properties of the entry that they stand in.
    if (
      $(node)
        .parents(entryRoots)
        .toArray()
        .some((outer) => kept.has(outer))
    )
      continue;
    const article = hEntry($(node), $, html);
    if (isBlank(article.title) && isBlank(article.link) && isBlank(article.content)) continue;
    kept.add(node);
    articles.push(article);
  }
  const [only] = articles;
  return articles.length === 1 && only !== undefined && nodes.closest(".h-feed").length === 0
    ? [{ ...only, whole: true }]
    : articles;
}

function hEntry(entry: Nodes, $: CheerioAPI, html: string): Article {
  const own = (selector: string): Nodes =>
    entry.find(selector).filter((_, one) => $(one).parent().closest(roots).is(entry));
  const outsideBodies = (selector: string): Nodes =>
    own(selector).filter((_, one) => $(one).closest(bodies).length === 0);
  const named = own(".p-name, .entry-title").first();
  const name = named.length > 0 ? named : outsideBodies("h1, h2, h3, h4").first();
  const times = outsideBodies("time[datetime]");
  const published = own(".dt-published, time.published, .published").first();
  const content = inner(own(".e-content, .entry-content").first(), html);
  const description = inner(own(".p-summary, .entry-summary").first(), html);
  // An entry without properties is its own name (microformats2 parsing, section 1.3), unless it is a text.
  const isBare =
    name.length === 0 &&
    content === undefined &&
    description === undefined &&
    entry.find("[class^=p-], [class*=' p-'], p, div, ul, ol, table").length === 0;
  const link =
    own(".u-url, a[rel~=bookmark]").first().attr("href") ??
    name.find("a[href]").first().attr("href") ??
    name.closest("a[href]").attr("href") ??
    entry.filter("a").attr("href") ??
    times.first().closest("a[href]").attr("href") ??
    (isBare ? alone(own("a[href]")) : undefined);
  return {
    id: own(".u-uid").first().attr("href"),
    title: inner(isBare ? entry : name, html),
    link,
    published: time(published.length > 0 ? published : times.not(".dt-updated, .updated").first()),
    updated: time(own(".dt-updated, time.updated, .updated").first()),
    authors: authors(own(".p-author, .author"), $, html),
    categories: texts(own(".p-category, a[rel~=tag]"), $, html),
    description,
    content: content ?? (named.length === 0 && name.length > 0 ? inner(entry, html) : undefined),
  };
}

/** A person is named by their card, or by what stands in the element. */
function authors(people: Nodes, $: CheerioAPI, html: string): readonly string[] {
  return people.toArray().flatMap((node) => {
    const person = $(node);
    const names = person.find(".p-name, .fn");
    return texts(names.length > 0 ? names.first() : person, $, html);
  });
}

function alone(links: Nodes): string | undefined {
  return links.length === 1 ? links.attr("href") : undefined;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}
