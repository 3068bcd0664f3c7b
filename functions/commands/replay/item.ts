/** One thing that is replayed. */
export interface ReplayItem {
  readonly key: string;
  readonly version?: string;
  /** When it was uploaded, quarantined or first queued, ISO 8601. */
  readonly at?: string;
  /** Bytes. */
  readonly size?: number;
}

/** What would be replayed. Nothing is changed before `run`; what was replayed is yielded one by one. */
export interface ReplayPlan {
  /** How many there are, as far as it is known beforehand. */
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

/** Does the same for each item, some at a time, and yields them in their order as they are done. */
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
