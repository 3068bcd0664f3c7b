/** What a FIFO queue answers to every send under one deduplication id. */
export interface AcceptedSend {
  readonly id: string;
  readonly sequence: number;
}

/** Remembers what was sent within the deduplication interval, whether it was received and deleted since or not. */
export interface Deduplication {
  find(key: string): AcceptedSend | undefined;
  record(key: string, accepted: AcceptedSend): void;
  /** What is remembered, oldest first. */
  all(): readonly RememberedSend[];
  restore(sends: readonly RememberedSend[]): void;
}

/** A send with its deduplication key and its time in milliseconds of the epoch. */
export type RememberedSend = readonly [key: string, send: AcceptedSend & { readonly at: number }];

/** The interval is 5 minutes on SQS (Amazon SQS Developer Guide, "FIFO queue key terms"); 0 remembers nothing. */
export function openDeduplication(intervalSeconds: number, now: () => number): Deduplication {
  /** In the order of sending. */
  const sends = new Map<string, AcceptedSend & { readonly at: number }>();

  function forgetOld(): void {
    const limit = now() - intervalSeconds * 1000;
    for (const [key, { at }] of sends) {
      if (at > limit) return;
      sends.delete(key);
    }
  }

  return {
    find(key) {
      forgetOld();
      return sends.get(key);
    },
    record(key, accepted) {
      sends.set(key, { ...accepted, at: now() });
    },
    all() {
      forgetOld();
      return [...sends];
    },
    restore(kept) {
      for (const [key, send] of kept) sends.set(key, send);
    },
  };
}
