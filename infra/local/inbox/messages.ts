/** A message as its reader gets it; the form in which `GET /api/messages` answers. */
export interface ReceivedMessage {
  readonly channel: "email" | "sms";
  readonly to: string;
  readonly audience: string;
  /** Empty in an SMS. */
  readonly subject: string;
  readonly text: string;
  /** Of an SMS. */
  readonly parts?: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What the page shows beyond the API's fields. */
export interface StoredMessage {
  readonly id: number;
  readonly message: ReceivedMessage;
  /** GSM-7 or UCS-2, of an SMS. */
  readonly encoding?: string;
  /** The bytes that came over SMTP, of a mail. */
  readonly raw?: Buffer;
}

/** Everything that readers have received, oldest first. */
export interface Messages {
  all(): readonly StoredMessage[];
  add(message: Omit<StoredMessage, "id">): void;
  clear(): void;
  /** Calls back with each new message, and with nothing when all are cleared. */
  watch(listener: (message: StoredMessage | undefined) => void): () => void;
}

export function openMessages(): Messages {
  let stored: StoredMessage[] = [];
  let count = 0;
  const listeners = new Set<(message: StoredMessage | undefined) => void>();
  const tell = (message: StoredMessage | undefined) => {
    for (const listener of listeners) listener(message);
  };
  return {
    all: () => stored,
    add(message) {
      count += 1;
      const added = { id: count, ...message };
      stored.push(added);
      tell(added);
    },
    clear() {
      stored = [];
      tell(undefined);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
