import { candidatesIn } from "../../../functions/core/message/stories/candidates.ts";
import { copiesIn } from "../../../functions/core/message/stories/copies.ts";
import { groupsOf } from "../../../functions/core/message/stories/groups.ts";
import { evidenceUnlessOpposed, weighEvidence } from "../../../functions/core/message/stories/likelihood.ts";
import { profilesOf } from "../../../functions/core/message/stories/profiles.ts";
import { isSpaceless } from "../../../functions/core/message/stories/tokens.ts";
import type { Weights } from "../../../functions/core/message/stories/weights.ts";
import {
  type LabelledItem,
  labelledItems,
  labelledPairs,
  languages,
  writerOf,
} from "../../core/message/stories/labelled.ts";
import { learn } from "./learn.ts";
import { samplesOf, topicsOf } from "./samples.ts";

/**
 * Prints what weights reach on items that they were not learnt from: five folds by story, hard negatives in the fold of
 * the story that they resemble, with three seeds; with `--by-writer` one fold for each writer. The held-out items are
 * measured in a batch of all items, and in a batch for each writer. Usage:
 * `npx node test/training/stories/cross-validate.ts [--by-writer] [--curve] [--mistakes] [--missed] [SHIFT ...]`; a shift
 * is subtracted from the log odds.
 */
const isByWriter = process.argv.includes("--by-writer");
const seeds = isByWriter ? [0] : [7, 19, 83];
const shifts = process.argv.slice(2).map(Number).filter(Number.isFinite);

interface Count {
  right: number;
  wrong: number;
  all: number;
}

function hash(text: string, seed: number): number {
  let sum = seed;
  for (const character of text) sum = Math.imul(sum ^ character.codePointAt(0)!, 16_777_619) >>> 0;
  return (sum ^ (sum >>> 15)) >>> 0;
}

const all = languages.flatMap((language) => labelledItems("development", language));
const samples = samplesOf(all);
const topicOf = topicsOf(all);
const writerNames = [...new Set(all.map(writerOf))];
const folds = isByWriter ? writerNames.length : 5;
const foldOfItem = (item: LabelledItem, seed: number): number =>
  isByWriter ? writerNames.indexOf(writerOf(item)) : hash(topicOf(item), seed) % folds;

/** A batch that is measured with weights of any fold: what does not depend on them is found once. */
function measurable(items: readonly LabelledItem[]) {
  const batch = profilesOf(items);
  const [copies, candidates] = [copiesIn(batch), candidatesIn(batch)];
  const evidence = new Map<string, readonly number[] | undefined>();
  const between = (a: number, b: number): readonly number[] | undefined => {
    const id = `${a} ${b}`;
    if (!evidence.has(id))
      evidence.set(id, evidenceUnlessOpposed(batch.profiles[a]!, batch.profiles[b]!, batch));
    return evidence.get(id);
  };
  const pairs = labelledPairs(items);
  const join = (weights: readonly [spaced: Weights, spaceless: Weights], shift: number): number[] => {
    const groups = groupsOf(batch, {
      copies,
      candidates,
      likelihoodOf: (a, b) => {
        const values = between(a, b);
        const own = weights[isSpaceless(items[a]!.language ?? "") ? 1 : 0];
        return values ? weighEvidence(values, own) - shift : -Infinity;
      },
    });
    const groupOf: number[] = [];
    for (const [number, group] of groups.entries()) for (const index of group) groupOf[index] = number;
    return groupOf;
  };
  return { items, pairs, join };
}

const writers = Object.values(Object.groupBy(all, writerOf)).map((items) => items ?? []);
const batches = { "all items": [all], "items of each writer": writers };
const measured = Object.entries(batches).map(([name, parts]) => [name, parts.map(measurable)] as const);

const models = seeds.map((seed) =>
  Array.from({ length: folds }, (_, fold) => {
    const isHeldOut = (item: LabelledItem): boolean => foldOfItem(item, seed) === fold;
    const known = samples.filter(({ items }) => !items.some(isHeldOut));
    return learn(known);
  }),
);

for (const shift of shifts.length > 0 ? shifts : [0])
  for (const [name, parts] of measured) {
    const counts: Record<string, Count> = {};
    const titles = { mistakes: new Map<string, number>(), missed: new Map<string, number>() };
    for (const [at, seed] of seeds.entries())
      for (let fold = 0; fold < folds; fold++)
        for (const { items, pairs, join } of parts) {
          const groupOf = join(models[at]![fold]!, shift);
          const foldOf = items.map((item) => foldOfItem(item, seed));
          for (const { first, second, isSame, kind } of pairs) {
            // A pair of two folds counts once, with weights that were learnt from neither of its items or from one.
            if (Math.max(foldOf[first]!, foldOf[second]!) !== fold) continue;
            const isJoined = groupOf[first] === groupOf[second];
            const [a, b] = [items[first]!, items[second]!];
            for (const key of ["all", writerOf(a), a.language ?? "", ...(isSame && kind ? [kind] : [])]) {
              const count = (counts[key] ??= { right: 0, wrong: 0, all: 0 });
              count.all += Number(isSame);
              count.right += Number(isJoined && isSame);
              count.wrong += Number(isJoined && !isSame);
            }
            if (isJoined === isSame) continue;
            const list = isSame ? titles.missed : titles.mistakes;
            const text = `${a.language} ${kind ?? "unrelated"}: ${a.title} / ${b.title}`;
            list.set(text, (list.get(text) ?? 0) + 1);
          }
        }
    const percent = (part: number, whole: number): string =>
      whole === 0 ? "-" : ((100 * part) / whole).toFixed(1);
    const each = (count: number): string => (count / seeds.length).toFixed(1);
    if (process.argv.includes("--curve")) {
      const { right, wrong, all: total } = counts["all"]!;
      console.log(name, shift, percent(right, right + wrong), percent(right, total), each(wrong));
      continue;
    }
    console.log(
      `\n${name}${shift === 0 ? "" : `, shift ${shift}`}\n| | precision | recall | right | wrong |`,
    );
    for (const [key, { right, wrong, all: total }] of Object.entries(counts))
      console.log(
        `| ${key} | ${percent(right, right + wrong)} | ${percent(right, total)} | ${each(right)} of ${each(total)} | ${each(wrong)} |`,
      );
    for (const kind of ["mistakes", "missed"] as const)
      if (process.argv.includes(`--${kind}`))
        for (const [text, count] of titles[kind]) console.log(`${kind} ${count} ${text}`);
  }
