import { randomUUID } from "node:crypto";
import { SqsError } from "./errors.ts";
import { requireText, type SqsInput } from "./input.ts";
import type { MoveTask } from "./move-task.ts";
import { parseRedrivePolicy } from "./queue-attributes.ts";
import { openQueue, type Queue, type QueueOptions } from "./queue.ts";
import type { QueueMessage } from "./queue-message.ts";

/** What a caller says of a new message; the store adds the rest. */
export type NewMessage = Pick<QueueMessage, "body" | "attributes"> &
  Partial<
    Pick<
      QueueMessage,
      | "id"
      | "sentAt"
      | "traceHeader"
      | "groupId"
      | "deduplicationId"
      | "deadLetterSource"
      | "receives"
      | "firstReceivedAt"
    >
  >;

/** All queues of the service. */
export interface QueueStore {
  readonly queues: ReadonlyMap<string, Queue>;
  /** The newest tasks first. */
  readonly moveTasks: MoveTask[];
  readonly now: () => number;
  create(name: string, attributes: QueueOptions["attributes"]): Queue;
  delete(queue: Queue): void;
  /** The queue that `QueueUrl` names; throws `QueueDoesNotExist`. Host and account of the URL are ignored. */
  require(input: SqsInput): Queue;
  findByArn(arn: string): Queue | undefined;
  /** Adds a message to a queue. */
  put(queue: Queue, message: NewMessage, delaySeconds: number): QueueMessage;
  /** Moves a message to the dead-letter queue if it was received as often as the redrive policy allows. */
  buryIfExhausted(queue: Queue, message: QueueMessage): boolean;
}

export interface StoreOptions {
  /** Host and port in the URLs of queues, such as `127.0.0.1:4566`. */
  readonly host: string;
  readonly region: string;
  readonly account: string;
  readonly deduplicationSeconds: number;
  readonly now: () => number;
}

export function openStore({ host, region, account, deduplicationSeconds, now }: StoreOptions): QueueStore {
  const queues = new Map<string, Queue>();
  let sequence = 0;

  const store: QueueStore = {
    queues,
    moveTasks: [],
    now,

    create(name, attributes) {
      const arn = `arn:aws:sqs:${region}:${account}:${name}`;
      const url = `http://${host}/${account}/${name}`;
      const queue = openQueue({ name, arn, url, attributes, deduplicationSeconds, now });
      queues.set(name, queue);
      return queue;
    },

    delete(queue) {
      queue.close();
      queues.delete(queue.name);
    },

    require(input) {
      const name = requireText(input, "QueueUrl").split("/").at(-1) ?? "";
      const queue = queues.get(name);
      if (queue) return queue;
      throw new SqsError("QueueDoesNotExist", "The specified queue does not exist.");
    },

    findByArn: (arn) => [...queues.values()].find((queue) => queue.arn === arn),

    put(queue, message, delaySeconds) {
      sequence += 1;
      const stored: QueueMessage = {
        id: randomUUID(),
        sentAt: now(),
        receives: 0,
        ...message,
        sequence,
        state: delaySeconds > 0 ? "delayed" : "ready",
        visibleAt: now() + delaySeconds * 1000,
      };
      queue.put(stored);
      return stored;
    },

    buryIfExhausted(queue, message) {
      const policy = parseRedrivePolicy(queue.attributes);
      const target = policy && store.findByArn(policy.deadLetterTargetArn);
      if (!policy || !target || message.receives < policy.maxReceiveCount) return false;
      const { id, body, attributes, traceHeader, groupId, sentAt, receives, firstReceivedAt } = message;
      const deadLetter: NewMessage = {
        id,
        body,
        attributes,
        receives,
        deadLetterSource: queue.arn,
        ...(traceHeader !== undefined && { traceHeader }),
        ...(groupId !== undefined && { groupId }),
        ...(firstReceivedAt !== undefined && { firstReceivedAt }),
        // A FIFO dead-letter queue resets the enqueue timestamp and replaces the deduplication id by the message id
        // (Amazon SQS Developer Guide, "Setting-up dead-letter queue retention", "Configure a dead-letter queue redrive").
        ...(target.isFifo ? { deduplicationId: id } : { sentAt }),
      };
      store.put(target, deadLetter, 0);
      return true;
    },
  };
  return store;
}
