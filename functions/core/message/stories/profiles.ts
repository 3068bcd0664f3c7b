import { detectLanguage } from "../../summary/language/detect-language.ts";
import { type Genre, genreOf } from "./genres.ts";
import { type Labels, labelsOf, scoresOf } from "./series.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { withoutSiteName } from "./titles.ts";

/** What is compared of an entry. */
export interface Report {
  readonly title: string;
  readonly summary: string;
  /** The feed's slug or title: reports of one feed are compared more strictly. */
  readonly feed: string;
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
  readonly pairs: ReadonlySet<string>;
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
const assumedCounts = { word: 4, name: 0.5, ideographs: 1.5, digit: 8, digits: 3, number: 0.7 } as const;

interface TermCount {
  readonly token: Token;
  readonly language: string;
  readonly index: number;
  count: number;
  last: number;
  /** Occurrences within a sentence, and those of them that start with a capital. */
  placed: number;
  capitals: number;
}

/** Reads the reports of a batch. The time is linear in their number. */
export function profilesOf(reports: readonly Report[]): ReportBatch {
  const counts = new Map<string, TermCount>();
  const profiles = reports.map((report, at) =>
    profileOf(report, (token, language) => count(counts, { token, language, at })),
  );
  const inLanguage = new Map<string, number>();
  for (const { language } of profiles) inLanguage.set(language, (inLanguage.get(language) ?? 0) + 1);
  const terms: Term[] = [];
  for (const term of counts.values()) terms[term.index] = termOf(term, inLanguage.get(term.language) ?? 0);
  return { profiles, terms };
}

/** Counts a token of the report at `at`; returns the index of its term. */
function count(
  counts: Map<string, TermCount>,
  { token, language, at }: { readonly token: Token; readonly language: string; readonly at: number },
): number {
  const key = `${language} ${token.key}`;
  let term = counts.get(key);
  if (!term)
    counts.set(
      key,
      (term = { token, language, index: counts.size, count: 0, last: -1, placed: 0, capitals: 0 }),
    );
  if (term.last !== at) term.count++;
  term.last = at;
  if (token.isName !== undefined) term.placed++;
  if (token.isName === true) term.capitals++;
  return term.index;
}

function termOf({ token, count, placed, capitals }: TermCount, reports: number): Term {
  const isNumber = token.kind === "number";
  const isName = placed > 0 ? capitals * 2 > placed : /\p{L}\d|\d\p{L}/u.test(token.key);
  const assumed = isNumber
    ? ([assumedCounts.digit, assumedCounts.digits][token.key.length - 2] ?? assumedCounts.number)
    : isName
      ? assumedCounts.name
      : /^\p{Script=Han}/u.test(token.key)
        ? assumedCounts.ideographs
        : assumedCounts.word;
  return {
    weight: Math.log((Math.min(reports, maxCounted) + assumedReports) / (count + assumed)),
    isName,
    isNumber,
    count,
  };
}

function profileOf(report: Report, index: (token: Token, language: string) => number): Profile {
  const tag = report.language ?? detectLanguage(`${report.title}\n${report.summary}`);
  const language = tag?.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const title = withoutSiteName(report.title, report.feed);
  const inTitle = tokensOf(title, language);
  const inSummary = tokensOf(report.summary, language);
  const titleTerms = new Set<number>();
  const terms = new Set<number>();
  const pairs = new Set<string>();
  const amounts = new Map<string, Set<string>>();
  const sequences = [inTitle, inSummary].map((tokens) => {
    const sequence: number[] = [];
    let before: number | undefined;
    for (const token of tokens) {
      const term = index(token, language);
      sequence.push(term);
      terms.add(term);
      if (tokens === inTitle) titleTerms.add(term);
      if (before !== undefined) pairs.add(`${before} ${term}`);
      before = term;
      if (token.unit) {
        const values = amounts.get(token.unit);
        if (values) values.add(token.key);
        else amounts.set(token.unit, new Set([token.key]));
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
    amounts,
    genre: genreOf(title, report.summary),
    labels: labelsOf(title, report.summary),
    scores: scoresOf(`${title}\n${report.summary.slice(0, 600)}`),
  };
}

const ascending = (indexes: Iterable<number>): readonly number[] => [...indexes].sort((a, b) => a - b);
