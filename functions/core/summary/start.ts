import { cjkLetters, spacelessLetters } from "../feed/text/spaceless-scripts.ts";
import { maxStarts } from "./body.ts";
import type { Sentence } from "./sentence.ts";
import { hasCue } from "./cues.ts";
import { latinStopWords } from "./language/stop-words.ts";
import { worthCutting } from "./fit.ts";
import { startWeights, type StartFeature } from "./start-weights.ts";

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
  const titleTerms = terms(title);
  const known = sentences.slice(0, 2 * maxStarts).map(({ text }) => {
    const han = hanLetter.test(text);
    return { text, terms: terms(text), han, announces: hasCue("announces", text, han) };
  });
  const counts = new Map<string, number>();
  for (const { terms } of known) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return known.slice(0, maxStarts).map((start, index) => {
    const window = new Set<string>();
    let announces = false;
    let left = limit;
    for (const sentence of known.slice(index)) {
      if (sentence !== start && sentence.text.length > left && left <= limit * worthCutting) break;
      for (const term of sentence.terms) window.add(term);
      announces ||= sentence.announces;
      left -= sentence.text.length;
    }
    return {
      opening: flag(index === 0),
      depth: Math.log(1 + index) / 2,
      blockStart: flag(sentences[index]!.first),
      titleInWindow: share(titleTerms, window),
      titleInSentence: share(titleTerms, start.terms),
      centrality: centrality(window, counts),
      announces: flag(announces),
      refersBack: flag(hasCue("refersBack", start.text, start.han)),
    };
  });
}

const hanLetter = new RegExp(`[${cjkLetters}]`, "u");

const flag = (condition: boolean): number => (condition ? 1 : 0);

const word = new RegExp(`[${spacelessLetters}]+|(?:(?![${spacelessLetters}])[\\p{L}\\p{M}\\p{N}])+`, "gu");
const solid = new RegExp(`^[${spacelessLetters}]`, "u");
const stopWords = new Set(latinStopWords.flatMap(({ words }) => Array.from(words)));

/** Content words, and pairs of characters in scripts without spaces. */
function terms(text: string): Set<string> {
  const found = new Set<string>();
  for (const run of text.toLowerCase().match(word) ?? []) {
    if (solid.test(run)) for (let i = 0; i + 2 <= run.length; i += 1) found.add(run.slice(i, i + 2));
    else if (run.length > 1 && !stopWords.has(run)) found.add(run);
  }
  return found;
}

function share(wanted: ReadonlySet<string>, found: ReadonlySet<string>): number {
  if (wanted.size === 0) return 0;
  let hits = 0;
  for (const term of wanted) if (found.has(term)) hits += 1;
  return hits / wanted.size;
}

/** How often, on average, the other sentences repeat the terms of a window. */
function centrality(window: ReadonlySet<string>, counts: ReadonlyMap<string, number>): number {
  if (window.size === 0) return 0;
  let sum = 0;
  for (const term of window) sum += Math.min(4, Math.max(0, (counts.get(term) ?? 1) - 1));
  return sum / window.size;
}
