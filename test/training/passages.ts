/**
 * Trains the weights of `functions/core/summary/passage-weights.ts`: `node test/training/passages.ts` prints the result of
 * cross-validation and of an ablation (`--ablation`) and, with `--write`, writes the weights trained on all examples.
 *
 * Examples: texts with a summary by their author (English and Chinese), and news whose summary is their start; without the
 * news, the model would skip every first sentence. Split: five folds by source. The parts of a series are in one fold, and so
 * are all articles of a news feed.
 *
 * The model is linear. Training minimises the cross entropy between the passages' scores and their softmax under the model
 * (ListNet, Cao et al. 2007), which is convex: the same examples always give the same weights. A passage's score is the mean
 * of ROUGE-1 and ROUGE-2 and a part for words that the title lacks, without which short summaries that repeat the title win.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { passagesOf, type Passage } from "../../functions/core/summary/passages.ts";
import { passageWeights, type PassageFeature } from "../../functions/core/summary/passage-weights.ts";
import { indexOfBest } from "../../functions/core/summary/selection.ts";
import { leadWindow } from "../../functions/core/summary/window.ts";
import { references, type Reference } from "../support/references.ts";
import { novelty, rouge, tokens } from "../support/rouge.ts";

const STEPS = 250;
const RATE = 0.1;
const DECAY = 0.002;
/** How much better passages outweigh worse ones. */
const SHARPNESS = 25;
const NOVELTY = 0.3;
const FOLDS = 5;
/** Cross-validations, each with other folds: one split alone moves the means by up to half a point. */
const SPLITS = 5;
const weightOf: Readonly<Record<string, number>> = { en: 1, zh: 1.2, lead: 1 };
/** ROUGE-1 between a summary and as many words of the start from which the start counts as the summary. */
const MIN_LIKE_LEAD = 0.7;

interface Scores {
  readonly r1: number;
  readonly r2: number;
  readonly novel: number;
  /** ROUGE-1 where the start of the text, half as long as the limit, is the reference. */
  readonly start: number;
  /** UTF-16 code units. */
  readonly length: number;
}

interface Example {
  readonly group: string;
  readonly source: string;
  readonly likeLead: boolean;
  /** The start of the text first. */
  readonly passages: readonly Passage[];
  /** By passage. */
  readonly features: readonly (readonly number[])[];
  readonly scores: readonly Scores[];
}

const names = Object.keys(passageWeights) as PassageFeature[];

function exampleOf(reference: Reference): Example {
  const { group, title, limit, sentences, summary, source } = reference;
  const wanted = tokens(summary);
  const known = tokens(title);
  const all = sentences.flatMap(({ text }) => tokens(text));
  const start = startOf(reference);
  const passages = passagesOf(sentences, title, limit);
  return {
    group,
    source,
    likeLead: rouge(1, all.slice(0, wanted.length), wanted) >= MIN_LIKE_LEAD,
    passages,
    features: passages.map(({ features }) => names.map((name) => features[name])),
    scores: passages.map((passage) => {
      const text = leadWindow(sentences.slice(passage.start, passage.end), limit);
      const got = tokens(text);
      return {
        r1: rouge(1, got, wanted),
        r2: rouge(2, got, wanted),
        novel: novelty(got, wanted, known),
        start: rouge(1, got, start),
        length: text.length,
      };
    }),
  };
}

function startOf({ sentences, limit }: Reference): readonly string[] {
  let start = "";
  for (const { text } of sentences) if (start.length < limit / 2) start += `${text} `;
  return tokens(start);
}

/** FNV-1a of a source without digits and without the number of a part of a series. */
function foldOf(source: string, split: number): number {
  let hash = (2_166_136_261 ^ (split * 7919)) >>> 0;
  for (const character of source.replace(/\d+/g, "").replace(/-(?:p|part)-?\/.*$/, ""))
    hash = Math.imul(hash ^ character.codePointAt(0)!, 16_777_619) >>> 0;
  return (Math.imul(hash ^ (hash >>> 15), 2_246_822_519) >>> 13) % FOLDS;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const gain = ({ r1, r2, novel }: Scores): number => (r1 + r2) / 2 + NOVELTY * novel;

function softmax(values: readonly number[]): readonly number[] {
  const max = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - max));
  const all = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / all);
}

/** Gradient ascent with Adam (Kingma and Ba 2015). The weight of a feature in `without` stays 0. */
function learn(examples: readonly Example[], without: readonly PassageFeature[] = []): number[] {
  const wanted = examples.map(({ scores }) => softmax(scores.map((score) => SHARPNESS * gain(score))));
  const weights = names.map(() => 0);
  const mean = names.map(() => 0);
  const square = names.map(() => 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = weights.map((weight) => -DECAY * weight * examples.length);
    for (const [i, { group, features }] of examples.entries()) {
      const given = softmax(features.map((row) => dot(row, weights)));
      for (const [j, row] of features.entries()) {
        const pull = (weightOf[group] ?? 1) * (wanted[i]![j]! - given[j]!);
        for (const [k, value] of row.entries()) gradient[k]! += pull * value;
      }
    }
    for (const [k, sum] of gradient.entries()) {
      if (without.includes(names[k]!)) continue;
      const slope = sum / examples.length;
      mean[k] = 0.9 * mean[k]! + 0.1 * slope;
      square[k] = 0.999 * square[k]! + 0.001 * slope * slope;
      weights[k]! +=
        (RATE * (mean[k] / (1 - 0.9 ** step))) / (Math.sqrt(square[k] / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return weights;
}

const chosen = ({ passages }: Example, weights: readonly number[]): number =>
  indexOfBest(passages, ({ features }) =>
    dot(
      names.map((name) => features[name]),
      weights,
    ),
  );

/** Prints the means by group over examples with the scores of what was chosen. */
function report(label: string, results: readonly Result[]): void {
  const groups = Map.groupBy(results, ({ example }) => example.group);
  groups.set(
    "like lead",
    results.filter(({ example }) => example.likeLead && example.group !== "lead"),
  );
  console.log(label);
  for (const [group, members] of groups) {
    if (members.length === 0) continue;
    const mean = (key: keyof Scores, scale = 100) =>
      (
        members.reduce((sum, { example, index }) => sum + scale * example.scores[index]![key], 0) /
        members.length
      ).toFixed(1);
    const moved = ((100 * members.filter(({ index }) => index > 0).length) / members.length).toFixed(0);
    const count = new Set(members.map(({ example }) => example)).size;
    console.log(
      `  ${group.padEnd(9)} n ${String(count).padStart(3)}  R1 ${mean("r1")}  R2 ${mean("r2")}  novel ${mean("novel")}  ` +
        `against the start ${mean("start")}  other than the start ${moved}%  length ${mean("length", 1)}`,
    );
  }
}

interface Result {
  readonly example: Example;
  /** Of the chosen passage. */
  readonly index: number;
}

const resultsOf = (examples: readonly Example[], weights: readonly number[]): readonly Result[] =>
  examples.map((example) => ({ example, index: chosen(example, weights) }));

function crossValidate(
  label: string,
  examples: readonly Example[],
  without: readonly PassageFeature[] = [],
): void {
  const results: Result[] = [];
  for (let split = 0; split < SPLITS; split += 1)
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const isHeldOut = ({ source }: Example) => foldOf(source, split) === fold;
      const weights = learn(
        examples.filter((example) => !isHeldOut(example)),
        without,
      );
      results.push(...resultsOf(examples.filter(isHeldOut), weights));
    }
  report(label, results);
}

const bestByRouge = ({ scores }: Example): number =>
  scores.reduce((best, { r1 }, i) => (r1 > scores[best]!.r1 ? i : best), 0);

const examples = (await references()).map(exampleOf).filter(({ features }) => features.length > 0);
report(
  "the start of the text",
  examples.map((example) => ({ example, index: 0 })),
);
report(
  "the best passage (bound)",
  examples.map((example) => ({ example, index: bestByRouge(example) })),
);
crossValidate(`cross-validated, ${FOLDS} folds by source, mean of ${SPLITS} splits`, examples);
for (const group of ["en", "zh", "lead"]) {
  const weights = learn(examples.filter((example) => example.group !== group));
  report(
    `learnt without ${group}`,
    resultsOf(
      examples.filter((example) => example.group === group),
      weights,
    ),
  );
}
if (process.argv.includes("--ablation"))
  for (const name of names) crossValidate(`cross-validated without ${name}`, examples, [name]);

const weights = learn(examples);
report("trained on all examples", resultsOf(examples, weights));
console.log(names.map((name, i) => `${name} ${weights[i]!.toFixed(2)}`).join("  "));

if (process.argv.includes("--write")) {
  const file = new URL("../../functions/core/summary/passage-weights.ts", import.meta.url);
  const text = names.reduce(
    (source, name, i) =>
      source.replace(new RegExp(`\\b${name}: -?[\\d.]+`), `${name}: ${weights[i]!.toFixed(2)}`),
    readFileSync(file, "utf8"),
  );
  writeFileSync(file, text);
}
