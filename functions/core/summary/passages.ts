import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import { hasCue } from "./cues.ts";
import { worthCutting } from "./fit.ts";
import { glueBetween } from "./glue.ts";
import type { PassageFeature } from "./passage-weights.ts";
import type { Sentence } from "./sentence.ts";
import { newVocabulary } from "./terms.ts";

/** Consecutive sentences that may be the summary of a text. */
export interface Passage {
  readonly start: number;
  /** Index after its last sentence. The last one may be cut, or left out, if there is no room for it. */
  readonly end: number;
  readonly features: Readonly<Record<PassageFeature, number>>;
}

/** Sentences among which a passage may start, and sentences that are considered at all. */
const maxStarts = 10;
const maxConsidered = 16;

/**
 * Shares of the limit that a passage other than the start of the text must fill: readers get little from a short summary,
 * unless it ends with the sentence that announces what the text is about. Such sentences are compact in Chinese and Japanese.
 */
const minLength = 0.6;
const minAnnouncement = { latin: 0.45, han: 0.3 } as const;

/**
 * The passages of a text that fit within `limit` UTF-16 code units, with the model's input for each. The first one is the
 * start of the text, as much of it as fits. The others start where a reader can start: not with an item of a list, a
 * quotation, a remark in brackets or a question, and not with a sentence that refers to the one before it. They end with
 * the sentence that announces what the text is about, or before one that would be cut. Takes linear time: the number of
 * passages is bounded.
 */
export function passagesOf(sentences: readonly Sentence[], title: string, limit: number): Passage[] {
  const known = describe(sentences.slice(0, maxConsidered), title);
  const passages: Passage[] = [];
  for (let start = 0; start < Math.min(maxStarts, known.sentences.length); start += 1) {
    if (start > 0 && !known.sentences[start]!.canStart) continue;
    passages.push(...passagesFrom(start, known, limit));
  }
  return passages;
}

interface Described {
  readonly sentence: Sentence;
  /** Different terms. */
  readonly terms: readonly number[];
  /** UTF-16 code units with what joins it to the sentence before. */
  readonly length: number;
  readonly isHan: boolean;
  readonly canStart: boolean;
  readonly announces: boolean;
  readonly quotes: boolean;
}

interface KnownText {
  readonly sentences: readonly Described[];
  readonly titleTerms: ReadonlySet<number>;
  /** By term, the number of sentences that hold it. */
  readonly counts: Uint16Array;
}

function describe(sentences: readonly Sentence[], title: string): KnownText {
  const vocabulary = newVocabulary();
  const titleTerms = new Set(vocabulary.termsOf(title));
  const described = sentences.map((sentence, index) => {
    const { text, kind } = sentence;
    const isHan = hanLetter.test(text);
    const terms = vocabulary.termsOf(text);
    const before = sentences[index - 1]?.text ?? "";
    return {
      sentence,
      terms,
      isHan,
      length: text.length + glueBetween(before, sentence).length,
      canStart:
        index < maxStarts && kind !== "item" && !aside.test(text) && !hasCue("refersBack", text, isHan),
      announces: hasCue("announces", text, isHan),
      quotes: quotationMark.test(text),
    };
  });
  const counts = new Uint16Array(vocabulary.size());
  for (const { terms } of described) for (const term of terms) counts[term]! += 1;
  return { sentences: described, titleTerms, counts };
}

const hanLetter = new RegExp(`[${cjkLetters}]`, "u");
/** A quotation, whose speaker may be named before it, a remark in brackets, or a question. */
const aside = /^["'“”‘’«„「『(（[]|[?？]["”’»」』)）]?$/u;
const quotationMark = /["“”„«»「『]/u;
const colonEnd = /[:：]$/u;

/** The passage from a sentence on that fills the limit, and those that end with a whole sentence before. */
function passagesFrom(start: number, { sentences, titleTerms, counts }: KnownText, limit: number): Passage[] {
  const first = sentences[start]!;
  const found = new Set<number>();
  let titleTermsFound = 0;
  let repeated = 0;
  let depths = 0;
  let quoted = false;
  let left = limit + (first.length - first.sentence.text.length);
  const add = (index: number) => {
    for (const term of sentences[index]!.terms) {
      if (found.has(term)) continue;
      found.add(term);
      if (titleTerms.has(term)) titleTermsFound += 1;
      repeated += Math.min(4, counts[term]! - 1);
    }
    depths += Math.log(1 + index);
    quoted ||= sentences[index]!.quotes;
    left -= sentences[index]!.length;
  };
  const featuresUpTo = (last: number): Passage["features"] => ({
    depth: depths / (last + 1 - start) / 2,
    blockStart: flag(first.sentence.first),
    blockEnd: flag(left >= 0 && sentences[last + 1]?.sentence.first !== false),
    title: share(titleTermsFound, titleTerms.size),
    /** How often, on average, the other sentences repeat the terms of the passage. */
    centrality: share(repeated, found.size),
    announcesFirst: flag(first.announces),
    announcesLast: flag(sentences[last]!.announces),
    quotation: flag(quoted),
    length: Math.min(1, 1 - left / limit),
  });
  const shorter: Passage[] = [];
  let last = start;
  add(last);
  const fills = () => 1 - left / limit >= minLength;
  const announces = () => {
    const { announces, isHan } = sentences[last]!;
    return announces && 1 - left / limit >= minAnnouncement[isHan ? "han" : "latin"];
  };
  for (const next of sentences.slice(start + 1)) {
    const isCut = next.length > left;
    if (left < 0 || (isCut && left <= limit * worthCutting)) break;
    if (((isCut && fills()) || announces()) && !colonEnd.test(sentences[last]!.sentence.text))
      shorter.push({ start, end: last + 1, features: featuresUpTo(last) });
    last += 1;
    add(last);
  }
  const longest = { start, end: Infinity, features: featuresUpTo(last) };
  return start === 0 || fills() || announces() ? [longest, ...shorter] : shorter;
}

const flag = (condition: boolean): number => (condition ? 1 : 0);
const share = (part: number, all: number): number => (all === 0 ? 0 : part / all);
