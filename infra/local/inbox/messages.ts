/** A received message, as in the response of `GET /api/messages`. */
export interface ReceivedMessage {
  readonly channel: "email" | "sms";
  readonly to: string;
  readonly audience: string;
  /** Empty for an SMS. */
  readonly subject: string;
  readonly text: string;
  /** SMS only. */
  readonly parts?: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A received message with the additional fields that the page shows. */
export interface StoredMessage {
  readonly id: number;
  readonly message: ReceivedMessage;
  /** SMS only: GSM-7 or UCS-2. */
  readonly encoding?: string;
  /** Mail only: the bytes received over SMTP. */
  readonly raw?: Buffer;
}

/** All received messages, oldest first. */
export interface Messages {
  all(): readonly StoredMessage[];
  add(message: Omit<StoredMessage, "id">): void;
  clear(): void;
  /** Calls `listener` with each new message, and with `undefined` when the messages are cleared. Returns a function that stops watching. */
  watch(listener: (message: StoredMessage | undefined) => void): () => void;
}

export function openMessages(): Messages {
  let stored: StoredMessage[] = [];
  let count = 0;
  const listeners = new Set<(message: StoredMessage | undefined) => void>();
  const notify = (message: StoredMessage | undefined) => {
    for (const listener of listeners) listener(message);
  };
  return {
    all: () => stored,
    add(message) {
      count += 1;
      const added = { id: count, ...message };
      stored.push(added);
      notify(added);
    },
    clear() {
      stored = [];
      notify(undefined);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
