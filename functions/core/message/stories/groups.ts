import type { Pair } from "./copies.ts";
import type { ReportBatch } from "./profiles.ts";

/** Log odds that two reports, by their indexes in the batch, are about one event. */
export type PairLikelihood = (first: number, second: number) => number;

/** Log odds from which two reports are joined. */
const minLikelihood = 1.05;

/** The same for two reports of one feed at about the same time: the feed takes them for two stories. */
const minLikelihoodInFeed = 5.65;

/** Log odds from which two reports of one feed may get into one group by the report of another feed. */
const minLikelihoodByOthers = -0.85;

/** Hours after which a feed may update its report in another entry. */
const minHoursToUpdate = 2;

/** Mean log odds over all pairs of two groups from which they are joined: one similar pair is not enough. */
const minMeanLikelihood = 0.55;

/** Log odds of a pair of copies in that mean. */
const copyLikelihood = 6;

/** Reports of one story at most. */
const maxReports = 20;

/** Joins pairs to groups, the likeliest first, as long as no two members contradict each other. */
export function groupsOf(
  batch: ReportBatch,
  {
    copies,
    candidates,
    likelihoodOf,
  }: {
    readonly copies: readonly Pair[];
    readonly candidates: readonly Pair[];
    readonly likelihoodOf: PairLikelihood;
  },
): number[][] {
  const { profiles } = batch;
  const groups = profiles.map((_, at) => [at]);
  const isCopy = new Set(copies.map(([a, b]) => `${a} ${b}`));
  /** Log odds of a pair; -Infinity where they must not be joined. */
  const between = (a: number, b: number, minInFeed: number): number => {
    if (isCopy.has(a < b ? `${a} ${b}` : `${b} ${a}`)) return copyLikelihood;
    const [one, other] = [profiles[a]!, profiles[b]!];
    const likelihood = likelihoodOf(a, b);
    if (one.report.feed !== other.report.feed) return likelihood;
    return likelihood < minInFeed ? -Infinity : likelihood;
  };
  /** Whether two reports of one feed are so far apart that the later one may update the other. */
  const mayUpdate = (a: number, b: number): boolean => {
    const [one, other] = [profiles[a]!.time, profiles[b]!.time];
    return one !== undefined && other !== undefined && Math.abs(one - other) >= minHoursToUpdate * 3_600_000;
  };
  const join = ([a, b]: Pair, isCertain: boolean): void => {
    const [left, right] = [groups[a]!, groups[b]!];
    if (left === right || left.length + right.length > maxReports) return;
    if (!isCertain || left.length > 1 || right.length > 1) {
      let sum = 0;
      for (const one of left) for (const other of right) sum += between(one, other, minLikelihoodByOthers);
      if (sum === -Infinity) return;
      if (!isCertain && sum / (left.length * right.length) < minMeanLikelihood) return;
    }
    const joined = [...left, ...right].sort((one, other) => one - other);
    for (const member of joined) groups[member] = joined;
  };
  for (const pair of copies) join(pair, true);
  const likely = candidates
    .map((pair) => ({
      pair,
      likelihood: between(...pair, mayUpdate(...pair) ? minLikelihood : minLikelihoodInFeed),
    }))
    .filter(({ likelihood }) => likelihood >= minLikelihood)
    .sort((one, other) => other.likelihood - one.likelihood);
  for (const { pair } of likely) join(pair, false);
  return [...new Set(groups)];
}
