import type { QueueMessage } from "./queue-message.ts";

/** Decides which visible message a receive gets next. */
export interface DeliveryOrder {
  /** Adds a message that has become visible. */
  add(message: QueueMessage): void;
  /** Removes a visible message. */
  remove(message: QueueMessage): void;
  /** Starts one receive: each call of the result removes and returns the next message that this receive may have. */
  startReceive(): () => QueueMessage | undefined;
  /** A message has gone in flight. */
  lock(message: QueueMessage): void;
  /** A message is no longer in flight. */
  unlock(message: QueueMessage): void;
  /** Whether a visible message can't be received now. */
  isLocked(message: QueueMessage): boolean;
  clear(): void;
}

/** A standard queue: in the order of arrival; a message that returns goes to the end. */
export function openStandardOrder(): DeliveryOrder {
  let ready: QueueMessage[] = [];
  return {
    add: (message) => void ready.push(message),
    remove(message) {
      ready = ready.filter((other) => other !== message);
    },
    startReceive: () => () => ready.shift(),
    lock: () => undefined,
    unlock: () => undefined,
    isLocked: () => false,
    clear() {
      ready = [];
    },
  };
}

interface Group {
  /** Visible messages in the order of sending. */
  readonly ready: QueueMessage[];
  inFlight: number;
}

/**
 * A FIFO queue: a receive gets as many messages of one group as it can, in order, then those of the next group. No
 * receive gets a message of a group that has another in flight (Amazon SQS Developer Guide, "FIFO queue delivery
 * logic"). The groups take turns: the group that was served last is the last to be served again.
 */
export function openFifoOrder(): DeliveryOrder {
  /** By id, in the order of their turns. */
  const groups = new Map<string, Group>();

  function groupOf({ groupId = "" }: QueueMessage): Group {
    const found = groups.get(groupId);
    if (found) return found;
    const group: Group = { ready: [], inFlight: 0 };
    groups.set(groupId, group);
    return group;
  }

  function forgetEmpty(groupId: string, group: Group): void {
    if (group.ready.length === 0 && group.inFlight === 0) groups.delete(groupId);
  }

  function* candidates(): Generator<QueueMessage> {
    const unlocked = [...groups].filter(([, { inFlight }]) => inFlight === 0);
    for (const [groupId, group] of unlocked) {
      groups.delete(groupId);
      groups.set(groupId, group);
      for (let next = group.ready.shift(); next; next = group.ready.shift()) yield next;
      forgetEmpty(groupId, group);
    }
  }

  return {
    add(message) {
      const { ready } = groupOf(message);
      const after = ready.findLastIndex(({ sequence }) => sequence < message.sequence);
      ready.splice(after + 1, 0, message);
    },
    remove(message) {
      const group = groupOf(message);
      const index = group.ready.indexOf(message);
      if (index >= 0) group.ready.splice(index, 1);
      forgetEmpty(message.groupId ?? "", group);
    },
    startReceive() {
      const iterator = candidates();
      return () => iterator.next().value ?? undefined;
    },
    lock(message) {
      groupOf(message).inFlight += 1;
    },
    unlock(message) {
      const group = groupOf(message);
      group.inFlight -= 1;
      forgetEmpty(message.groupId ?? "", group);
    },
    isLocked: (message) => groupOf(message).inFlight > 0,
    clear: () => groups.clear(),
  };
}
