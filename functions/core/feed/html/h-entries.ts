import type { CheerioAPI } from "cheerio/slim";
import type { Article } from "./article.ts";
import { inner, texts, time, within, type Nodes } from "./page-values.ts";

const entryRoots = ".h-entry, .hentry";
/** Properties inside one of these belong to it (microformats2 parsing, section 1.2); the old names too. */
const rootClass =
  /(?:^|\s)(?:h-(?:entry|card|cite|event|item|product|recipe|review|adr|geo|feed|listing|resume)|hentry|vcard|vevent)(?:\s|$)/;
const bodies = ".e-content, .entry-content, .p-summary, .entry-summary";

/** Roots around an entry that are no entries themselves; deeper ones are not searched. */
const maxFrames = 4;

/**
 * Microformats 2 h-entry (microformats.org/wiki/h-entry), the old hAtom names too. If a theme has the class but
 * not its properties, heading, link and `<time>` replace them; an entry without title, link and content is skipped.
 */
export function hEntries($: CheerioAPI, html: string): readonly Article[] {
  const articles: Article[] = [];
  let inFeed = false;
  /** The roots around the current one: where they end, and whether they or one around them is an entry. */
  const around: { readonly end: number; readonly isEntry: boolean }[] = [];
  for (const node of $(entryRoots).toArray()) {
    const { startIndex, endIndex } = node;
    while ((around.at(-1)?.end ?? Infinity) < (startIndex ?? 0)) around.pop();
    // Comments and quoted posts are properties of the entry around them.
    let isEntry = around.at(-1)?.isEntry === true;
    if (!isEntry && around.length < maxFrames) {
      const article = hEntry($(node), $, html);
      isEntry = !isBlank(article.title) || !isBlank(article.link) || !isBlank(article.content);
      if (isEntry) {
        articles.push(article);
        inFeed ||= $(node).closest(".h-feed").length > 0;
      }
    }
    around.push({ end: endIndex ?? 0, isEntry });
  }
  const [only] = articles;
  return articles.length === 1 && only !== undefined && !inFeed ? [{ ...only, whole: true }] : articles;
}

function hEntry(entry: Nodes, $: CheerioAPI, html: string): Article {
  const own = (selector: string): Nodes =>
    within(entry, selector, $).filter((_, one) => rootAround(one) === entry.get(0));
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
    within(entry, "[class^=p-], [class*=' p-'], p, div, ul, ol, table", $).length === 0;
  const link =
    own(".u-url, a[rel~=bookmark]").first().attr("href") ??
    within(name, "a[href]", $).first().attr("href") ??
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

/** The microformat that an element is a property of. */
function rootAround(element: { readonly parent: unknown }): unknown {
  let node = element.parent as { parent: unknown; attribs?: Record<string, string> } | null;
  while (node !== null && !rootClass.test(node.attribs?.["class"] ?? "")) node = node.parent as typeof node;
  return node;
}

/** A person is named by their card, or by the element's text. */
function authors(people: Nodes, $: CheerioAPI, html: string): readonly string[] {
  return people.toArray().flatMap((node) => {
    const person = $(node);
    const names = within(person, ".p-name, .fn", $);
    return texts(names.length > 0 ? names.first() : person, $, html);
  });
}

function alone(links: Nodes): string | undefined {
  return links.length === 1 ? links.attr("href") : undefined;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}
