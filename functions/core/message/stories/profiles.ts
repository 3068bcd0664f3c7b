import { detectLanguage } from "../../summary/language/detect-language.ts";
import { characterClass, classAt } from "./characters.ts";
import { type Genre, genreOf } from "./genres.ts";
import { type Labels, labelsOf, scoresOf } from "./series.ts";
import { type Token, type TokenizedText, tokenizerOf, topicKeys } from "./tokens.ts";
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
  /** What a number counts, by its term. */
  readonly units: ReadonlyMap<number, ReadonlySet<string>>;
  /** Values by unit. */
  readonly amounts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly genre: Genre;
  readonly labels: Labels;
  readonly scores: ReadonlySet<string>;
  readonly weights: ProfileWeights;
}

/** Summed weights of a report's terms. */
interface ProfileWeights {
  readonly title: number;
  readonly titleNames: number;
  readonly text: number;
  readonly namesAndNumbers: number;
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
  readonly tokenize: (text: string) => TokenizedText;
  readonly topics: ReadonlySet<string>;
  readonly byKey: Map<string, TermCount>;
  reports: number;
}

/** Reads the reports of a batch. The time is linear in their number. */
export function profilesOf(reports: readonly Report[]): ReportBatch {
  const languages = new Map<string, LanguageTerms>();
  const counts: TermCount[] = [];
  const languageOf = (name: string): LanguageTerms => {
    let language = languages.get(name);
    if (!language) {
      language = { tokenize: tokenizerOf(name), topics: topicKeys(name), byKey: new Map(), reports: 0 };
      languages.set(name, language);
    }
    return language;
  };
  const readings = reports.map((report, at) => {
    const tag = report.language ?? detectLanguage(`${report.title}\n${report.summary}`);
    const name = tag?.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
    const language = languageOf(name);
    language.reports++;
    return readingOf(report, name, {
      tokenize: language.tokenize,
      count: (token) => count(counts, { token, language, at }),
    });
  });
  const terms = counts.map(termOf);
  return { profiles: readings.map((reading) => ({ ...reading, weights: weightsOf(reading, terms) })), terms };
}

/** Counts a token of the report at `at`; returns its term, and whether the report has it for the first time. */
function count(
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

function termOf({ token, language, count, placed, capitals }: TermCount): Term {
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

type Reading = Omit<Profile, "weights">;

interface Reader {
  readonly tokenize: (text: string) => TokenizedText;
  readonly count: (token: Token) => { readonly index: number; readonly isFirst: boolean };
}

/** UTF-16 code units of a summary that are read. */
const maxRead = 600;

function readingOf(report: Report, language: string, { tokenize, count }: Reader): Reading {
  const title = withoutSiteName(report.title, report.site ?? report.feed);
  const head = title.normalize("NFKC");
  const summary = report.summary.slice(0, maxRead).normalize("NFKC");
  const text = `${head}\n${summary}`;
  const terms: number[] = [];
  const units = new Map<number, Set<string>>();
  const amounts = new Map<string, Set<string>>();
  const sequenceOf = ({ tokens }: TokenizedText): readonly number[] =>
    tokens.map((token) => {
      const { index, isFirst } = count(token);
      if (isFirst) terms.push(index);
      if (token.unit !== "") {
        addTo(units, index, token.unit);
        addTo(amounts, token.unit, token.key);
      }
      return index;
    });
  const [inTitle, inSummary] = [tokenize(head), tokenize(summary)];
  const sequenceOfTitle = sequenceOf(inTitle);
  const titleTerms = [...terms];
  const sequences = [sequenceOfTitle, sequenceOf(inSummary)];
  const time = report.date === undefined ? Number.NaN : Date.parse(report.date);
  return {
    report,
    title,
    language,
    time: Number.isNaN(time) ? undefined : time,
    titleTerms: ascending(titleTerms),
    terms: ascending(terms),
    sequences,
    units,
    amounts,
    genre: genreOf(head, summary),
    labels: labelsOf(head, text, [...inTitle.counted, ...inSummary.counted]),
    scores: scoresOf(text),
  };
}

/** Sorts in place by insertion: most indexes are in order, because a new term has the highest one. */
function ascending(indexes: number[]): readonly number[] {
  for (let at = 1; at < indexes.length; at++) {
    const index = indexes[at]!;
    let to = at;
    for (; to > 0 && indexes[to - 1]! > index; to--) indexes[to] = indexes[to - 1]!;
    indexes[to] = index;
  }
  return indexes;
}

function weightsOf({ titleTerms, terms: all }: Reading, terms: readonly Term[]): ProfileWeights {
  const weights = { title: 0, titleNames: 0, text: 0, namesAndNumbers: 0 };
  for (const index of titleTerms) {
    const { weight, isName } = terms[index]!;
    weights.title += weight;
    if (isName) weights.titleNames += weight;
  }
  for (const index of all) {
    const { weight, isName, isNumber } = terms[index]!;
    weights.text += weight;
    if (isName || isNumber) weights.namesAndNumbers += weight;
  }
  return weights;
}

function addTo<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const values = sets.get(key);
  if (values) values.add(value);
  else sets.set(key, new Set([value]));
}
