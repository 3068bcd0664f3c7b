import { load, type Load, type Measure } from "./load.ts";

/** Loads of two bundles, one right after the other. */
export interface Pair {
  readonly ours: Load;
  readonly base: Load;
}

/** A median and the interval that contains it with 95 % probability. */
export interface Median {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Folders with bundles, and the function whose bundles are compared. */
export interface Compared {
  readonly ours: string;
  readonly base: string;
  readonly name: string;
}

/** Loads both in fresh processes. Which one is the first alternates, because the second finds warmer caches. */
export function loadPair({ ours, base, name }: Compared, round: number): Pair {
  if (round % 2 === 0) return { ours: load(ours, name), base: load(base, name) };
  const first = load(base, name);
  return { ours: load(ours, name), base: first };
}

/**
 * The median of the ratios within the pairs: a load on the machine that lasts longer than a pair is in both of its
 * times. The interval is that between the order statistics n/2 ± 0.98 √n, a normal approximation of the binomial
 * distribution of the values below the median.
 */
export const ratioOf = (pairs: readonly Pair[], measure: Measure): Median =>
  medianOf(pairs.map(({ ours, base }) => ours[measure] / base[measure]));

export function medianOf(values: readonly number[]): Median {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const half = 0.98 * Math.sqrt(sorted.length);
  const at = (index: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(index)))] ?? Number.NaN;
  return { value: at(middle), low: at(middle - half), high: at(middle + half) };
}
