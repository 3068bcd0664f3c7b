import { load, type CheerioAPI } from "cheerio/slim";
import { SnapshotError } from "../../errors.ts";
import { withBodies } from "../text/lazy-bodies.ts";
import type { ReadDate } from "../dates/date-value.ts";
import { readDate } from "../dates/read-date.ts";
import type { Entry } from "../entry.ts";
import type { Article } from "./article.ts";
import { pageOf } from "./articles.ts";
import { tooDeep } from "./depth.ts";
import { nestBase, readLink, resolveLink, type LinkReading } from "../text/links.ts";
import { nextIndex, rejectEntry, warn, type Reading } from "../reading.ts";
import { plainText } from "../text/plain-text.ts";
import { dated } from "../xml/entry-dates.ts";
import { languageTag } from "../xml/xml-entry.ts";

/**
 * HTML pages: entries from h-entry, schema.org JSON-LD (articles and ItemList), `<article>` with a heading, or
 * OpenGraph, whichever of these comes first with an entry; else the page's headline and its block of text. A page is held
 * as a whole, up to `limits.entryLength`.
 */
export function* readHtml(reading: Reading): Generator<Entry | undefined, void> {
  const { entryLength, depth } = reading.limits;
  while (!reading.ended && reading.window.length <= entryLength) yield undefined;
  if (reading.window.length > entryLength) {
    rejectEntry(reading, {
      code: "entry-too-large",
      index: nextIndex(reading),
      offset: 0,
      reason: `The page is longer than ${entryLength} characters.`,
    });
    return;
  }
  // A single root: Cheerio compares the roots that it searches with each other.
  const html = `<x->${reading.decoding.text(reading.window.slice(reading.at))}</x->`;
  reading.at = reading.window.length;
  // Selectors and tree walks recurse, so a page that is nested too deeply is rejected before there is a tree.
  if (tooDeep(html, depth)) {
    rejectEntry(reading, {
      code: "entry-too-deep",
      index: nextIndex(reading),
      offset: 0,
      reason: `The page's elements are nested more than ${depth} deep.`,
    });
    return;
  }
  const $ = load(html, {
    xml: { xmlMode: false, decodeEntities: true, withStartIndices: true, withEndIndices: true },
  });
  const base = baseOf($);
  const link = resolveLink(
    $('link[rel~="canonical"]').first().attr("href") ??
      $('meta[property="og:url"]').first().attr("content") ??
      "",
    base,
  );
  const language = languageTag($("html").attr("lang") ?? $("html").attr("xml:lang"));
  const dates = { timeZone: reading.hints.timeZone, language };
  const host = link === undefined ? undefined : new URL(link).hostname;
  const { articles, siteName = "", found } = pageOf($, html, { dates, host });
  reading.feed = {
    ...(siteName === "" ? undefined : { title: siteName }),
    ...(link === undefined ? undefined : { link }),
    ...(language === undefined ? undefined : { language }),
  };
  if (articles.length === 0) {
    throw new SnapshotError(
      "no-entries",
      found ?? "an HTML page without an article: no markup of one, and no headline with a text and a date",
      "a page with articles",
    );
  }
  for (const article of articles) yield entryOf(article, base ?? link, link, reading);
}

function entryOf(
  article: Article,
  base: string | undefined,
  page: string | undefined,
  reading: Reading,
): Entry {
  const index = nextIndex(reading);
  const language = languageTag(article.language) ?? reading.feed.language;
  const own: LinkReading =
    article.link === undefined || article.link.trim() === "" ? {} : readLink(article.link, base);
  const link = own.link ?? (article.whole === true ? page : undefined);
  const isReplaced = own.link === undefined && link !== undefined;
  if (own.warning !== undefined && !isReplaced) warn(reading, { ...own.warning, index });
  const date = (raw: string | undefined): ReadDate | undefined => {
    const text = raw?.trim() ?? "";
    if (text === "") return undefined;
    const read = readDate(text, { timeZone: reading.hints.timeZone, language });
    if (read === undefined)
      warn(reading, {
        code: "date-unreadable",
        message: `The date ${JSON.stringify(text.slice(0, 100))} can't be read.`,
        index,
      });
    return read;
  };
  const entry: Entry = {
    ...(article.id === undefined || article.id.trim() === "" ? undefined : { id: article.id.trim() }),
    title: plainText(article.title ?? ""),
    ...(link === undefined ? undefined : { link }),
    ...dated(date(article.published), date(article.updated), reading.hints),
    ...(language === undefined ? undefined : { language }),
    authors: clean(article.authors),
    categories: clean(article.categories),
  };
  return withBodies(entry, article.description, article.content, (body) => body.trim());
}

function clean(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => plainText(text)).filter((text) => text !== ""))];
}

function baseOf($: CheerioAPI): string | undefined {
  return nestBase($("base[href]").first().attr("href"), undefined);
}
