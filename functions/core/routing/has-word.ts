import { spacelessLetters } from "../feed/text/spaceless-scripts.ts";

/** Scripts that do not put spaces between words, or attach particles to them. */
const spaceless = `[${spacelessLetters}\\p{Script=Hangul}]`;
const startsSpaceless = new RegExp(`^${spaceless}`, "u");
const endsSpaceless = new RegExp(`${spaceless}$`, "u");

/**
 * Whether a text contains a word or phrase, both folded: between word boundaries in scripts that separate words,
 * anywhere in scripts that do not, such as Chinese, Japanese and Thai.
 */
export function hasWord(text: string, word: string): boolean {
  if (word === "") return false;
  const needsBoundaryBefore = /^[\p{L}\p{N}]/u.test(word) && !startsSpaceless.test(word);
  const needsBoundaryAfter = /[\p{L}\p{N}]$/u.test(word) && !endsSpaceless.test(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    // Two UTF-16 code units hold the neighbouring character, a surrogate pair included.
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + word.length, at + word.length + 2);
    const isJoined =
      (needsBoundaryBefore && /[\p{L}\p{N}\p{M}]$/u.test(before)) ||
      (needsBoundaryAfter && /^[\p{L}\p{N}\p{M}]/u.test(after));
    if (!isJoined) return true;
  }
  return false;
}
