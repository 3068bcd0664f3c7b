import type { CheerioAPI } from "cheerio/slim";
import type { DateContext } from "../dates/date-value.ts";
import { dateInLine } from "./dated-line.ts";
import { folded } from "./folded-text.ts";
import { mainBlock, measureText, type MeasuredPage } from "./main-block.ts";
import { isElement, textSource, type PageElement, type PageNode } from "./page-elements.ts";

/** A page with the measures of its text. */
export interface ReadablePage {
  readonly $: CheerioAPI;
  readonly html: string;
  readonly measured: MeasuredPage;
  /** The element that most likely contains the text. */
  readonly block: PageElement | undefined;
  readonly dates: DateContext;
}

/** Measures a page, once. */
export function readablePage($: CheerioAPI, html: string, dates: DateContext): ReadablePage {
  const body: unknown = $("body").get(0) ?? $("x-").get(0);
  const measured = isElement(body) ? measureText(body) : { measures: new Map(), scores: new Map() };
  return { $, html, measured, block: mainBlock(measured), dates };
}

/** Letters of an element's text outside of links. */
export function proseLength({ measured }: ReadablePage, element: PageElement | undefined): number {
  const measure = element === undefined ? undefined : measured.measures.get(element);
  return measure === undefined ? 0 : measure.text - measure.linked;
}

const maxLine = 160;
/** Introductions of links to other articles. */
export const otherArticles =
  /^\W{0,5}(?:read (?:also|more|next)|also read|see also|related(?: (?:articles?|stories|posts))?(?=$|\W)|more on this|mehr zum thema|lesen sie (?:auch|mehr)|auch interessant|à lire aussi|lire aussi|lisez aussi|lea (?:también|además)|le puede interesar|leia (?:também|mais)|leggi anche|lees ook|läs också|les også|læs også|czytaj (?:także|też)|přečtěte si|читайте также|相关(?:阅读|新闻|文章|推荐)|相關(?:閱讀|新聞)|延伸阅读|延伸閱讀|推荐阅读|関連記事|あわせて読みたい|관련\s?기사|اقرأ أيضا)/i;

/**
 * The source of an article's text: the inside of an element without menus, forms, its own headline, lines with its date
 * and links to other articles.
 */
export function articleText(page: ReadablePage, element: PageElement, title: string): string {
  const { $, html, measured, dates } = page;
  const headline = folded(title);
  return textSource(element, html, (inner) => {
    const measure = measured.measures.get(inner);
    if (measure === undefined) return false;
    if (inner.name === "table") return measure.linked * 2 > measure.text;
    if (inner.name === "time") return !/^(?:p|li|td|blockquote)$/.test(parentName(inner));
    if (measure.text === 0 || measure.text > maxLine * 2) return false;
    if (/^(?:a|b|em|strong|i|span|br|img)$/.test(inner.name)) return false;
    const line = $(inner).text().replace(/\s+/g, " ").trim();
    if (/^h[1-6]$/.test(inner.name)) return folded(line) === headline || otherArticles.test(line);
    if (otherArticles.test(line) && measure.linked > 0) return true;
    return line.length <= maxLine && !/[.!?。！？]$/.test(line) && dateInLine(line, dates) !== undefined;
  });
}

function parentName({ parent }: PageElement): string {
  return isElement(parent) ? parent.name : "";
}

/** The text of `block` with its sibling paragraphs, such as a lead above the text. */
export function blockText(page: ReadablePage, block: PageElement, title: string): string {
  const { measures } = page.measured;
  const siblings: readonly PageNode[] = block.parent?.children ?? [block];
  return siblings
    .filter((node): node is PageElement => {
      if (node === block) return true;
      const measure =
        isElement(node) && /^(?:p|div|section)$/.test(node.name) ? measures.get(node) : undefined;
      return (
        measure !== undefined && measure.text >= 80 && measure.linked * 4 < measure.text && measure.marks > 1
      );
    })
    .map((node) =>
      node.name === "p" ? `<p>${articleText(page, node, title)}</p>` : articleText(page, node, title),
    )
    .join("\n");
}
