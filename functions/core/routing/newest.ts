/** What entries are sorted by. */
export interface Dated {
  /** ISO 8601, UTC. */
  readonly date?: string;
  /** Position in the snapshot, from 0. */
  readonly at: number;
}

/** Compares for `sort`: newest first, entries without a date last, equal dates in the order of the snapshot. */
export function newestFirst(a: Dated, b: Dated): number {
  const [dateA, dateB] = [a.date ?? "", b.date ?? ""];
  return dateA === dateB ? a.at - b.at : dateA < dateB ? 1 : -1;
}

/** The newest `limit` of all added items; memory is bounded by `limit`. */
export interface TopN<T extends Dated> {
  /** Adds the item that `make` returns, if it is among the newest so far; otherwise `make` is not called. */
  add(dated: Dated, make: () => T): void;
  /** Number of calls to `add`. */
  readonly count: number;
  /** Newest first. */
  readonly items: readonly T[];
}

/** `before`: what an earlier selection with the same limit kept. */
export function topN<T extends Dated>(limit: number, before?: Pick<TopN<T>, "count" | "items">): TopN<T> {
  const items: T[] = [...(before?.items ?? [])];
  let count = before?.count ?? 0;
  return {
    add(dated, make) {
      count++;
      const oldest = items.at(-1);
      if (items.length >= limit && (!oldest || newestFirst(dated, oldest) >= 0)) return;
      const index = items.findIndex((other) => newestFirst(dated, other) < 0);
      items.splice(index < 0 ? items.length : index, 0, make());
      if (items.length > limit) items.pop();
    },
    get count() {
      return count;
    },
    items,
  };
}
