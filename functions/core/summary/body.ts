import type { Block } from "./block.ts";
import { bodyBlocks, isBoilerplateIn, sparedBlocks } from "./boilerplate.ts";
import { maxSentences } from "./budget.ts";
import { detectLanguage } from "./language/detect-language.ts";
import { withoutDateline, withoutSignature } from "./datelines.ts";
import { comparable, isHan } from "./plain.ts";
import { withoutPreamble } from "./preambles.ts";
import { readBlocks } from "./read-blocks.ts";
import type { Body, EntryFacts, Sentence } from "./sentence.ts";
import { splitSentences } from "./sentences.ts";
import { withoutReadMore } from "./read-more.ts";

/** Sentences after which reading may stop. */
const enoughSentences = 8;

/** Paragraphs among which a story may begin with its dateline: a standfirst or a caption may precede it. */
const maxOpening = 3;

/**
 * The language of some HTML and the sentences that carry its text: boilerplate, datelines, invitations to read on and a repeated
 * title removed. Only as many as a summary of `limit` UTF-16 code units can choose from.
 */
export function bodyOf(html: string, facts: EntryFacts, limit: number): Body {
  const blocks = readBlocks(html);
  if (blocks.length === 0) return { sentences: [], language: undefined };
  const sample = sampleOf(blocks);
  const language = detectLanguage(sample, facts.language)?.split("-")[0];
  const text = { blocks, language, isHan: isHan(sample) };
  return { sentences: sentencesOf(text, facts, limit), language };
}

interface ReadText {
  readonly blocks: readonly Block[];
  readonly language: string | undefined;
  readonly isHan: boolean;
}

function sentencesOf(read: ReadText, facts: EntryFacts, limit: number): Sentence[] {
  const { blocks, language } = read;
  const { title } = facts;
  const sentences: Sentence[] = [];
  let length = 0;
  let seen = 0;
  let count = 0;
  let last: Block | undefined;
  for (const block of bodyBlocks(blocks, title, read.isHan)) {
    if (last !== undefined && blocks[blocks.indexOf(last) + 1] !== block) dropLeadIn(sentences);
    const opens = sentences.length === 0 || (count < maxOpening && block.kind !== "item");
    const shown = block.text.replace(inlineCredit, "");
    const body = sentences.length === 0 ? withoutPreamble(shown, facts) : shown;
    const rest = withoutSignature(withoutReadMore(body, block.link));
    const text = opens ? withoutDateline(rest, title) : rest;
    let first = true;
    for (const sentence of splitSentences(text, language)) {
      seen += 1;
      if (seen > maxSentences) return sentences;
      if (isBoilerplateIn(block, sentence, title)) continue;
      if (sentences.length === 0 && isTitle(sentence, title)) continue;
      const afterLineBreak = first && block.afterLineBreak === true;
      sentences.push({ text: sentence, kind: block.kind, first, ...(afterLineBreak && { afterLineBreak }) });
      first = false;
      length += sentence.length;
    }
    count += 1;
    last = block;
    if (length > 4 * limit && sentences.length > enoughSentences) return sentences;
  }
  if (sentences.length > 1) dropLeadIn(sentences);
  return sentences;
}

/** A picture's credit in brackets: `(Image credit: Jane Doe)`. */
const inlineCredit =
  / ?[(（[](?:image|photo|picture|video|illustration|foto|bild)s? ?(?:credits?:?|courtesy of|by|via|:|：) ?[^()（）[\]]{1,80}[)）\]]/giu;

/** Removes a last sentence that ends in a colon: what it announces is left out. */
function dropLeadIn(sentences: Sentence[]): void {
  if (/[:：]$/u.test(sentences.at(-1)?.text ?? "")) sentences.pop();
}

/** UTF-16 code units from which a title that ends in `…` is recognised as the start of a sentence. */
const minCutTitle = 24;

/** The title again, whole or, as a feed's title may be, cut short by `…`. */
function isTitle(sentence: string, title: string): boolean {
  if (comparable(sentence) === comparable(title)) return true;
  const isCut = /(?:…|\.\.\.)$/u.test(title) && title.length >= minCutTitle;
  return isCut && comparable(sentence).startsWith(comparable(title));
}

/** The sentences that `bodySentences` leaves out only because of their first or last words, for an entry without any other text. */
export function sparedSentences(html: string, { title, language }: EntryFacts): Sentence[] {
  const blocks = readBlocks(html);
  return sparedBlocks(blocks, title)
    .flatMap(({ text, kind, link }) =>
      splitSentences(withoutReadMore(text.replace(inlineCredit, ""), link), language?.split("-")[0]).map(
        (sentence, index) => ({
          text: sentence,
          kind,
          first: index === 0,
        }),
      ),
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
