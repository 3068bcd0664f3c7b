import { writeFileSync } from "node:fs";
import { candidatesIn } from "../../functions/core/message/stories/candidates.ts";
import {
  conflicts,
  areUnlike,
  evidenceNames,
  evidenceOf,
} from "../../functions/core/message/stories/evidence.ts";
import { profilesOf } from "../../functions/core/message/stories/profiles.ts";
import { isSpaceless } from "../../functions/core/message/stories/tokens.ts";
import { type LabelledItem, labelledItems, languages } from "../core/message/stories/labelled.ts";

/**
 * Learns the weights of `functions/core/message/stories/weights.ts` from the development half of the labelled items:
 * logistic regression with an L2 penalty. The items are read in batches of several sizes, because a term's rarity
 * depends on the batch. Usage: `npx node test/training/stories.ts`
 */
interface Sample {
  readonly values: readonly number[];
  readonly isSame: boolean;
}

const penalty = 1;
const rounds = 3000;
/** The development half is too small to show that unrelated reports often share a number. */
const maxWeight = 3;
/** The author of the words for kinds of events knows the development half, where they say more than in other texts. */
const maxKindWeight = 2;
/** Least weight against two reports for each amount that differs, because updates change amounts in most of the labelled stories. */
const otherAmounts = 0.7;
/** Weight of a false pair: a wrong merge is worse than a missed one. */
const falseWeight = 2;

const all = languages.flatMap((language) => labelledItems("development", language));

/** The whole half, each language, and parts of each language with their hard negatives. */
function* batches(): Generator<readonly LabelledItem[]> {
  yield all;
  for (const language of languages) {
    const items = all.filter((item) => item.language === language);
    yield items;
    const stories = [...new Set(items.map(({ story, resembles }) => resembles ?? story))];
    for (const parts of [2, 4])
      for (let part = 0; part < parts; part++)
        yield items.filter(({ story, resembles }) => stories.indexOf(resembles ?? story) % parts === part);
  }
}

function samples(spaceless: boolean): Sample[] {
  const found: Sample[] = [];
  for (const items of batches()) {
    const batch = profilesOf(items);
    for (const [first, second] of candidatesIn(batch)) {
      const [a, b] = [batch.profiles[first]!, batch.profiles[second]!];
      if (isSpaceless(a.language) !== spaceless || conflicts(a, b) || areUnlike(a, b)) continue;
      // Reports of one feed are held to a higher limit in `groups.ts`.
      if (a.report.feed === b.report.feed) continue;
      found.push({ values: evidenceOf(a, b, batch), isSame: items[first]!.story === items[second]!.story });
    }
  }
  return found;
}

/** The signs that evidence must have, so that the weights stay explicable: 1 for, -1 against. */
const signs = [1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, 1, -1, -1, 1, -1, 1];

function learn(data: readonly Sample[]): { constant: number; evidence: number[] } {
  const evidence = evidenceNames.map(() => 0);
  let constant = 0;
  const total = data.reduce((sum, { isSame }) => sum + (isSame ? 1 : falseWeight), 0);
  for (let round = 0; round < rounds; round++) {
    const rate = 2 / (1 + round / 500);
    const slopes = evidence.map((weight) => (penalty * weight) / total);
    let slope = 0;
    for (const { values, isSame } of data) {
      const sum = values.reduce((sum, value, at) => sum + value * evidence[at]!, constant);
      const error = (1 / (1 + Math.exp(-sum)) - (isSame ? 1 : 0)) * ((isSame ? 1 : falseWeight) / total);
      slope += error;
      for (const [at, value] of values.entries()) slopes[at] = slopes[at]! + error * value;
    }
    constant -= rate * slope;
    for (const [at, value] of slopes.entries()) {
      const weight = evidence[at]! - rate * value;
      const max = evidenceNames[at]!.includes("kinds of events") ? maxKindWeight : maxWeight;
      evidence[at] = weight * signs[at]! > 0 ? Math.min(weight, max) : 0;
      if (evidenceNames[at] === "other amounts") evidence[at] = Math.min(weight, -otherAmounts);
    }
  }
  return { constant, evidence };
}

const written = ({ constant, evidence }: { constant: number; evidence: number[] }): string =>
  `{\n  constant: ${constant.toFixed(2)},\n  evidence: [${evidence.map((weight) => Number(weight.toFixed(2))).join(", ")}],\n}`;

const [spaced, spaceless] = [samples(false), samples(true)];
const [spacedWeights, spacelessWeights] = [learn(spaced), learn(spaceless)];
for (const [name, at] of evidenceNames.map((name, at) => [name, at] as const))
  console.log(
    name.padEnd(30),
    spacedWeights.evidence[at]!.toFixed(2).padStart(6),
    spacelessWeights.evidence[at]!.toFixed(2).padStart(6),
  );
console.log(
  `${spaced.length} and ${spaceless.length} pairs`,
  spacedWeights.constant.toFixed(2),
  spacelessWeights.constant.toFixed(2),
);

writeFileSync(
  new URL("../../functions/core/message/stories/weights.ts", import.meta.url),
  `/** One weight per kind of evidence, in the order of \`evidenceNames\`, and a constant. Written by \`test/training/stories.ts\`. */
export interface Weights {
  readonly constant: number;
  readonly evidence: readonly number[];
}

/** For scripts with spaces between words. */
export const spacedWeights: Weights = ${written(spacedWeights)};

/** For Chinese and Japanese. */
export const spacelessWeights: Weights = ${written(spacelessWeights)};
`,
);
