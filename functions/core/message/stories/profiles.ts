import { detectLanguage } from "../../summary/language/detect-language.ts";
import { type Genre, genreOf } from "./genres.ts";
import { type Labels, labelsOf, scoresOf } from "./series.ts";
import { type Token, isTopicWord, tokensOf } from "./tokens.ts";
import { withoutSiteName } from "./titles.ts";

/** What is compared of an entry. */
export interface Report {
  readonly title: string;
  readonly summary: string;
  /** The feed's slug or name: reports of one feed are compared more strictly. */
  readonly feed: string;
  /** The name that titles may carry, if it is another one than `feed`. */
  readonly site?: string | undefined;
  /** BCP 47; detected from the text where it is absent. */
  readonly language?: string | undefined;
  /** ISO 8601. */
  readonly date?: string | undefined;
  readonly link?: string | undefined;
}

/** A report's tokens with their weights, and everything else that its comparison reads. */
export interface Profile {
  readonly report: Report;
  /** Without the site's name. */
  readonly title: string;
  /** Primary subtag; empty if it is unknown. */
  readonly language: string;
  /** Epoch milliseconds; `undefined` without a valid date. */
  readonly time: number | undefined;
  /** Indexes of the title's tokens, ascending. */
  readonly titleTerms: readonly number[];
  /** Indexes of the tokens of title and summary, ascending. */
  readonly terms: readonly number[];
  /** The tokens of the title, and those of the summary, in their order. */
  readonly sequences: readonly (readonly number[])[];
  /** Pairs of adjacent tokens. */
  readonly pairs: ReadonlySet<number>;
  /** What a number counts, by its term. */
  readonly units: ReadonlyMap<number, ReadonlySet<string>>;
  /** Values by unit. */
  readonly amounts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly genre: Genre;
  readonly labels: Labels;
  readonly scores: ReadonlySet<string>;
}

/** A token of the batch. */
export interface Term {
  readonly weight: number;
  readonly isName: boolean;
  readonly isNumber: boolean;
  /** Number of reports that have it. */
  readonly count: number;
}

/** A number for two adjacent terms. */
export const pairOf = (first: number, second: number): number => first * 2 ** 26 + second;

/** All reports of a batch, and the terms that their indexes refer to. */
export interface ReportBatch {
  readonly profiles: readonly Profile[];
  readonly terms: readonly Term[];
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

interface TermCount {
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
interface LanguageTerms {
  /** Primary subtag. */
  readonly name: string;
  readonly byKey: Map<string, TermCount>;
  reports: number;
}

/** Reads the reports of a batch. The time is linear in their number. */
export function profilesOf(reports: readonly Report[]): ReportBatch {
  const languages = new Map<string, LanguageTerms>();
  const counts: TermCount[] = [];
  const profiles = reports.map((report, at) =>
    profileOf(report, (name) => {
      let language = languages.get(name);
      if (!language) languages.set(name, (language = { name, byKey: new Map(), reports: 0 }));
      language.reports++;
      return (token) => count(counts, { token, language, at });
    }),
  );
  return { profiles, terms: counts.map(termOf) };
}

/** Counts a token of the report at `at`; returns the index of its term. */
function count(
  counts: TermCount[],
  { token, language, at }: { readonly token: Token; readonly language: LanguageTerms; readonly at: number },
): number {
  let term = language.byKey.get(token.key);
  if (!term) {
    term = { token, language, index: counts.length, count: 0, last: -1, placed: 0, capitals: 0 };
    language.byKey.set(token.key, term);
    counts.push(term);
  }
  if (term.last !== at) term.count++;
  term.last = at;
  if (token.isName !== undefined) term.placed++;
  if (token.isName === true) term.capitals++;
  return term.index;
}

function termOf({ token, language, count, placed, capitals }: TermCount): Term {
  const isNumber = token.kind === "number";
  const isName = placed > 0 ? capitals * 2 > placed : /\p{L}\d|\d\p{L}/u.test(token.key);
  const assumed = isNumber
    ? ([assumedCounts.digit, assumedCounts.digits][token.key.length - 2] ?? assumedCounts.number)
    : isTopicWord(token.key, language.name)
      ? assumedCounts.topic
      : isName
        ? assumedCounts.name
        : /^\p{Script=Han}/u.test(token.key)
          ? assumedCounts.ideographs
          : assumedCounts.word;
  return {
    weight: Math.log((Math.min(language.reports, maxCounted) + assumedReports) / (count + assumed)),
    isName,
    isNumber,
    count,
  };
}

/** `indexes`: for a language, the function that counts a token and returns the index of its term. */
function profileOf(report: Report, indexes: (language: string) => (token: Token) => number): Profile {
  const tag = report.language ?? detectLanguage(`${report.title}\n${report.summary}`);
  const language = tag?.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const title = withoutSiteName(report.title, report.site ?? report.feed);
  const inTitle = tokensOf(title, language);
  const inSummary = tokensOf(report.summary, language);
  const indexOf = indexes(language);
  const titleTerms = new Set<number>();
  const terms = new Set<number>();
  const pairs = new Set<number>();
  const units = new Map<number, Set<string>>();
  const amounts = new Map<string, Set<string>>();
  const sequences = [inTitle, inSummary].map((tokens) => {
    const sequence: number[] = [];
    let before: number | undefined;
    for (const token of tokens) {
      const term = indexOf(token);
      sequence.push(term);
      terms.add(term);
      if (tokens === inTitle) titleTerms.add(term);
      if (before !== undefined) pairs.add(pairOf(before, term));
      before = term;
      if (token.unit) {
        addTo(units, term, token.unit);
        addTo(amounts, token.unit, token.key);
      }
    }
    return sequence;
  });
  const time = report.date === undefined ? Number.NaN : Date.parse(report.date);
  return {
    report,
    title,
    language,
    time: Number.isNaN(time) ? undefined : time,
    titleTerms: ascending(titleTerms),
    terms: ascending(terms),
    sequences,
    pairs,
    units,
    amounts,
    genre: genreOf(title, report.summary),
    labels: labelsOf(title, report.summary),
    scores: scoresOf(`${title}\n${report.summary.slice(0, 600)}`),
  };
}

const ascending = (indexes: Iterable<number>): readonly number[] => [...indexes].sort((a, b) => a - b);

function addTo<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const values = sets.get(key);
  if (values) values.add(value);
  else sets.set(key, new Set([value]));
}
