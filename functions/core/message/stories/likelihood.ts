import { conflicts, areUnlike, evidenceOf, nameOtherPrices } from "./evidence.ts";
import { isSpaceless } from "./tokens.ts";
import type { ReportBatch, Profile } from "./profiles.ts";
import { type Weights, spacedWeights, spacelessWeights } from "./weights.ts";

/** The evidence that two reports are about the same event; `undefined` where something contradicts it. */
export function evidenceUnlessOpposed(
  a: Profile,
  b: Profile,
  batch: ReportBatch,
): readonly number[] | undefined {
  if (conflicts(a, b) || areUnlike(a, b) || nameOtherPrices(a, b, batch)) return undefined;
  return evidenceOf(a, b, batch);
}

/** Log odds of an evidence. */
export function weighEvidence(values: readonly number[], { constant, evidence }: Weights): number {
  let sum = constant;
  for (const [index, value] of values.entries()) sum += value * evidence[index]!;
  return sum;
}

/** The learnt log odds that two reports are about the same event; -Infinity where something contradicts it. */
export function likelihoodOf(a: Profile, b: Profile, batch: ReportBatch): number {
  const values = evidenceUnlessOpposed(a, b, batch);
  return values
    ? weighEvidence(values, isSpaceless(a.language) ? spacelessWeights : spacedWeights)
    : -Infinity;
}
