import { maxTextLength } from "./budget.ts";
import { bodySentences, sparedSentences } from "./body.ts";
import { ownDescription } from "./description.ts";
import { onOneLine } from "./plain.ts";
import { bestWindow, leadWindow } from "./window.ts";

export { summaryLimit, summaryLimits } from "./summary-limits.ts";

/** What an entry gives for its summary. */
export interface SummaryInput {
  readonly title: string;
  /** The entry's content: HTML, or plain text. */
  readonly html: string;
  /** The entry's own description: HTML, or plain text. */
  readonly description?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  /** BCP 47; decides abbreviations, and is looked for in the text where it is absent. */
  readonly language?: string | undefined;
  /** UTF-16 code units. */
  readonly limit: number;
}

/**
 * What an entry is about, as plain text on one line within `limit` UTF-16 code units, or `""` where nothing
 * but its title is known. The entry's own description where that is one, else the passage of the content that
 * says most, without captions, datelines, bylines, credits and invitations to read on. Pure and total: no
 * input makes it throw.
 */
export function summarise({ title, html, description, authors, language, limit }: SummaryInput): string {
  const heading = onOneLine(title.slice(0, maxTextLength));
  const content = bodySentences(html, heading, language, limit);
  const own = description === undefined ? [] : bodySentences(description, heading, language, limit);
  if (content.length > 0)
    return ownDescription(own, content, heading, authors)
      ? leadWindow(own, limit)
      : bestWindow(content, heading, limit);
  if (own.length > 0) return bestWindow(own, heading, limit);
  // What only looks like boilerplate says more than an empty mail.
  const spared = sparedSentences(html, heading, language);
  return leadWindow(
    spared.length > 0 ? spared : sparedSentences(description ?? "", heading, language),
    limit,
  );
}
