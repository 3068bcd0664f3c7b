import { bodyBlocks, isBoilerplate, withoutTeaser } from "./summary/boilerplate.ts";
import { readBlocks } from "./summary/blocks.ts";
import { ownDescription } from "./summary/description.ts";
import { withoutLeadIn } from "./summary/lead-in.ts";
import { bare, isHan, onOneLine } from "./summary/plain.ts";
import { splitSentences } from "./summary/sentences.ts";
import { bestWindow } from "./summary/window.ts";
import { detectLanguage } from "./language.ts";

export { summaryLimit, summaryLimits } from "./summary/limits.ts";

export interface SummaryInput {
  readonly title: string;
  /** The entry's content: HTML, or plain text. */
  readonly html: string;
  /** The entry's own description: HTML, or plain text. */
  readonly description?: string | undefined;
  /** BCP 47; decides abbreviations, and is looked for in the text where it is absent. */
  readonly language?: string | undefined;
  /** UTF-16 code units. */
  readonly limit: number;
}

/**
 * What an entry is about, as plain text on one line within `limit` UTF-16 code units, or `""` where nothing
 * but its title is known. The entry's own description where that is one, else the sentences of the content that say most, without
 * captions, datelines, bylines, credits and invitations to read on. Pure and total: no input makes it throw.
 */
export function summarise({ title, html, description, language, limit }: SummaryInput): string {
  const heading = onOneLine(title);
  const content = sentencesOf(html, heading, language);
  const own = description === undefined ? [] : sentencesOf(description, heading, language);
  if (own.length > 0 && (content.length === 0 || ownDescription(own, content, heading)))
    return bestWindow(own, { title: heading, limit, lead: content.length > 0 });
  return bestWindow(content.length > 0 ? content : own, { title: heading, limit, lead: false });
}

/** The sentences that carry the text, lead-ins, boilerplate and a repeated title removed. */
function sentencesOf(html: string, title: string, language: string | undefined): string[] {
  const blocks = readBlocks(html);
  if (blocks.length === 0) return [];
  const sample = blocks
    .map((block) => block.text)
    .join(" ")
    .slice(0, 2000);
  const primary = detectLanguage(sample, language)?.split("-")[0];
  const sentences: string[] = [];
  for (const block of bodyBlocks(blocks, title, isHan(sample))) {
    const text = withoutTeaser(sentences.length === 0 ? withoutLeadIn(block.text) : block.text);
    for (const sentence of splitSentences(text, primary))
      if (!isBoilerplate(sentence)) sentences.push(sentence);
  }
  const same = bare(title);
  return sentences.filter((sentence, index) => index > 0 || bare(sentence) !== same);
}
