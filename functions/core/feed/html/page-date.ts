import type { ReadablePage } from "./article-text.ts";
import { dateInLine } from "./dated-line.ts";
import type { PageElement } from "./page-elements.ts";

const maxText = 320;
const maxCandidates = 200;
/** Source above a headline that may have the article's date. */
const maxAbove = 400;
/** The date of a visit, as portals show it. */
const today = /今天|今日|现在|現在|today|heute|aujourd|hoy|oggi|сегодня|اليوم|오늘/i;

/** Where an article's date may be. */
export interface DateRange {
  /** Index in the page's source of the headline, or else of the text. */
  readonly from: number;
  /** Index after the text. */
  readonly to: number;
}

/** The date in a `<time>` or in a line of its own between headline and text, or shortly above the headline. */
export function pageDate(page: ReadablePage, { from, to }: DateRange): string | undefined {
  const after: PageElement[] = [];
  const above: PageElement[] = [];
  for (const [element, { text, linked }] of page.measured.measures) {
    const at = element.startIndex ?? -1;
    if (at < from - maxAbove || at > to) continue;
    const isTime = element.name === "time" && element.attribs["datetime"] !== undefined;
    if (!isTime && (text < 8 || text > maxText || linked * 2 > text)) continue;
    (at >= from ? after : above).push(element);
  }
  return dateIn(page, after, () => true) ?? dateIn(page, above, (line) => !today.test(line));
}

function dateIn(
  { $, dates }: ReadablePage,
  elements: readonly PageElement[],
  counts: (line: string) => boolean,
): string | undefined {
  let candidates = 0;
  for (const element of elements) {
    const stated = element.name === "time" ? element.attribs["datetime"] : undefined;
    if (stated !== undefined && stated.trim() !== "") return stated;
    const line = $(element).text();
    if (!/\d{4}/.test(line) || !counts(line)) continue;
    const found = dateInLine(line, dates);
    if (found !== undefined) return found;
    if (++candidates > maxCandidates) break;
  }
  return undefined;
}
