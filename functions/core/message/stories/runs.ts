import type { Profile } from "./profiles.ts";
import { isDisjoint } from "./series.ts";
import type { Term } from "./weighted-terms.ts";

/** What two texts share: rarity above that of a topic's words. */
interface Runs {
  readonly all: number;
  readonly names: number;
  readonly words: number;
  readonly numbers: number;
}

/** Whether two reports have the same number with different units or nouns after it. */
const countsOtherThings = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean =>
  a !== undefined && b !== undefined && isDisjoint(a, b);

/** Whether a report has a term directly after another one. */
const areAdjacent = ({ sequences }: Profile, first: number, second: number): boolean =>
  sequences.some((sequence) => {
    for (let at = sequence.indexOf(first); at >= 0; at = sequence.indexOf(first, at + 1))
      if (sequence[at + 1] === second) return true;
    return false;
  });

interface Shared {
  readonly terms: readonly Term[];
  /** Terms that both reports have, ascending. */
  readonly inBoth: readonly number[];
}

/** One unit for each run of adjacent tokens: a name of two words is one piece of evidence, not two. */
export function runsOf(a: Profile, b: Profile, { terms, inBoth }: Shared): Runs {
  const found = { all: 0, names: 0, words: 0, numbers: 0 };
  const seen = new Set<number>();
  for (const sequence of a.sequences) {
    let before = -1;
    let best: Term | undefined;
    let number = -1;
    const end = (): void => {
      if (!best) return;
      const part = best.isNumber && countsOtherThings(a.units.get(number), b.units.get(number)) ? 0.4 : 1;
      const rarity = part * Math.max(0, best.weight - commonWeight);
      found.all += rarity;
      found[best.isNumber ? "numbers" : best.isName ? "names" : "words"] += rarity;
      best = undefined;
    };
    for (const index of sequence) {
      const isShared = inBoth.includes(index);
      if (!isShared || before < 0 || !areAdjacent(b, before, index)) end();
      before = isShared ? index : -1;
      if (!isShared || seen.has(index)) continue;
      seen.add(index);
      const term = terms[index]!;
      if (!best || term.weight > best.weight) [best, number] = [term, index];
    }
    end();
  }
  return found;
}

/** Weight up to which a term is a topic's word rather than an event's. */
const commonWeight = 3;
