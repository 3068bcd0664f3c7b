/** Words by language, parted by bars: plain text, in lower case. */
export type Words = Readonly<Record<string, string>>;

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** An expression for any of the words, the longest first, so that no word hides a longer one that begins with it. */
export const anyOf = (...lists: readonly Words[]): string =>
  `(?:${lists
    .flatMap((words) => Object.values(words))
    .flatMap((line) => line.split("|"))
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|")})`;
