import { maxTextLength } from "./budget.ts";
import { bodyOf, sparedSentences } from "./body.ts";
import { ownDescription } from "./description.ts";
import { comparableWords, onOneLine } from "./plain.ts";
import { bestPassage } from "./selection.ts";
import type { Body } from "./sentence.ts";
import { leadWindow } from "./window.ts";

export { summaryLimit, summaryLimits } from "./summary-limits.ts";

/** The fields of an entry that its summary is made from. */
interface SummaryInput {
  readonly title: string;
  /** The entry's content: HTML, or plain text. */
  readonly html: string;
  /** The entry's own description: HTML, or plain text. */
  readonly description?: string | undefined;
  readonly authors?: readonly string[] | undefined;
  /** BCP 47; detected in the text if absent. Used for abbreviations. */
  readonly language?: string | undefined;
  /** UTF-16 code units. */
  readonly limit: number;
}

const none: Body = { sentences: [], language: undefined };

/**
 * An entry's summary as plain text on one line within `limit` UTF-16 code units, or `""` if only its title is known. It is
 * the entry's own description if that is more than the start of the content, else the best passage of the content,
 * without captions, datelines, bylines, credits and links to read more. Pure and total: no input makes it throw.
 */
export function summarise(input: SummaryInput): string {
  const text = textOf(input);
  return repeats(text, input.title) ? "" : text;
}

/** Whether a text has no word that is not in the title. */
function repeats(text: string, title: string): boolean {
  if (text.length > 2 * title.length) return false;
  const known = new Set(comparableWords(title));
  return comparableWords(text).every((word) => known.has(word));
}

function textOf(input: SummaryInput): string {
  const { html, description, limit } = input;
  const facts = {
    title: onOneLine(input.title.slice(0, maxTextLength)),
    authors: input.authors ?? [],
    language: input.language,
  };
  const content = bodyOf(html, facts, limit);
  const own = description === undefined ? none : bodyOf(description, facts, limit);
  if (content.sentences.length > 0)
    return ownDescription(own.sentences, content.sentences, facts)
      ? leadWindow(own.sentences, limit)
      : bestPassage(content, facts.title, limit);
  if (own.sentences.length > 0) return bestPassage(own, facts.title, limit);
  // A text that only looks like boilerplate is better than none.
  const spared = sparedSentences(html, facts);
  return leadWindow(spared.length > 0 ? spared : sparedSentences(description ?? "", facts), limit);
}
