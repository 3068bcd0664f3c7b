import { detectLanguage } from "./language/detect-language.ts";
import { readBlocks, type Block } from "./blocks.ts";
import { maxSentences } from "./budget.ts";
import { bodyBlocks, isBoilerplate, sparedBlocks } from "./boilerplate.ts";
import { withoutLeadIn, withoutSignature } from "./lead-in.ts";
import { bare, isHan } from "./plain.ts";
import { splitSentences } from "./sentences.ts";
import { withoutTeaser } from "./teasers.ts";

/** A sentence of the text, with what its place says of it. */
export interface Sentence {
  readonly text: string;
  readonly kind: Block["kind"];
  /** It opens its block. */
  readonly first: boolean;
}

/** Sentences among which a summary may choose its start. */
export const CHOICE = 8;

/** Paragraphs among which a story may begin with its dateline: a standfirst or a caption may precede it. */
const OPENING = 3;

/**
 * The sentences that carry the text of some HTML, in order: boilerplate, datelines, invitations to read on and a repeated
 * title removed. Only as many as a summary of `limit` UTF-16 code units can choose from.
 */
export function bodySentences(
  html: string,
  title: string,
  language: string | undefined,
  limit: number,
): Sentence[] {
  const blocks = readBlocks(html);
  if (blocks.length === 0) return [];
  const sample = sampleOf(blocks);
  const primary = detectLanguage(sample, language)?.split("-")[0];
  const sentences: Sentence[] = [];
  let length = 0;
  let place = 0;
  let seen = 0;
  for (const block of bodyBlocks(blocks, title, isHan(sample))) {
    const rest = withoutSignature(withoutTeaser(block.text, block.link));
    const opens = sentences.length === 0 || (place < OPENING && block.kind !== "item");
    const text = opens ? withoutLeadIn(rest, title) : rest;
    let first = true;
    for (const sentence of splitSentences(text, primary)) {
      seen += 1;
      if (seen > maxSentences) return sentences;
      if (isBoilerplate(sentence, title)) continue;
      if (sentences.length === 0 && bare(sentence) === bare(title)) continue;
      sentences.push({ text: sentence, kind: block.kind, first });
      first = false;
      length += sentence.length;
    }
    place += 1;
    if (length > 4 * limit && sentences.length > CHOICE) break;
  }
  return sentences;
}

/** What `bodySentences` leaves out only because of its first words or its last ones, for an entry that has nothing else to say. */
export function sparedSentences(html: string, title: string, language: string | undefined): Sentence[] {
  const blocks = readBlocks(html);
  return sparedBlocks(blocks, title)
    .flatMap(({ text, kind, link }) =>
      splitSentences(withoutTeaser(text, link), language?.split("-")[0]).map((sentence, index) => ({
        text: sentence,
        kind,
        first: index === 0,
      })),
    )
    .slice(0, maxSentences);
}

/** Enough text to tell its language and script. */
function sampleOf(blocks: readonly Block[]): string {
  let sample = "";
  for (const { text } of blocks) {
    sample += `${text} `;
    if (sample.length > 1000) break;
  }
  return sample;
}
