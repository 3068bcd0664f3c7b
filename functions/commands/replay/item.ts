/** A snapshot or message that is replayed. */
export interface ReplayItem {
  readonly key: string;
  readonly version?: string;
  /** Time of its upload, quarantine or first queueing, ISO 8601. */
  readonly at?: string;
  /** Bytes. */
  readonly size?: number;
}

/** A replay before it runs. `list` changes nothing; `run` yields each item when it is replayed. */
export interface ReplayPlan {
  /** Number of items; approximate for a queue. */
  readonly total: number;
  list(): AsyncIterable<ReplayItem>;
  run(): AsyncIterable<ReplayItem>;
}

/** Several plans as one, in their order. */
export const combinePlans = (plans: readonly ReplayPlan[]): ReplayPlan => ({
  total: plans.reduce((sum, { total }) => sum + total, 0),
  async *list() {
    for (const plan of plans) yield* plan.list();
  },
  async *run() {
    for (const plan of plans) yield* plan.run();
  },
});

/** Runs `work` for each item, `atOnce` at a time, and yields the items in order when they are done. */
export async function* inOrder<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): AsyncGenerator<T> {
  for (let from = 0; from < items.length; from += atOnce) {
    const some = items.slice(from, from + atOnce);
    await Promise.all(some.map(work));
    yield* some;
  }
}
