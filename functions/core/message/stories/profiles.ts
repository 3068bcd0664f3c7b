import { detectLanguage } from "../../summary/language/detect-language.ts";
import { type EventKinds, type KindsByKey, addKinds, kindsByKey } from "./event-kinds.ts";
import { isColumn } from "./columns.ts";
import { type Labels, labelsOf, scoresOf } from "./series.ts";
import { isAnnouncement, outlookOf } from "./outlook.ts";
import { type Token, type TokenizedText, tokenizerOf } from "./tokens.ts";
import { topicKeys } from "./word-keys.ts";
import { type LanguageTerms, type Term, type TermCount, countToken, termOf } from "./weighted-terms.ts";
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
  /** About no event of its own, such as an overview or an opinion. */
  readonly isColumn: boolean;
  readonly kinds: EventKinds;
  readonly isAnnouncement: boolean;
  /** How much it looks ahead, from 0 to 1. */
  readonly outlook: number;
  readonly labels: Labels;
  readonly scores: ReadonlySet<string>;
  readonly weights: ProfileWeights;
}

/** Summed weights of a report's terms. */
interface ProfileWeights {
  readonly title: number;
  readonly titleNames: number;
  readonly namesAndNumbers: number;
}

/** All reports of a batch, and the terms that their indexes refer to. */
export interface ReportBatch {
  readonly profiles: readonly Profile[];
  readonly terms: readonly Term[];
}

/** Reads the reports of a batch. The time is linear in their number. */
export function profilesOf(reports: readonly Report[]): ReportBatch {
  const languages = new Map<string, LanguageTerms>();
  const counts: TermCount[] = [];
  const languageOf = (name: string): LanguageTerms => {
    let language = languages.get(name);
    if (!language) {
      language = {
        tokenize: tokenizerOf(name),
        topics: topicKeys(name),
        kinds: kindsByKey(name),
        byKey: new Map(),
        reports: 0,
      };
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
      kinds: language.kinds,
      count: (token) => countToken(counts, { token, language, at }),
    });
  });
  const terms = counts.map(termOf);
  const profiles = readings.map((reading) => ({
    ...reading,
    weights: weightsOf(reading, terms),
  }));
  return { profiles, terms };
}

type Reading = Omit<Profile, "weights">;

interface Reader {
  readonly tokenize: (text: string) => TokenizedText;
  readonly kinds: KindsByKey;
  readonly count: (token: Token) => { readonly index: number; readonly isFirst: boolean };
}

/** UTF-16 code units of a summary that are read. */
const maxRead = 600;

function readingOf(report: Report, language: string, { tokenize, kinds: kindsOf, count }: Reader): Reading {
  const title = withoutSiteName(report.title, report.site ?? report.feed);
  const head = title.normalize("NFKC");
  const summary = report.summary.slice(0, maxRead).normalize("NFKC");
  const text = `${head}\n${summary}`;
  const terms: number[] = [];
  const units = new Map<number, Set<string>>();
  const amounts = new Map<string, Set<string>>();
  const kinds = new Map<number, number>();
  const sequenceOf = ({ tokens }: TokenizedText, kindCount: number): readonly number[] =>
    tokens.map((token) => {
      addKinds(kinds, kindsOf.get(token.key), kindCount);
      const { index, isFirst } = count(token);
      if (isFirst) terms.push(index);
      if (token.unit !== "") {
        addTo(units, index, token.unit);
        addTo(amounts, token.unit, token.key);
      }
      return index;
    });
  const [inTitle, inSummary] = [tokenize(head), tokenize(summary)];
  const sequenceOfTitle = sequenceOf(inTitle, 2);
  const titleTerms = [...terms];
  const sequences = [sequenceOfTitle, sequenceOf(inSummary, 1)];
  const announces = isAnnouncement(language, head, summary);
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
    kinds,
    isColumn: isColumn(head),
    isAnnouncement: announces,
    outlook: announces ? 1 : outlookOf(language, head, summary),
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
  const weights = { title: 0, titleNames: 0, namesAndNumbers: 0 };
  for (const index of titleTerms) {
    const { weight, isName } = terms[index]!;
    weights.title += weight;
    if (isName) weights.titleNames += weight;
  }
  for (const index of all) {
    const { weight, isName, isNumber } = terms[index]!;
    if (isName || isNumber) weights.namesAndNumbers += weight;
  }
  return weights;
}

function addTo<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const values = sets.get(key);
  if (values) values.add(value);
  else sets.set(key, new Set([value]));
}
