import { randomUUID } from "node:crypto";
import { openDeduplication, type Deduplication } from "./deduplication.ts";
import { openFifoOrder, openStandardOrder } from "./delivery-order.ts";
import type { QueueAttributes } from "./queue-attributes.ts";
import type { QueueMessage } from "./queue-message.ts";

/** A queue with its messages. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly isFifo: boolean;
  readonly createdAt: number;
  modifiedAt: number;
  attributes: QueueAttributes;
  readonly tags: Map<string, string>;
  readonly deduplication: Deduplication;
  /** Adds a message; it is delayed until `visibleAt`. */
  put(message: QueueMessage): void;
  /** Puts up to `limit` visible messages in flight. `isDead` may take a message out instead. */
  receive(
    limit: number,
    visibilitySeconds: number,
    isDead: (message: QueueMessage) => boolean,
  ): QueueMessage[];
  find(id: string): QueueMessage | undefined;
  remove(message: QueueMessage): void;
  /** Makes a message in flight visible after `seconds`. */
  changeVisibility(message: QueueMessage, seconds: number): void;
  /** All messages in the order of their arrival here. */
  messages(): readonly QueueMessage[];
  /** Whether a visible message can't be received, because its group is locked. */
  isLocked(message: QueueMessage): boolean;
  purge(): void;
  /** Resolves when a message may have become available, after `milliseconds` at the latest. */
  changed(milliseconds: number): Promise<void>;
  readonly closed: boolean;
  /** Ends every long poll. */
  close(): void;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly attributes: QueueAttributes;
  readonly deduplicationSeconds: number;
  readonly now: () => number;
}

export function openQueue(options: QueueOptions): Queue {
  const { name, arn, url, attributes, now } = options;
  const isFifo = attributes["FifoQueue"] === "true";
  const order = isFifo ? openFifoOrder() : openStandardOrder();
  const messages = new Map<string, QueueMessage>();
  /** In flight or delayed. */
  const hidden = new Set<QueueMessage>();
  const waiters = new Set<() => void>();
  let closed = false;
  /** No message was sent before. */
  let oldest = Infinity;

  function wake(): void {
    for (const resolve of waiters) resolve();
  }

  function leaveFlight(message: QueueMessage): void {
    hidden.delete(message);
    if (message.state === "in flight") order.unlock(message);
  }

  function refresh(): void {
    const at = now();
    for (const message of hidden) {
      if (message.visibleAt > at) continue;
      leaveFlight(message);
      message.state = "ready";
      order.add(message);
    }
    const limit = at - Number(queue.attributes["MessageRetentionPeriod"]) * 1000;
    if (oldest > limit) return;
    for (const message of messages.values()) if (message.sentAt <= limit) queue.remove(message);
    oldest = [...messages.values()].reduce((min, { sentAt }) => Math.min(min, sentAt), Infinity);
  }

  const queue: Queue = {
    name,
    arn,
    url,
    isFifo,
    createdAt: now(),
    modifiedAt: now(),
    attributes,
    tags: new Map(),
    deduplication: openDeduplication(options.deduplicationSeconds, now),

    put(message) {
      messages.set(message.id, message);
      oldest = Math.min(oldest, message.sentAt);
      if (message.state === "ready") order.add(message);
      else hidden.add(message);
      wake();
    },

    receive(limit, visibilitySeconds, isDead) {
      refresh();
      const received: QueueMessage[] = [];
      const next = order.startReceive();
      while (received.length < limit) {
        const message = next();
        if (!message) break;
        if (isDead(message)) {
          messages.delete(message.id);
          continue;
        }
        const at = now();
        message.receives += 1;
        message.firstReceivedAt ??= at;
        message.receipt = { handle: randomUUID(), at };
        message.state = "in flight";
        message.visibleAt = at + visibilitySeconds * 1000;
        hidden.add(message);
        order.lock(message);
        received.push(message);
      }
      return received;
    },

    find(id) {
      refresh();
      return messages.get(id);
    },

    remove(message) {
      messages.delete(message.id);
      if (message.state === "ready") order.remove(message);
      else leaveFlight(message);
      wake();
    },

    changeVisibility(message, seconds) {
      message.visibleAt = now() + seconds * 1000;
      refresh();
      wake();
    },

    messages() {
      refresh();
      return [...messages.values()];
    },

    isLocked: (message) => order.isLocked(message),

    purge() {
      messages.clear();
      hidden.clear();
      order.clear();
    },

    changed(milliseconds) {
      const next = [...hidden].reduce((min, { visibleAt }) => Math.min(min, visibleAt), Infinity);
      // A timer may fire a millisecond early.
      const wait = Math.max(1, Math.min(milliseconds, next - now() + 1));
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiters.delete(end);
          resolve();
        };
        const timer = setTimeout(end, wait);
        waiters.add(end);
      });
    },

    get closed() {
      return closed;
    },

    close() {
      closed = true;
      wake();
    },
  };
  return queue;
}
