import { conflicts, areUnlike, evidenceOf } from "./evidence.ts";
import type { ReportBatch, Profile } from "./profiles.ts";
import { spacedWeights, spacelessWeights } from "./weights.ts";

/** Whether the language is written without spaces, so that its terms are pairs of ideographs. */
export const isSpaceless = (language: string): boolean => language === "zh" || language === "ja";

/** The learnt log odds that two reports are about the same event; -Infinity where something contradicts it. */
export function likelihoodOf(a: Profile, b: Profile, batch: ReportBatch): number {
  if (conflicts(a, b) || areUnlike(a, b)) return -Infinity;
  const { constant, evidence } = isSpaceless(a.language) ? spacelessWeights : spacedWeights;
  let sum = constant;
  for (const [index, value] of evidenceOf(a, b, batch).entries()) sum += value * evidence[index]!;
  return sum;
}
