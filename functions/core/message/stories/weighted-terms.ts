import { characterClass, classAt } from "./characters.ts";
import type { KindsByKey } from "./event-kinds.ts";
import type { Token, TokenizedText } from "./tokens.ts";

/** A token of the batch. */
export interface Term {
  readonly weight: number;
  readonly isName: boolean;
  readonly isNumber: boolean;
  /** Number of reports that have it. */
  readonly count: number;
}

/** Reports that a term's rarity assumes besides the batch, so that it says something in a batch of five too. */
const assumedReports = 200;

/** Reports of a batch that count: in a larger one, more reports share rare terms by chance. */
const maxCounted = 100;

/** Reports of the assumed ones that have a term, by its kind. */
const assumedCounts = {
  topic: 20,
  word: 4,
  name: 0.5,
  ideographs: 1.5,
  digit: 8,
  digits: 3,
  number: 0.7,
} as const;

export interface TermCount {
  readonly token: Token;
  readonly language: LanguageTerms;
  readonly index: number;
  count: number;
  /** The last report that has it. */
  last: number;
  /** Occurrences within a sentence, and those of them that start with a capital. */
  placed: number;
  capitals: number;
}

/** The terms of the reports in one language. */
export interface LanguageTerms {
  readonly tokenize: (text: string) => TokenizedText;
  readonly topics: ReadonlySet<string>;
  readonly kinds: KindsByKey;
  readonly byKey: Map<string, TermCount>;
  reports: number;
}

/** Counts a token of the report at `at`; returns its term, and whether the report has it for the first time. */
export function countToken(
  counts: TermCount[],
  { token, language, at }: { readonly token: Token; readonly language: LanguageTerms; readonly at: number },
): { readonly index: number; readonly isFirst: boolean } {
  let term = language.byKey.get(token.key);
  if (!term) {
    term = { token, language, index: counts.length, count: 0, last: -1, placed: 0, capitals: 0 };
    language.byKey.set(token.key, term);
    counts.push(term);
  }
  const isFirst = term.last !== at;
  if (isFirst) term.count++;
  term.last = at;
  if (token.isName !== undefined) term.placed++;
  if (token.isName === true) term.capitals++;
  return { index: term.index, isFirst };
}

export function termOf({ token, language, count, placed, capitals }: TermCount): Term {
  const isNumber = token.kind === "number";
  const isIdeographs = classAt(token.key, 0) === characterClass.han;
  const isName = placed > 0 ? capitals * 2 > placed : !isIdeographs && /\p{L}\d|\d\p{L}/u.test(token.key);
  const assumed = isNumber
    ? ([assumedCounts.digit, assumedCounts.digits][token.key.length - 2] ?? assumedCounts.number)
    : language.topics.has(token.key)
      ? assumedCounts.topic
      : isName
        ? assumedCounts.name
        : isIdeographs
          ? assumedCounts.ideographs
          : assumedCounts.word;
  return {
    weight: Math.log((Math.min(language.reports, maxCounted) + assumedReports) / (count + assumed)),
    isName,
    isNumber,
    count,
  };
}
