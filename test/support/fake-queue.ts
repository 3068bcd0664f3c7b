/** A message that a queue has handed out. */
export interface QueueDelivery {
  readonly messageId: string;
  /** Names this delivery; the handle of an earlier delivery no longer counts. */
  readonly handle: string;
  readonly body: string;
  readonly group: string;
  readonly receives: number;
}

interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly group: string;
  receives: number;
  /** Epoch milliseconds: hidden before. */
  visibleAt: number;
}

export interface FakeQueueOptions {
  readonly now: () => number;
  /** Milliseconds for which a received message is hidden. */
  readonly visibility: number;
  readonly maxReceives: number;
  /**
   * FIFO: a group is locked while one of its messages is in flight, a receive takes several messages of a group in
   * their order, and an id that was sent within so many milliseconds is ignored. Otherwise a standard queue.
   */
  readonly fifo?: { readonly deduplication: number };
}

/** An SQS queue in memory, standard or FIFO. */
export function fakeQueue({ now, visibility, maxReceives, fifo }: FakeQueueOptions) {
  const messages: QueuedMessage[] = [];
  const deadLetters: QueuedMessage[] = [];
  const sentAt = new Map<string, number>();
  let count = 0;

  const handleOf = ({ messageId, receives }: QueuedMessage) => `${messageId}/${receives}`;
  const isInFlight = ({ receives, visibleAt }: QueuedMessage) => receives > 0 && visibleAt > now();
  const withHandle = (handle: string) => messages.find((message) => handleOf(message) === handle);

  function receivable(): readonly QueuedMessage[] {
    const visible = messages.filter(({ visibleAt }) => visibleAt <= now());
    if (!fifo) return visible;
    const locked = new Set(messages.filter(isInFlight).map(({ group }) => group));
    return visible.filter(({ group }) => !locked.has(group));
  }

  return {
    deadLetters,
    messages,
    send(
      body: string,
      options: { readonly delay?: number; readonly group?: string; readonly id?: string } = {},
    ) {
      const { delay = 0, group = "", id } = options;
      if (fifo && id !== undefined) {
        const before = sentAt.get(`${group} ${id}`);
        if (before !== undefined && now() - before < fifo.deduplication) return;
        sentAt.set(`${group} ${id}`, now());
      }
      messages.push({
        messageId: `message-${count++}`,
        body,
        group,
        receives: 0,
        visibleAt: now() + delay * 1000,
      });
    },
    receive(max: number): readonly QueueDelivery[] {
      for (const message of receivable().filter(({ receives }) => receives >= maxReceives)) {
        messages.splice(messages.indexOf(message), 1);
        deadLetters.push(message);
      }
      return receivable()
        .slice(0, max)
        .map((message) => {
          message.receives++;
          message.visibleAt = now() + visibility;
          const { messageId, body, group, receives } = message;
          return { messageId, handle: handleOf(message), body, group, receives };
        });
    },
    acknowledge(handle: string) {
      const message = withHandle(handle);
      if (message) messages.splice(messages.indexOf(message), 1);
    },
    hide(handle: string, seconds: number) {
      const message = withHandle(handle);
      if (message) message.visibleAt = now() + seconds * 1000;
    },
    /** When the next message can be received, epoch milliseconds; `undefined` where there is none. */
    nextAt(): number | undefined {
      if (receivable().length > 0) return now();
      const times = messages.map(({ visibleAt }) => visibleAt).filter((time) => time > now());
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}

export type FakeQueue = ReturnType<typeof fakeQueue>;
