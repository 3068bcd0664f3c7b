import { candidatesIn } from "./stories/candidates.ts";
import { copiesIn } from "./stories/copies.ts";
import { type PairLikelihood, groupsOf } from "./stories/groups.ts";
import { likelihoodOf } from "./stories/likelihood.ts";
import { type Report, type ReportBatch, profilesOf } from "./stories/profiles.ts";

/**
 * Groups reports of the same event, across feeds and within one language. Every index is in exactly one group; groups
 * and their members are in the order of the items. Where the evidence is not clear, reports stay separate.
 *
 * Syndicated copies are always joined. Other reports are joined by the rare words, names, numbers and pairs of words
 * that they share, and kept apart by a different result, number of a series, or date. The weights are learnt; see
 * `test/README.md` for what is reached. Linear in the number of items, apart from a sort.
 */
export function groupStories(items: readonly Report[]): number[][] {
  const batch = profilesOf(items);
  return groupsOf(batch, {
    copies: copiesIn(batch),
    candidates: candidatesIn(batch),
    likelihoodOf: likelihoodIn(batch),
  });
}

/** As `groupStories`, for copies only: the same title but for the site's name, the same first paragraph, or the same page. */
export function groupCopies(items: readonly Report[]): number[][] {
  const batch = profilesOf(items);
  return groupsOf(batch, { copies: copiesIn(batch), candidates: [], likelihoodOf: likelihoodIn(batch) });
}

const likelihoodIn =
  (batch: ReportBatch): PairLikelihood =>
  (first, second) =>
    likelihoodOf(batch.profiles[first]!, batch.profiles[second]!, batch);
