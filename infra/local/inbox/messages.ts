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

/** A message as it was published to SNS; one of them reaches many readers. */
export interface PublishedMessage {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  /** Texts by protocol; `default` for all others. */
  readonly texts: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
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
  /** Absent for a mail that SNS itself sends, such as the request to confirm a subscription. */
  readonly published?: PublishedMessage;
}

/** All received messages, oldest first. */
export interface Messages {
  all(): readonly StoredMessage[];
  add(message: Omit<StoredMessage, "id">): void;
  clear(): void;
  /** Keeps a published message until the messages are cleared, so that its copies can be joined with it. */
  keepPublished(published: PublishedMessage): void;
  findPublished(id: string): PublishedMessage | undefined;
  /** Everything, to be kept between starts. */
  keep(): KeptMessages;
  restore(kept: KeptMessages): void;
  /** Calls `listener` with each new message, and with `undefined` when the messages are cleared. Returns a function that stops watching. */
  watch(listener: (message: StoredMessage | undefined) => void): () => void;
}

/** Received and published messages as they are kept between starts. */
export interface KeptMessages {
  readonly count: number;
  readonly stored: readonly (Omit<StoredMessage, "raw" | "published"> & {
    /** Base64. */
    readonly raw?: string;
    /** Id of the published message. */
    readonly published?: string;
  })[];
  readonly published: readonly PublishedMessage[];
}

export function openMessages(): Messages {
  let stored: StoredMessage[] = [];
  let count = 0;
  const publishedById = new Map<string, PublishedMessage>();
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
      publishedById.clear();
      notify(undefined);
    },
    keepPublished: (published) => void publishedById.set(published.id, published),
    findPublished: (id) => publishedById.get(id),
    keep: () => ({
      count,
      stored: stored.map(({ raw, published, ...message }) => ({
        ...message,
        ...(raw && { raw: raw.toString("base64") }),
        ...(published && { published: published.id }),
      })),
      published: [...publishedById.values()],
    }),
    restore(kept) {
      count = kept.count;
      for (const published of kept.published) publishedById.set(published.id, published);
      stored = kept.stored.map(({ raw, published: id, ...message }) => {
        const published = id === undefined ? undefined : publishedById.get(id);
        return {
          ...message,
          ...(raw !== undefined && { raw: Buffer.from(raw, "base64") }),
          ...(published && { published }),
        };
      });
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
