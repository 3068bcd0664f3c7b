import type { Pair } from "./copies.ts";
import type { ReportBatch } from "./profiles.ts";

/** Reports that a term may have to bring them together: a more frequent one is a topic, not an event. */
const maxReports = 20;

/** Reports that one report is compared with at most. */
const maxCandidates = 24;

/** Shared weight from which a pair is compared: two rare terms. */
const minWeight = 6;

/**
 * Pairs that share rare terms, found over an index from terms to reports. At most 24 of a report, those that share the
 * most: time and memory are linear in the number of reports.
 */
export function candidatesIn({ profiles, terms }: ReportBatch): readonly Pair[] {
  const reports: number[][] = [];
  const pairs: Pair[] = [];
  for (const [at, profile] of profiles.entries()) {
    const weights = new Map<number, number>();
    for (const index of profile.terms) {
      const { count, weight } = terms[index]!;
      if (count < 2 || count > maxReports) continue;
      const earlier = (reports[index] ??= []);
      for (const other of earlier) weights.set(other, (weights.get(other) ?? 0) + weight);
      earlier.push(at);
    }
    const best = [...weights].filter(([, weight]) => weight >= minWeight);
    if (best.length > maxCandidates) best.sort((a, b) => b[1] - a[1]);
    for (const [other] of best.slice(0, maxCandidates)) pairs.push([other, at]);
  }
  return pairs;
}
