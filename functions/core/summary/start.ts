import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import { maxStarts } from "./body.ts";
import type { Sentence } from "./sentence.ts";
import { hasCue } from "./cues.ts";
import { worthCutting } from "./fit.ts";
import { startWeights, type StartFeature } from "./start-weights.ts";
import { newVocabulary } from "./terms.ts";

type StartFeatures = Readonly<Record<StartFeature, number>>;

/**
 * How well each of the first sentences of a text would open a summary of `limit` UTF-16 code units: a linear model
 * over position, title, wording and repetition. `test/core/summary/train-start.ts` trains its weights.
 * Higher is better; equal inputs give equal scores.
 */
export function startScores(sentences: readonly Sentence[], title: string, limit: number): number[] {
  return startFeatures(sentences, title, limit).map((features) => {
    let score = 0;
    for (const name of featureNames) score += startWeights[name] * features[name];
    return score;
  });
}

const featureNames = Object.keys(startWeights) as readonly StartFeature[];

/** The model's input for each possible start. Window features cover the sentences that the summary would show, whole or cut. */
export function startFeatures(sentences: readonly Sentence[], title: string, limit: number): StartFeatures[] {
  const vocabulary = newVocabulary();
  const titleTerms = vocabulary.termsOf(title);
  const known = sentences.slice(0, 2 * maxStarts).map(({ text }) => {
    const han = hanLetter.test(text);
    return { text, terms: vocabulary.termsOf(text), han, announces: hasCue("announces", text, han) };
  });
  /** By term, the number of sentences that hold it, and the last window that does. */
  const counts = new Uint16Array(vocabulary.size());
  const lastWindow = new Int16Array(vocabulary.size()).fill(-1);
  for (const { terms } of known) for (const term of terms) counts[term]! += 1;
  return known.slice(0, maxStarts).map((start, index) => {
    let announces = false;
    let left = limit;
    let size = 0;
    let repeated = 0;
    for (const sentence of known.slice(index)) {
      if (sentence !== start && sentence.text.length > left && left <= limit * worthCutting) break;
      for (const term of sentence.terms) {
        if (lastWindow[term] === index) continue;
        lastWindow[term] = index;
        size += 1;
        repeated += Math.min(4, counts[term]! - 1);
      }
      announces ||= sentence.announces;
      left -= sentence.text.length;
    }
    return {
      opening: flag(index === 0),
      depth: Math.log(1 + index) / 2,
      blockStart: flag(sentences[index]!.first),
      titleInWindow: share(titleTerms, (term) => lastWindow[term] === index),
      titleInSentence: share(titleTerms, (term) => start.terms.includes(term)),
      /** How often, on average, the other sentences repeat the terms of the window. */
      centrality: size === 0 ? 0 : repeated / size,
      announces: flag(announces),
      refersBack: flag(hasCue("refersBack", start.text, start.han)),
    };
  });
}

const hanLetter = new RegExp(`[${cjkLetters}]`, "u");

const flag = (condition: boolean): number => (condition ? 1 : 0);

function share(wanted: readonly number[], isFound: (term: number) => boolean): number {
  if (wanted.length === 0) return 0;
  let hits = 0;
  for (const term of wanted) if (isFound(term)) hits += 1;
  return hits / wanted.length;
}
