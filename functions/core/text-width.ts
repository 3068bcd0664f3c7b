import { graphemesOf } from "./graphemes.ts";

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

/** Columns of the text in a fixed-pitch font. An emoji sequence counts as one character. */
export function textWidth(text: string): number {
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
