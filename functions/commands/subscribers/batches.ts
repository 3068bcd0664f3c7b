/** Calls at once: SNS allows 100 a second (Amazon SNS API Reference, `Subscribe`). */
const atOnce = 10;

/** The results of `work` in the order of the items, a few calls at a time. */
export async function* inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  for (let from = 0; from < items.length; from += atOnce)
    yield* await Promise.all(items.slice(from, from + atOnce).map(work));
}
