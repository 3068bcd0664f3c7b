/**
 * Trains the weights of `functions/core/summary/start-weights.ts`: `node test/core/summary/train-start.ts` prints the result
 * of five-fold cross-validation and, with `--write`, writes the weights trained on all examples.
 *
 * The model is a softmax over the possible starts of a text. Training maximises the expected score of the summary: the mean
 * of ROUGE-1 and ROUGE-2, plus a small part for words that the title lacks. The examples include news whose summary is
 * their start: without them, the model would skip every first sentence.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { maxStarts } from "../../../functions/core/summary/body.ts";
import { startFeatures } from "../../../functions/core/summary/start.ts";
import { startWeights, type StartFeature } from "../../../functions/core/summary/start-weights.ts";
import { laterStartMargin, windowFrom } from "../../../functions/core/summary/window.ts";
import { references, type Reference } from "../../support/references.ts";
import { novelty, rouge, tokens } from "../../support/rouge.ts";

const STEPS = 300;
const RATE = 0.05;
const DECAY = 0.002;
const SHARPNESS = 3;
const FOLDS = 5;
const weightOf: Readonly<Record<string, number>> = { en: 1, zh: 1.2, lead: 1 };

interface Scores {
  readonly r1: number;
  readonly r2: number;
  readonly novel: number;
}

interface Example {
  readonly group: string;
  /** By start. */
  readonly features: readonly (readonly number[])[];
  readonly scores: readonly Scores[];
}

const names = Object.keys(startWeights) as StartFeature[];

function exampleOf({ group, title, limit, sentences, summary }: Reference): Example {
  const wanted = tokens(summary);
  const known = tokens(title);
  return {
    group,
    features: startFeatures(sentences, title, limit).map((features) => names.map((name) => features[name])),
    scores: sentences.slice(0, maxStarts).map((_, start) => {
      const got = tokens(windowFrom(sentences, start, limit));
      return { r1: rouge(1, got, wanted), r2: rouge(2, got, wanted), novel: novelty(got, wanted, known) };
    }),
  };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const gain = ({ r1, r2, novel }: Scores): number => (r1 + r2) / 2 + 0.15 * novel;

/** Gradient ascent with Adam (Kingma and Ba 2015); the same examples always give the same weights. */
function learn(examples: readonly Example[]): number[] {
  const weights = names.map(() => 0);
  const mean = names.map(() => 0);
  const square = names.map(() => 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = weights.map((weight) => -DECAY * weight * examples.length);
    for (const { group, features, scores } of examples) {
      const powers = features.map((row) => Math.exp(SHARPNESS * dot(row, weights)));
      const all = powers.reduce((a, b) => a + b);
      const expected = powers.reduce((sum, power, i) => sum + (power / all) * gain(scores[i]!), 0);
      features.forEach((row, i) => {
        const pull = (weightOf[group] ?? 1) * SHARPNESS * (powers[i]! / all) * (gain(scores[i]!) - expected);
        row.forEach((value, j) => (gradient[j]! += pull * value));
      });
    }
    gradient.forEach((sum, j) => {
      const slope = sum / examples.length;
      mean[j] = 0.9 * mean[j]! + 0.1 * slope;
      square[j] = 0.999 * square[j]! + 0.001 * slope * slope;
      weights[j]! +=
        (RATE * (mean[j] / (1 - 0.9 ** step))) / (Math.sqrt(square[j] / (1 - 0.999 ** step)) + 1e-8);
    });
  }
  return weights;
}

function chosen({ features }: Example, weights: readonly number[]): number {
  const scores = features.map((row) => dot(row, weights));
  const best = scores.indexOf(Math.max(...scores));
  return scores[best]! > scores[0]! + laterStartMargin ? best : 0;
}

function report(label: string, examples: readonly Example[], choose: (example: Example) => number): void {
  for (const [group, members] of Map.groupBy(examples, (example) => example.group)) {
    const picks = members.map((example) => ({ start: choose(example), example }));
    const mean = (key: keyof Scores) =>
      (
        (100 * picks.reduce((sum, { start, example }) => sum + example.scores[start]![key], 0)) /
        members.length
      ).toFixed(1);
    const moved = ((100 * picks.filter(({ start }) => start > 0).length) / members.length).toFixed(0);
    console.log(
      `${label.padEnd(24)} ${group.padEnd(5)} n ${members.length}  R1 ${mean("r1")}  R2 ${mean("r2")}  novel ${mean("novel")}  moved ${moved}%`,
    );
  }
}

const examples = (await references()).map(exampleOf).filter(({ features }) => features.length > 1);
report("the start of the text", examples, () => 0);

const folds = Array.from({ length: FOLDS }, (_, fold) =>
  learn(examples.filter((_, i) => i % FOLDS !== fold)),
);
const foldOf = new Map(examples.map((example, i) => [example, folds[i % FOLDS]!]));
report("cross-validated", examples, (example) => chosen(example, foldOf.get(example)!));

for (const group of ["en", "zh"]) {
  const weights = learn(examples.filter((example) => example.group !== group));
  report(
    `learnt without ${group}`,
    examples.filter((example) => example.group === group),
    (example) => chosen(example, weights),
  );
}

const weights = learn(examples);
console.log(names.map((name, j) => `${name} ${weights[j]!.toFixed(2)}`).join("  "));

if (process.argv.includes("--write")) {
  const file = new URL("../../../functions/core/summary/start-weights.ts", import.meta.url);
  const text = names.reduce(
    (source, name, j) =>
      source.replace(new RegExp(`\\b${name}: -?[\\d.]+`), `${name}: ${weights[j]!.toFixed(2)}`),
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, text);
}
