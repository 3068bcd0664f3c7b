import { evidenceNames } from "../../../functions/core/message/stories/evidence.ts";
import type { Weights } from "../../../functions/core/message/stories/weights.ts";

/** The evidence of a pair of labelled items. */
export interface Sample {
  readonly values: readonly number[];
  readonly isSame: boolean;
  /** In a script without spaces between words. */
  readonly isSpaceless: boolean;
}

const penalty = 0.3;
/** On the difference of a weight between scripts: each has too few items to learn from alone. */
const differencePenalty = 10;
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
const signs = [1, 1, 1, 1, 1, -1, -1, -1, 1, -1, 1, -1, 1, -1];

/** Logistic regression with bounded weights and an L2 penalty, on the weights of two scripts and on their differences. */
export function learn(data: readonly Sample[]): readonly [spaced: Weights, spaceless: Weights] {
  const width = evidenceNames.length;
  const values = Float64Array.from(data.flatMap((sample) => sample.values));
  const total = data.reduce((sum, { isSame }) => sum + (isSame ? 1 : falseWeight), 0);
  const weights = [new Float64Array(width), new Float64Array(width)] as const;
  const constants: [number, number] = [0, 0];
  const slopes = [new Float64Array(width), new Float64Array(width)] as const;
  for (let round = 0; round < rounds; round++) {
    const rate = 2 / (1 + round / 500);
    for (let at = 0; at < width; at++) {
      const difference = (differencePenalty * (weights[0][at]! - weights[1][at]!)) / total;
      slopes[0][at] = (penalty * weights[0][at]!) / total + difference;
      slopes[1][at] = (penalty * weights[1][at]!) / total - difference;
    }
    const constantSlopes: [number, number] = [0, 0];
    for (let index = 0, start = 0; index < data.length; index++, start += width) {
      const { isSame, isSpaceless } = data[index]!;
      const script = isSpaceless ? 1 : 0;
      const [own, slope] = [weights[script], slopes[script]];
      let sum = constants[script];
      for (let at = 0; at < width; at++) sum += values[start + at]! * own[at]!;
      const error = (1 / (1 + Math.exp(-sum)) - (isSame ? 1 : 0)) * ((isSame ? 1 : falseWeight) / total);
      constantSlopes[script] += error;
      for (let at = 0; at < width; at++) slope[at]! += error * values[start + at]!;
    }
    for (const script of [0, 1] as const) {
      constants[script] -= rate * constantSlopes[script];
      for (let at = 0; at < width; at++)
        weights[script][at] = bounded(weights[script][at]! - rate * slopes[script][at]!, at);
    }
  }
  return [
    { constant: constants[0], evidence: [...weights[0]] },
    { constant: constants[1], evidence: [...weights[1]] },
  ];
}

function bounded(weight: number, at: number): number {
  const name = evidenceNames[at]!;
  if (name === "other amounts") return Math.min(weight, -otherAmounts);
  const max = name === "same kinds of events" ? maxKindWeight : maxWeight;
  return weight * signs[at]! > 0 ? Math.min(weight, max) : 0;
}
