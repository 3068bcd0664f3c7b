/** What entries are ordered by: the newest first; what has no date comes after what has one, in the order of its file. */
export interface Dated {
  /** ISO 8601, UTC. */
  readonly date?: string;
  readonly at: number;
}

export function newestFirst(a: Dated, b: Dated): number {
  const [dateA, dateB] = [a.date ?? "", b.date ?? ""];
  return dateA === dateB ? a.at - b.at : dateA < dateB ? 1 : -1;
}

/** The newest `size` of all that were offered, however many they were: memory is bounded by `size`. */
export interface Newest<T extends Dated> {
  /** Keeps what `make` returns, if it is among the newest so far; otherwise `make` is never called. */
  offer(dated: Dated, make: () => T): void;
  /** How many were offered. */
  readonly count: number;
  /** Newest first. */
  readonly kept: readonly T[];
}

export function keepNewest<T extends Dated>(size: number): Newest<T> {
  const kept: T[] = [];
  let count = 0;
  return {
    offer(dated, make) {
      count++;
      const oldest = kept.at(-1);
      if (kept.length >= size && (!oldest || newestFirst(dated, oldest) >= 0)) return;
      const place = kept.findIndex((other) => newestFirst(dated, other) < 0);
      kept.splice(place < 0 ? kept.length : place, 0, make());
      if (kept.length > size) kept.pop();
    },
    get count() {
      return count;
    },
    kept,
  };
}
