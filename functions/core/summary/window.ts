import { cjkLetters } from "../feed/text/spaceless-scripts.ts";
import type { Sentence } from "./sentence.ts";
import { endsAsSentence } from "./boilerplate.ts";
import { fit, worthCutting } from "./fit.ts";
import { startScores } from "./start.ts";

/** As many sentences as fit, from the first on; the last one is cut if enough of it fits. */
export function leadWindow(sentences: readonly Sentence[], limit: number): string {
  return windowFrom(sentences, 0, limit);
}

/** The same from the best of the first few sentences on. A text that fits is returned whole. */
export function bestWindow(sentences: readonly Sentence[], title: string, limit: number): string {
  const whole = windowFrom(sentences, 0, limit);
  if (whole === joined(sentences)) return whole;
  const scores = startScores(sentences, title, limit);
  let best = 0;
  // A summary does not start with an item of a list.
  for (const [index, score] of scores.entries())
    if (score > scores[best]! && sentences[index]!.kind !== "item") best = index;
  return scores[best]! > scores[0]! + laterStartMargin ? windowFrom(sentences, best, limit) : whole;
}

/** By how much a later start must score better than the first sentence: in half of the feeds, editors' summaries are the start of the text. */
export const laterStartMargin = 0.5;

/**
 * The sentences from `start` on within `limit` UTF-16 code units; `""` where not even a part of the first fits. A label or
 * a colon whose text does not fit is left out.
 */
export function windowFrom(sentences: readonly Sentence[], start: number, limit: number): string {
  let text = "";
  let before = "";
  for (const { text: sentence, afterLineBreak } of sentences.slice(start)) {
    const glue = glueBetween(text, sentence, afterLineBreak === true);
    const left = limit - text.length - glue.length;
    if (sentence.length <= left) {
      before = text;
      text += glue + sentence;
      continue;
    }
    if (text === "" || left > limit * worthCutting) {
      const part = fit(sentence, left);
      const isLabel = label.exec(sentence)?.[0].startsWith(part.slice(0, -1)) === true;
      if (part !== "" && (text === "" || !isLabel)) return text + glue + part;
    }
    break;
  }
  if (!colonEnd.test(text)) return text;
  return before.length >= limit * worthShowing ? before : text.replace(colonEnd, "…");
}

/** Share of the limit from which a text may end before its last lead-in. */
const worthShowing = 0.25;
/** What a value follows: `Reported by: `. */
const label = /^[^,，.。;；:：!?]{1,40}(?::\s|：)/u;
const colonEnd = /[:：]$/u;

function joined(sentences: readonly Sentence[]): string {
  return sentences.reduce(
    (text, sentence) =>
      text + glueBetween(text, sentence.text, sentence.afterLineBreak === true) + sentence.text,
    "",
  );
}

const solidMark = /[。！？；：，、」』）】》]$/u;
const solidLetter = new RegExp(`[${cjkLetters}”…]$`, "u");
const solidStart = new RegExp(`^[${cjkLetters}「『（【《“]`, "u");
const wordEnd = /[\p{L}\p{N}\p{M})）\]”"’»」』】》]$/u;

/**
 * A space where the script has spaces; a full stop first where a headline or an item ends without a mark, but a semicolon
 * where only a line break separates the two.
 */
function glueBetween(text: string, next: string, afterLineBreak: boolean): string {
  if (text === "") return "";
  const end = text.slice(-2);
  const space = solidMark.test(end) || (solidLetter.test(end) && solidStart.test(next)) ? "" : " ";
  const unmarked = wordEnd.test(end) && !endsAsSentence(text) && !/\p{Script=Thai}$/u.test(end);
  if (!unmarked) return space;
  if (afterLineBreak) return space === "" ? "；" : "; ";
  return space === "" ? "。" : ". ";
}
