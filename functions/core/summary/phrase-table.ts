/** Phrases by language, separated by bars: plain text, in lower case. */
export type PhraseTable = Readonly<Record<string, string>>;

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The source of an expression that matches any of the phrases; longer phrases are tried first. */
export const anyOf = (...tables: readonly PhraseTable[]): string =>
  `(?:${tables
    .flatMap((table) => Object.values(table))
    .flatMap((line) => line.split("|"))
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|")})`;
