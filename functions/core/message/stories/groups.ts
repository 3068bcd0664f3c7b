import type { Pair } from "./copies.ts";
import { likelihoodOf } from "./likelihood.ts";
import type { ReportBatch } from "./profiles.ts";

/** Log odds from which two reports are joined. */
const minLikelihood = 0.7;

/** The same for two reports of one feed, which seldom reports an event twice and often has several on one topic. */
const minLikelihoodInFeed = 3.5;

/** Mean log odds over all pairs of two groups from which they are joined: one similar pair is not enough. */
const minMeanLikelihood = -0.7;

/** Log odds of a pair of copies in that mean. */
const copyLikelihood = 6;

/** Reports of one story at most. */
const maxReports = 20;

/** Joins pairs to groups, the likeliest first, as long as no two members contradict each other. */
export function groupsOf(
  batch: ReportBatch,
  { copies, candidates }: { readonly copies: readonly Pair[]; readonly candidates: readonly Pair[] },
): number[][] {
  const { profiles } = batch;
  const groups = profiles.map((_, at) => [at]);
  const isCopy = new Set(copies.map(([a, b]) => `${a} ${b}`));
  const between = (a: number, b: number): number => {
    if (isCopy.has(a < b ? `${a} ${b}` : `${b} ${a}`)) return copyLikelihood;
    return likelihoodOf(profiles[a]!, profiles[b]!, batch);
  };
  const join = ([a, b]: Pair, isCertain: boolean): void => {
    const [left, right] = [groups[a]!, groups[b]!];
    if (left === right || left.length + right.length > maxReports) return;
    if (!isCertain || left.length > 1 || right.length > 1) {
      let sum = 0;
      for (const one of left)
        for (const other of right) {
          const likelihood = between(one, other);
          if (likelihood === -Infinity) return;
          sum += likelihood;
        }
      if (!isCertain && sum / (left.length * right.length) < minMeanLikelihood) return;
    }
    const joined = [...left, ...right].sort((one, other) => one - other);
    for (const member of joined) groups[member] = joined;
  };
  for (const pair of copies) join(pair, true);
  const likely = candidates
    .map((pair) => ({ pair, likelihood: between(...pair) }))
    .filter(({ pair: [a, b], likelihood }) => {
      const isOneFeed = profiles[a]!.report.feed === profiles[b]!.report.feed;
      return likelihood >= (isOneFeed ? minLikelihoodInFeed : minLikelihood);
    })
    .sort((one, other) => other.likelihood - one.likelihood);
  for (const { pair } of likely) join(pair, false);
  return [...new Set(groups)];
}
