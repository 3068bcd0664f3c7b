import { graphemesOf } from "../../graphemes.ts";
import { once } from "../../once.ts";
import { spaceless } from "../../feed/text/spaceless-scripts.ts";
import { textWidth } from "../../text-width.ts";

/** Not allowed at the start of a line: closing marks, Japanese small kana and the long vowel mark (JIS X 4051; W3C, clreq and jlreq). */
const notFirst =
  /^[\p{Pe}\p{Pf}\p{M}!%),.:;?\]}’”…、。，．：；？！・％ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々〻]/u;

/** Not allowed at the end of a line: opening marks. */
const notLast = /[\p{Ps}\p{Pi}‘“$¥￥＄]$/u;

const words = once(() => new Intl.Segmenter("und", { granularity: "word" }));

/** Splits a run without spaces at the positions where a line may break; a link is one piece. */
function pieces(run: string): readonly string[] {
  if (!spaceless.test(run)) return [run];
  const out: string[] = [];
  for (const part of run.split(/(https?:\/\/[^\s，。；、！？（）「」『』【】《》]+)/u)) {
    if (/^https?:\/\//u.test(part)) out.push(part);
    else for (const { segment } of words().segment(part)) out.push(segment);
  }
  const joined: string[] = [];
  for (const piece of out) {
    const before = joined.at(-1);
    const free =
      before !== undefined &&
      (spaceless.test(before.at(-1) ?? "") || spaceless.test(piece.slice(0, 2))) &&
      !notFirst.test(piece) &&
      !notLast.test(before);
    if (before === undefined || free) joined.push(piece);
    else joined[joined.length - 1] = before + piece;
  }
  return joined;
}

/** A word or link in pieces of at most `width` columns, between clusters. */
function splitWord(word: string, width: number): readonly string[] {
  if (textWidth(word) <= width) return [word];
  const list: string[] = [];
  let current = "";
  let used = 0;
  for (const { segment } of graphemesOf(word)) {
    const size = textWidth(segment);
    if (current !== "" && used + size > width) {
      list.push(current);
      current = "";
      used = 0;
    }
    current += segment;
    used += size;
  }
  return [...list, current];
}

/**
 * The lines in which a window of `width` columns shows a line of text, as mail programs wrap it: between words, and within
 * a word or link only if it is wider than the window. A run without spaces that `isWhole` accepts is never broken.
 */
export function wrapLine(
  text: string,
  width: number,
  isWhole: (run: string) => boolean = () => false,
): readonly string[] {
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const run of text.split(" ")) {
    let glue = current === "" ? "" : " ";
    const parts = isWhole(run) ? [run] : pieces(run).flatMap((whole) => splitWord(whole, width));
    for (const piece of parts) {
      const size = textWidth(piece);
      if (current !== "" && used + glue.length + size > width) {
        lines.push(current);
        current = piece;
        used = size;
      } else {
        current += glue + piece;
        used += glue.length + size;
      }
      glue = "";
    }
  }
  return [...lines, current];
}
