import { graphemesOf } from "../../graphemes.ts";
import { once } from "../../once.ts";
import { spacelessLetters } from "../../feed/text/spaceless-scripts.ts";

/** Characters of two columns in a fixed-pitch font (UAX #11, the common ranges of classes W and F; U+02EA and U+02EB are Bopomofo, but narrow). */
const wide =
  /(?![\u02EA\u02EB\uFF61-\uFFDC])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

const invisible = /^[\p{M}\p{Cf}]+$/u;

/** Latin, Greek, Cyrillic and general punctuation: one column each. */
const narrow =
  /^[ -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u058F\u2010-\u2027\u2030-\u205E\u20A0-\u20CF]*$/;

/** Characters that form a cluster with others. */
const clustering = /[\p{M}\p{Cf}\p{Emoji_Modifier}\p{Regional_Indicator}\u1100-\u11FF\uFF9E\uFF9F]/u;

/** Emoji presentation selector: an emoji of any kind, such as a keycap, takes two columns (Unicode Technical Standard 51). */
const emojiSelector = "\uFE0F";

/** Scripts without spaces between words: a line may break between any two words. */
export const spaceless = new RegExp(`[${spacelessLetters}\\u3000-\\u303E\\uFF01-\\uFF60]`, "u");

/** Not allowed at the start of a line: closing marks, Japanese small kana and the long vowel mark (JIS X 4051; W3C, clreq and jlreq). */
const notFirst =
  /^[\p{Pe}\p{Pf}\p{M}!%),.:;?\]}’”…、。，．：；？！・％ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々〻]/u;

/** Not allowed at the end of a line: opening marks. */
const notLast = /[\p{Ps}\p{Pi}‘“$¥￥＄]$/u;

const words = once(() => new Intl.Segmenter("und", { granularity: "word" }));

/** Columns of the text in a fixed-pitch font. An emoji sequence counts as one character. */
export function columns(text: string): number {
  if (narrow.test(text)) return text.length;
  let sum = 0;
  if (!clustering.test(text)) {
    for (const character of text) sum += wide.test(character) ? 2 : 1;
    return sum;
  }
  for (const { segment } of graphemesOf(text)) {
    const isWide = wide.test(segment) || segment.includes(emojiSelector);
    sum += invisible.test(segment) ? 0 : isWide ? 2 : spacing(segment);
  }
  return sum;
}

/** Columns of a cluster of narrow characters: halfwidth marks and vowel signs may take one of their own. */
const spacing = (cluster: string): number =>
  Math.max(1, Array.from(cluster.replace(/[\p{Mn}\p{Me}\p{Cf}]/gu, "")).length);

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
  if (columns(word) <= width) return [word];
  const list: string[] = [];
  let current = "";
  let used = 0;
  for (const { segment } of graphemesOf(word)) {
    const size = columns(segment);
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
 * a word or link only if it is wider than the window.
 */
export function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const run of text.split(" ")) {
    let glue = current === "" ? "" : " ";
    for (const piece of pieces(run).flatMap((whole) => splitWord(whole, width))) {
      const size = columns(piece);
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
