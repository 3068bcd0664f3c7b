import leven from "leven";

/** Advice on an unknown word: `did you mean X?` where a known one is similar, else `expected one of X, Y`. */
export function suggestion(word: string, known: readonly string[]): string {
  const lower = word.toLowerCase();
  const maxDistance = Math.max(2, Math.floor(word.length / 3));
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: leven(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= maxDistance && distance < candidate.length)
    .toSorted((a, b) => a.distance - b.distance);
  return nearest ? `did you mean ${nearest.candidate}?` : `expected one of ${known.join(", ")}`;
}
