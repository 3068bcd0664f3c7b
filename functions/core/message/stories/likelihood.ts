import { conflicts, areUnlike, evidenceOf, nameOtherPrices } from "./evidence.ts";
import { isSpaceless } from "./tokens.ts";
import type { ReportBatch, Profile } from "./profiles.ts";
import { spacedWeights, spacelessWeights } from "./weights.ts";

/** The learnt log odds that two reports are about the same event; -Infinity where something contradicts it. */
export function likelihoodOf(a: Profile, b: Profile, batch: ReportBatch): number {
  if (conflicts(a, b) || areUnlike(a, b) || nameOtherPrices(a, b, batch)) return -Infinity;
  const { constant, evidence } = isSpaceless(a.language) ? spacelessWeights : spacedWeights;
  let sum = constant;
  for (const [index, value] of evidenceOf(a, b, batch).entries()) sum += value * evidence[index]!;
  return sum;
}
