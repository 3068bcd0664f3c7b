import leven from "leven";

/** The known word that an unknown one most likely means. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const maxDistance = Math.max(2, Math.floor(word.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: leven(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= maxDistance && distance < candidate.length)
    .toSorted((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Advice on an unknown word: `did you mean X?` where a known one is similar, else `expected one of X, Y`. */
export function suggestion(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? `expected one of ${known.join(", ")}` : `did you mean ${found}?`;
}
