import { cut } from "../cut-text.ts";
import { textWidth } from "../../text-width.ts";
import { type Medium, type Written, isWhole } from "./medium.ts";
import { lines } from "./sms-plan.ts";

/** Columns to which each headline may be shortened before one is omitted. */
const fairColumns = 40;

/** Columns beyond which no headline is widened step by step. */
const maxColumns = 500;

/** A headline in one medium. */
export interface SmsHeadline {
  readonly title: Written;
  /** Columns of the whole title. */
  readonly columns: number;
  /** The title is the start of a very long one, or has the start of a feed's name. */
  readonly isStart: boolean;
  /** The link below the title; `""` if it is not shown. */
  readonly link: string;
}

/** A headline as the SMS shows it. */
export interface ListedHeadline extends SmsHeadline {
  /** The whole or the shortened title. */
  readonly text: string;
}

export const lineOf = ({ text, link }: ListedHeadline): string => lines(`- ${text}`, link);

/** Whether an SMS with these headlines fits. */
type Fits = (listed: readonly ListedHeadline[]) => boolean;

/**
 * As many headlines as fit, each of at least 40 columns or whole, and then as much of each as fits. A headline whose
 * first 40 columns have a character that the medium lacks is left out, and costs no other its place.
 */
export function listHeadlines(
  headlines: readonly SmsHeadline[],
  medium: Medium,
  fits: Fits,
): readonly ListedHeadline[] {
  const listable = headlines.filter(
    ({ title }) => isWhole(title) || textWidth(title.text.slice(0, title.end)) >= fairColumns,
  );
  const shown = asManyAsFit(
    listable.map((headline) => shortened(headline, fairColumns, medium)),
    fits,
  );
  return widened(shown, medium, fits);
}

/** A headline that does not fit costs only itself: a shorter one after it may have room. */
function asManyAsFit(fair: readonly ListedHeadline[], fits: Fits): readonly ListedHeadline[] {
  const listed: ListedHeadline[] = [];
  for (const headline of fair) if (fits([...listed, headline])) listed.push(headline);
  return listed;
}

/** The same headlines with the largest common width that fits, then each of them whole if it fits. */
function widened(listed: readonly ListedHeadline[], medium: Medium, fits: Fits): readonly ListedHeadline[] {
  const inWidth = (width: number): readonly ListedHeadline[] =>
    listed.map((headline) => shortened(headline, width, medium));
  const longest = Math.min(maxColumns, Math.max(0, ...listed.map((headline) => headline.columns)));
  let low = fairColumns;
  let high = Math.max(longest, fairColumns);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(inWidth(middle))) low = middle;
    else high = middle - 1;
  }
  let chosen = fits(inWidth(low)) ? inWidth(low) : listed;
  for (const [index, headline] of chosen.entries()) {
    const more = chosen.with(index, shortened(headline, Infinity, medium));
    if (fits(more)) chosen = more;
  }
  return chosen;
}

/** The headline with a title of at most `width` columns, as far as the medium has its characters. */
function shortened(headline: SmsHeadline, width: number, medium: Medium): ListedHeadline {
  const { text, end } = headline.title;
  if (isWhole(headline.title) && headline.columns <= width) return { ...headline, text };
  const proportional = Math.floor((width * text.length) / headline.columns);
  const { ellipsis } = medium;
  for (let length = Math.min(end + ellipsis.length, proportional, text.length - 1); length > 0; length -= 1) {
    const short = cut(text, length, ellipsis);
    if (textWidth(short) <= width) return { ...headline, text: short };
  }
  return { ...headline, text: medium.ellipsis };
}
