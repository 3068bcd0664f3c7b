import { groupStories } from "../../../../functions/core/message/stories.ts";
import {
  type Half,
  type LabelledItem,
  labelledItems,
  labelledPairs,
  languages,
  writerOf,
} from "./labelled.ts";

/** Pairs that were joined rightly and wrongly, and true pairs. */
export interface Measure {
  readonly right: number;
  readonly wrong: number;
  readonly all: number;
}

export interface Measured {
  readonly total: Measure;
  /** By language. */
  readonly languages: Readonly<Record<string, Measure>>;
  /** True pairs by kind; `wrong` is 0. */
  readonly kinds: Readonly<Record<string, Measure>>;
  /** Titles of the pairs that were joined wrongly, with the kind of hard negative. */
  readonly mistakes: readonly string[];
  /** Titles of the true pairs that were not joined. */
  readonly missed: readonly string[];
}

/** Groups the items of each writer of a half in one batch, and compares the pairs with the labels. */
export function measureHalf(half: Half): Measured {
  const items = languages.flatMap((language) => labelledItems(half, language));
  return measureBatches(Object.values(Object.groupBy(items, writerOf)).map((own) => own ?? []));
}

function measureBatches(batches: readonly (readonly LabelledItem[])[]): Measured {
  const byLanguage: Record<string, Measure> = {};
  const kinds: Record<string, Measure> = {};
  const mistakes: string[] = [];
  const missed: string[] = [];
  let total: Measure = { right: 0, wrong: 0, all: 0 };
  for (const items of batches) {
    const groupOf: number[] = [];
    for (const [number, group] of groupStories(items).entries())
      for (const index of group) groupOf[index] = number;
    for (const { first, second, isSame, kind } of labelledPairs(items)) {
      const isJoined = groupOf[first] === groupOf[second];
      const add = (to: Measure = { right: 0, wrong: 0, all: 0 }): Measure => ({
        right: to.right + Number(isJoined && isSame),
        wrong: to.wrong + Number(isJoined && !isSame),
        all: to.all + Number(isSame),
      });
      const [a, b] = [items[first]!, items[second]!];
      total = add(total);
      const language = a.language ?? "";
      byLanguage[language] = add(byLanguage[language]);
      if (isSame && kind) kinds[kind] = add(kinds[kind]);
      const titles = `${kind ?? "unrelated"}: ${a.title} / ${b.title}`;
      if (isJoined && !isSame) mistakes.push(titles);
      if (!isJoined && isSame) missed.push(titles);
    }
  }
  return { total, languages: byLanguage, kinds, mistakes, missed };
}
