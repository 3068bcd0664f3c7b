import { contradicts, isDisjoint } from "./series.ts";
import type { Profile, ReportBatch, Term } from "./profiles.ts";

/** What a comparison of two reports finds; the weights that were learnt are in the same order. */
export const evidenceNames = [
  "shared part of the titles",
  "shared part of the texts",
  "rare runs",
  "words",
  "numbers",
  "names with words or numbers",
  "title in the other text",
  "rest of the titles",
  "names only in one title",
  "like titles with other names",
  "like titles with other words",
  "share of names and numbers",
  "other amounts",
  "more than half a day apart",
] as const;

const millisecondsPerDay = 86_400_000;

/** Reports more than this apart are about different events. */
const maxDaysApart = 2;

/** Shared terms of two ascending lists. */
function shared(a: readonly number[], b: readonly number[]): number[] {
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) both.push(left);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return both;
}

/** Hours after which another text is about another event: only a copy may be older. */
const maxHoursApart = 24;

/**
 * Whether two pieces that are no copies can't be reports of one event: one of them is not a report, or only one of them
 * an announcement, or they are more than a day apart.
 */
export function areUnlike(a: Profile, b: Profile): boolean {
  const hours = a.time === undefined || b.time === undefined ? 0 : Math.abs(a.time - b.time) / 3_600_000;
  return a.genre !== b.genre || a.genre === "other" || hours > maxHoursApart;
}

/** Hours after which a report without a result is not about the match that a later report has the result of. */
const maxHoursToResult = 3;

/** Whether only the later of two reports has a result, and the other one is from before the match. */
function isBeforeResult(a: Profile, b: Profile): boolean {
  if (a.time === undefined || b.time === undefined) return false;
  const [earlier, later] = a.time <= b.time ? [a, b] : [b, a];
  const hours = (later.time! - earlier.time!) / 3_600_000;
  return hours > maxHoursToResult && later.scores.size > 0 && earlier.scores.size === 0;
}

/** Whether something in two reports shows that they are about different events: language, date, number in a series, or result. */
export function conflicts(a: Profile, b: Profile): boolean {
  if (a.language !== b.language) return true;
  if (
    a.time !== undefined &&
    b.time !== undefined &&
    Math.abs(a.time - b.time) > maxDaysApart * millisecondsPerDay
  )
    return true;
  return contradicts(a.labels, b.labels) || isDisjoint(a.scores, b.scores) || isBeforeResult(a, b);
}

/** What two texts share: rarity above that of a topic's words. */
interface Runs {
  readonly all: number;
  readonly names: number;
  readonly words: number;
  readonly numbers: number;
}

/** Whether two reports have the same number with different units or nouns after it. */
const countsOtherThings = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a !== undefined && b !== undefined && isDisjoint(a, b);

/** Whether a report has a term directly after another one. */
const areAdjacent = ({ sequences }: Profile, first: number, second: number): boolean =>
  sequences.some((sequence) => {
    for (let at = sequence.indexOf(first); at >= 0; at = sequence.indexOf(first, at + 1))
      if (sequence[at + 1] === second) return true;
    return false;
  });

/** One unit for each run of adjacent tokens: a name of two words is one piece of evidence, not two. */
function runsOf(a: Profile, b: Profile, { terms }: ReportBatch): Runs {
  const found = { all: 0, names: 0, words: 0, numbers: 0 };
  const others = new Set(b.terms);
  const seen = new Set<number>();
  for (const sequence of a.sequences) {
    let before = -1;
    let best: Term | undefined;
    let number = -1;
    const end = (): void => {
      if (!best) return;
      const part = best.isNumber && countsOtherThings(a.units.get(number), b.units.get(number)) ? 0.4 : 1;
      const rarity = part * Math.max(0, best.weight - commonWeight);
      found.all += rarity;
      found[best.isNumber ? "numbers" : best.isName ? "names" : "words"] += rarity;
      best = undefined;
    };
    for (const index of sequence) {
      const isShared = others.has(index);
      if (!isShared || before < 0 || !areAdjacent(b, before, index)) end();
      before = isShared ? index : -1;
      if (!isShared || seen.has(index)) continue;
      seen.add(index);
      const term = terms[index]!;
      if (!best || term.weight > best.weight) [best, number] = [term, index];
    }
    end();
  }
  return found;
}

/** Weight up to which a term is a topic's word rather than an event's. */
const commonWeight = 3;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The evidence for and against two reports being about the same event, in the order of `evidenceNames`. */
export function evidenceOf(a: Profile, b: Profile, batch: ReportBatch): readonly number[] {
  const { terms } = batch;
  const weigh = (indexes: readonly number[]): number => {
    let sum = 0;
    for (const index of indexes) sum += terms[index]!.weight;
    return sum;
  };
  const inBoth = shared(a.terms, b.terms);
  const inTitles = shared(a.titleTerms, b.titleTerms);
  const [knownA, knownB] = [shared(a.titleTerms, b.terms), shared(b.titleTerms, a.terms)];
  const unknown = (title: Profile, known: readonly number[]): number =>
    title.weights.titleNames - weigh(known.filter((index) => terms[index]!.isName));
  const runs = runsOf(a, b, batch);
  let otherAmounts = 0;
  for (const [unit, values] of a.amounts) {
    const others = b.amounts.get(unit);
    if (others && isDisjoint(values, others)) otherAmounts++;
  }
  const days =
    a.time === undefined || b.time === undefined ? 0.25 : Math.abs(a.time - b.time) / millisecondsPerDay;
  const titles = share(weigh(inTitles), Math.min(a.weights.title, b.weights.title));
  const otherNames = Math.log1p(Math.min(unknown(a, knownA), unknown(b, knownB)));
  const known = [share(weigh(knownA), a.weights.title), share(weigh(knownB), b.weights.title)] as const;
  return [
    titles,
    share(weigh(inBoth), Math.min(a.weights.text, b.weights.text)),
    Math.log1p(runs.all),
    Math.log1p(runs.words),
    Math.log1p(runs.numbers),
    Math.log1p(Math.min(runs.names, runs.words + runs.numbers)),
    Math.max(...known),
    1 - Math.min(...known),
    otherNames,
    titles * otherNames,
    titles * (1 - Math.max(...known)),
    share(
      weigh(inBoth.filter((index) => terms[index]!.isName || terms[index]!.isNumber)),
      Math.min(a.weights.namesAndNumbers, b.weights.namesAndNumbers),
    ),
    Math.min(2, otherAmounts),
    Math.max(0, Math.min(2, days) - 0.5),
  ];
}
