import { evidenceNames } from "../../../functions/core/message/stories/evidence.ts";
import type { Weights } from "../../../functions/core/message/stories/weights.ts";

/** The evidence of a pair of labelled items. */
export interface Sample {
  readonly values: readonly number[];
  readonly isSame: boolean;
}

const penalty = 1;
const rounds = 1500;
/** The labelled items are too few to show that unrelated reports often share a number. */
const maxWeight = 3;
/** The author of the words for kinds of events knows the labelled items, where they say more than in other texts. */
const maxKindWeight = 2;
/** Least weight against two reports for each amount that differs, because updates change amounts in most of the labelled stories. */
const otherAmounts = 0.7;
/** Weight of a false pair: a wrong merge is worse than a missed one. */
const falseWeight = 2;

/** The signs that evidence must have, so that the weights stay explicable: 1 for, -1 against. */
const signs = [1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, 1, -1, -1, 1, -1, 1];

/** Logistic regression with an L2 penalty and bounded weights. */
export function learn(data: readonly Sample[]): Weights {
  const width = evidenceNames.length;
  const values = Float64Array.from(data.flatMap((sample) => sample.values));
  const total = data.reduce((sum, { isSame }) => sum + (isSame ? 1 : falseWeight), 0);
  const weights = new Float64Array(width);
  const slopes = new Float64Array(width);
  let constant = 0;
  for (let round = 0; round < rounds; round++) {
    const rate = 2 / (1 + round / 500);
    for (let at = 0; at < width; at++) slopes[at] = (penalty * weights[at]!) / total;
    let slope = 0;
    for (let index = 0, start = 0; index < data.length; index++, start += width) {
      const { isSame } = data[index]!;
      let sum = constant;
      for (let at = 0; at < width; at++) sum += values[start + at]! * weights[at]!;
      const error = (1 / (1 + Math.exp(-sum)) - (isSame ? 1 : 0)) * ((isSame ? 1 : falseWeight) / total);
      slope += error;
      for (let at = 0; at < width; at++) slopes[at]! += error * values[start + at]!;
    }
    constant -= rate * slope;
    for (let at = 0; at < width; at++) weights[at] = bounded(weights[at]! - rate * slopes[at]!, at);
  }
  return { constant, evidence: [...weights] };
}

function bounded(weight: number, at: number): number {
  const name = evidenceNames[at]!;
  if (name === "other amounts") return Math.min(weight, -otherAmounts);
  const max = name.includes("kinds of events") ? maxKindWeight : maxWeight;
  return weight * signs[at]! > 0 ? Math.min(weight, max) : 0;
}
