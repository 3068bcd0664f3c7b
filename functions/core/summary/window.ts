import type { Sentence } from "./body.ts";
import { endsAsSentence } from "./boilerplate.ts";
import { fit, WORTH_CUTTING } from "./fit.ts";
import { startScores } from "./start.ts";

/** The sentences from the first on, as many as fit, the last one cut where that leaves enough of it. */
export function leadWindow(sentences: readonly Sentence[], limit: number): string {
  return windowFrom(sentences, 0, limit);
}

/** The same from the best starting sentence of the first few on; a text that fits as a whole is shown as a whole. */
export function bestWindow(sentences: readonly Sentence[], title: string, limit: number): string {
  const whole = windowFrom(sentences, 0, limit);
  if (whole === joined(sentences)) return whole;
  const scores = startScores(sentences, title, limit);
  let best = 0;
  // An item of a list makes no beginning.
  for (const [index, score] of scores.entries())
    if (score > scores[best]! && sentences[index]!.kind !== "item") best = index;
  return scores[best]! > scores[0]! + MARGIN ? windowFrom(sentences, best, limit) : whole;
}

/** Advantage that a later start needs over the first sentence: editors' own summaries are the start of the text in every other feed. */
export const MARGIN = 0.5;

/** The sentences from `start` on within `limit` UTF-16 code units; `""` where not even a part of the first fits. */
export function windowFrom(sentences: readonly Sentence[], start: number, limit: number): string {
  let text = "";
  for (const sentence of sentences.slice(start)) {
    const glue = glueBetween(text, sentence.text);
    if (text.length + glue.length + sentence.text.length <= limit) {
      text += glue + sentence.text;
      continue;
    }
    const left = limit - text.length - glue.length;
    if (text === "" || left > limit * WORTH_CUTTING) {
      const part = fit(sentence.text, left);
      if (part !== "") text += glue + part;
    }
    break;
  }
  return text.replace(/[:：]$/u, "…");
}

function joined(sentences: readonly Sentence[]): string {
  return sentences.reduce((text, sentence) => text + glueBetween(text, sentence.text) + sentence.text, "");
}

const solidMark = /[。！？；：，、」』）】》]$/u;
const solidLetter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}”…]$/u;
const solidStart = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}「『（【《“]/u;
const wordEnd = /[\p{L}\p{N}\p{M})）\]”"’»」』】》]$/u;

/** A blank where the script has blanks; a full stop first where a headline or an item ends without a mark. */
function glueBetween(text: string, next: string): string {
  if (text === "") return "";
  const blank = solidMark.test(text) || (solidLetter.test(text) && solidStart.test(next)) ? "" : " ";
  const unmarked = wordEnd.test(text) && !endsAsSentence(text) && !/\p{Script=Thai}$/u.test(text);
  return unmarked ? (blank === "" ? "。" : ". ") : blank;
}
