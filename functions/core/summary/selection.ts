import { hasCues } from "./cues.ts";
import { glueBetween } from "./glue.ts";
import { passagesOf, type Passage } from "./passages.ts";
import { passageWeights, type PassageFeature } from "./passage-weights.ts";
import type { Body } from "./sentence.ts";
import { leadWindow } from "./window.ts";

/**
 * The best passage of a text within `limit` UTF-16 code units: its start, unless a linear model over position, wording and
 * length prefers other sentences by a margin. A text that fits is returned whole, and so is the start of a text in a
 * language whose words for reference to the sentence before are not known.
 */
export function bestPassage(body: Body, title: string, limit: number): string {
  const { sentences, language } = body;
  if (!hasCues(language) || fitsWhole(body, limit)) return leadWindow(sentences, limit);
  const passages = passagesOf(sentences, title, limit);
  if (passages.length === 0) return "";
  const { start, end } = passages[indexOfBest(passages, scoreOf)]!;
  return leadWindow(sentences.slice(start, end), limit);
}

function fitsWhole({ sentences }: Body, limit: number): boolean {
  let length = 0;
  let last = "";
  for (const sentence of sentences) {
    length += glueBetween(last, sentence).length + sentence.text.length;
    if (length > limit) return false;
    last = sentence.text;
  }
  return true;
}

/** By how much another passage must score better than the start of the text: in half of the feeds, editors' summaries are the start. */
const leadMargin = 0.2;

/** By how much a passage that starts later must hold a larger share of the title's terms, unless it announces what the text is about. */
const titleMargin = 0.3;

/** The index of the passage with the best score by a model. The first one is the start of the text. */
export function indexOfBest(passages: readonly Passage[], scoreOf: (passage: Passage) => number): number {
  const lead = passages[0]!;
  let best = 0;
  let bestScore = scoreOf(lead) + leadMargin;
  for (const [index, passage] of passages.entries()) {
    if (!mayReplace(lead, passage)) continue;
    const score = scoreOf(passage);
    if (score > bestScore) [best, bestScore] = [index, score];
  }
  return best;
}

function mayReplace(lead: Passage, { start, features }: Passage): boolean {
  if (start === 0 || features.announcesFirst + features.announcesLast > 0) return true;
  return features.title >= lead.features.title + titleMargin;
}

const featureNames = Object.keys(passageWeights) as readonly PassageFeature[];

function scoreOf({ features }: Passage): number {
  let score = 0;
  for (const name of featureNames) score += passageWeights[name] * features[name];
  return score;
}
