import { fit } from "./fit.ts";
import { isHan } from "./plain.ts";

export interface WindowOptions {
  readonly title: string;
  /** UTF-16 code units. */
  readonly limit: number;
  /** Start with the first sentence in any case. */
  readonly lead: boolean;
}

/** The sentences from the best starting one of the first few on, as many as fit, the last one cut where that leaves enough of it. */
export function bestWindow(sentences: readonly string[], { limit }: WindowOptions): string {
  return window(sentences, 0, limit);
}

const solidEnd = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}。！？、，；：」』）】》…”]$/u;
const solidStart = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}「『（【《“]/u;

function window(sentences: readonly string[], start: number, limit: number): string {
  let text = "";
  for (const sentence of sentences.slice(start)) {
    const glue =
      text === "" || (solidEnd.test(text) && (solidStart.test(sentence) || isHan(sentence))) ? "" : " ";
    if (text.length + glue.length + sentence.length <= limit) {
      text += glue + sentence;
      continue;
    }
    const left = limit - text.length - glue.length;
    if (text === "" || left > limit * 0.3) {
      const part = fit(sentence, left);
      if (part !== "") text += glue + part;
    }
    break;
  }
  return text;
}
