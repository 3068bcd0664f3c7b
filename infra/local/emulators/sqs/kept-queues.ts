import type { QueueAttributes } from "./queue-attributes.ts";
import type { RememberedSend } from "./deduplication.ts";
import type { NewMessage, QueueStore } from "./store.ts";

/** A queue as it is kept between starts. */
export interface KeptQueue {
  readonly name: string;
  readonly attributes: QueueAttributes;
  readonly tags: readonly (readonly [string, string])[];
  /** In the order of their arrival. */
  readonly messages: readonly (NewMessage & {
    /** Milliseconds of the epoch; absent where the message can be received. */
    readonly delayedUntil?: number;
  })[];
  readonly sends: readonly RememberedSend[];
}

/** A message in flight can be received again after the start, because its receiver has ended. */
export const keepQueues = (store: QueueStore): readonly KeptQueue[] =>
  [...store.queues.values()].map((queue) => ({
    name: queue.name,
    attributes: queue.attributes,
    tags: [...queue.tags],
    messages: queue.messages().map((stored) => {
      const { sequence: _, receipt: __, state, visibleAt, ...message } = stored;
      return { ...message, ...(state === "delayed" && { delayedUntil: visibleAt }) };
    }),
    sends: queue.deduplication.all(),
  }));

export function restoreQueues(store: QueueStore, kept: readonly KeptQueue[]): void {
  for (const { name, attributes, tags, messages, sends } of kept) {
    const queue = store.create(name, attributes);
    for (const [key, value] of tags) queue.tags.set(key, value);
    for (const { delayedUntil, ...message } of messages)
      store.put(queue, message, Math.max(0, ((delayedUntil ?? 0) - store.now()) / 1000));
    queue.deduplication.restore(sends);
  }
}
