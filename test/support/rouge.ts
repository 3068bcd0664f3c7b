/** Words, or single characters in scripts without spaces. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(token) ?? [];
}

const token =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\p{N}+(?:[.,]\p{N}+)*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}])+/gu;

/** ROUGE-N as F1, 0 to 1 (Lin 2004, section 2). */
export function rouge(n: number, candidate: readonly string[], reference: readonly string[]): number {
  const [left, right] = [counts(n, candidate), counts(n, reference)];
  let shared = 0;
  for (const [gram, count] of left) shared += Math.min(count, right.get(gram) ?? 0);
  const all = sum(left) + sum(right);
  return all === 0 ? 0 : (2 * shared) / all;
}

/** Share of the reference's words, without those of the title, that the candidate contains. */
export function novelty(
  candidate: readonly string[],
  reference: readonly string[],
  title: readonly string[],
): number {
  const fresh = new Set(reference).difference(new Set(title));
  return fresh.size === 0 ? 0 : fresh.intersection(new Set(candidate)).size / fresh.size;
}

function counts(n: number, words: readonly string[]): Map<string, number> {
  const grams = new Map<string, number>();
  for (let i = 0; i + n <= words.length; i += 1) {
    const gram = words.slice(i, i + n).join(" ");
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

const sum = (grams: ReadonlyMap<string, number>): number => grams.values().reduce((a, b) => a + b, 0);
