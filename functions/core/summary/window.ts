import { fit, worthCutting } from "./fit.ts";
import { glueBetween } from "./glue.ts";
import type { Sentence } from "./sentence.ts";

/**
 * As many sentences as fit within `limit` UTF-16 code units, from the first on; the last one is cut if enough of it fits. `""`
 * where not even a part of the first fits. A label or a colon whose text does not fit is left out.
 */
export function leadWindow(sentences: readonly Sentence[], limit: number): string {
  let text = "";
  let before = "";
  for (const sentence of sentences) {
    const glue = glueBetween(text, sentence);
    const left = limit - text.length - glue.length;
    if (sentence.text.length <= left) {
      before = text;
      text += glue + sentence.text;
      continue;
    }
    if (text === "" || left > limit * worthCutting) {
      const part = fit(sentence.text, left);
      const isLabel = label.exec(sentence.text)?.[0].startsWith(part.slice(0, -1)) === true;
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
