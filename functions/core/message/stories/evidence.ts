import { runsOf } from "./runs.ts";
import { contradicts, isDisjoint } from "./series.ts";
import { similarityOf } from "./event-kinds.ts";
import type { Profile, ReportBatch } from "./profiles.ts";

/** What a comparison of two reports finds; the weights that were learnt are in the same order. */
export const evidenceNames = [
  "rare runs",
  "words",
  "numbers",
  "names with words or numbers",
  "title in the other text",
  "rest of the titles",
  "names only in one title",
  "like titles with other words",
  "share of names and numbers",
  "other amounts",
  "same kinds of events",
  "one feed",
  "later in one feed",
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

/** How much more than the later report the earlier one may look ahead, if both are about one event. */
const maxOutlookBefore = 0.5;

/** Hours after which another text is about another event: only a copy may be older. */
const maxHoursApart = 24;

/**
 * Whether two pieces that are no copies can't be reports of one event: one of them is a column, or only one of them an
 * announcement, or the earlier one looks ahead to what the later one reports, or they are more than a day apart.
 */
export function areUnlike(a: Profile, b: Profile): boolean {
  const hours = a.time === undefined || b.time === undefined ? 0 : Math.abs(a.time - b.time) / 3_600_000;
  return (
    a.isColumn ||
    b.isColumn ||
    a.isAnnouncement !== b.isAnnouncement ||
    hours > maxHoursApart ||
    outlookBefore(a, b) > maxOutlookBefore
  );
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

/** Units of prices: signs, and first letters of words. */
const currency = /^(?:[$€£¥元円圆]|euro|dolla|dólar|pound|peso|frank|franc)/;

/** Part of a title that another one has from which both are in one form, such as announcements of two products. */
const sameForm = 0.6;

/** Whether two titles are in one form and the reports name other prices: a company has announced two products. */
export function nameOtherPrices(a: Profile, b: Profile, { terms }: ReportBatch): boolean {
  for (const [unit, values] of a.amounts) {
    const others = b.amounts.get(unit);
    if (!others || !currency.test(unit) || !isDisjoint(values, others)) continue;
    const inTitles = shared(a.titleTerms, b.titleTerms);
    const weight = inTitles.reduce((sum, index) => sum + terms[index]!.weight, 0);
    return weight >= sameForm * Math.min(a.weights.title, b.weights.title);
  }
  return false;
}

/** Similarity of kinds of events where a report names none. */
const unknownSimilarity = 0.25;

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
  const runs = runsOf(a, b, { terms, inBoth });
  let otherAmounts = 0;
  for (const [unit, values] of a.amounts) {
    const others = b.amounts.get(unit);
    if (others && isDisjoint(values, others)) otherAmounts++;
  }
  const titles = share(weigh(inTitles), Math.min(a.weights.title, b.weights.title));
  const isOneFeed = a.report.feed === b.report.feed;
  const known = [share(weigh(knownA), a.weights.title), share(weigh(knownB), b.weights.title)] as const;
  return [
    Math.log1p(runs.all),
    Math.log1p(runs.words),
    Math.log1p(runs.numbers),
    Math.log1p(Math.min(runs.names, runs.words + runs.numbers)),
    Math.max(...known),
    1 - Math.min(...known),
    Math.log1p(Math.min(unknown(a, knownA), unknown(b, knownB))),
    titles * (1 - Math.max(...known)),
    share(
      weigh(inBoth.filter((index) => terms[index]!.isName || terms[index]!.isNumber)),
      Math.min(a.weights.namesAndNumbers, b.weights.namesAndNumbers),
    ),
    Math.min(2, otherAmounts),
    similarityOf(a.kinds, b.kinds) ?? unknownSimilarity,
    isOneFeed ? 1 : 0,
    isOneFeed ? Math.min(1, halfDaysBetween(a, b)) : 0,
    Math.max(0, Math.min(3, halfDaysBetween(a, b) - 1)),
  ];
}

/** How much more the earlier report looks ahead, from 0 to 1; 0 for reports of one hour. */
function outlookBefore(a: Profile, b: Profile): number {
  if (a.time === undefined || b.time === undefined || Math.abs(a.time - b.time) < 3_600_000) return 0;
  const [earlier, later] = a.time < b.time ? [a, b] : [b, a];
  return Math.max(0, earlier.outlook - later.outlook);
}

/** 0.5 where a time is unknown. */
const halfDaysBetween = (a: Profile, b: Profile): number =>
  a.time === undefined || b.time === undefined ? 0.5 : (2 * Math.abs(a.time - b.time)) / millisecondsPerDay;
