import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "./reply.ts";
import * as administration from "./sqs/administration.ts";
import { SqsError } from "./sqs/errors.ts";
import { keepQueues, restoreQueues, type KeptQueue } from "./sqs/kept-queues.ts";
import { isRecord, type SqsInput, type SqsOutput } from "./sqs/input.ts";
import {
  cancelMessageMoveTask,
  listMessageMoveTasks,
  startMessageMoveTask,
  stopMoveTasks,
} from "./sqs/move-tasks.ts";
import * as receive from "./sqs/receive.ts";
import { sendMessage, sendMessageBatch } from "./sqs/send.ts";
import { openStore, type QueueStore, type StoreOptions } from "./sqs/store.ts";

/** A message in a queue, in any state. */
export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly state: "ready" | "in flight" | "delayed";
  /** Times it was received. */
  readonly receives: number;
  /** When it can be received again, in milliseconds of the epoch; absent where it can be now. */
  readonly visibleAt?: number;
  /** In a FIFO queue. */
  readonly groupId?: string;
}

/** SQS in memory: standard and FIFO queues behind the JSON protocol. */
export interface Queues {
  /** Serves a request in SQS's JSON protocol. */
  serve(headers: IncomingHttpHeaders, body: Buffer): Promise<Reply>;
  /** Calls an action in this process; rejects with SQS's code and message. */
  call(action: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** The messages of a queue, without receiving them. */
  inspect(queueName: string): Promise<readonly QueuedMessage[]>;
  /** All queues with their messages, to be kept between starts. */
  keep(): readonly KeptQueue[];
  restore(kept: readonly KeptQueue[]): void;
  /** Ends every long poll. */
  close(): Promise<void>;
}

export type QueuesOptions = Pick<StoreOptions, "host" | "region" | "account"> &
  Partial<Pick<StoreOptions, "deduplicationSeconds" | "now">>;

type Action = (store: QueueStore, input: SqsInput) => SqsOutput | Promise<SqsOutput>;

/** The actions that are supported; any other is refused. */
const actions: Readonly<Record<string, Action>> = {
  CancelMessageMoveTask: cancelMessageMoveTask,
  ChangeMessageVisibility: receive.changeMessageVisibility,
  ChangeMessageVisibilityBatch: receive.changeMessageVisibilityBatch,
  CreateQueue: administration.createQueue,
  DeleteMessage: receive.deleteMessage,
  DeleteMessageBatch: receive.deleteMessageBatch,
  DeleteQueue: administration.deleteQueue,
  GetQueueAttributes: administration.getQueueAttributes,
  GetQueueUrl: administration.getQueueUrl,
  ListDeadLetterSourceQueues: administration.listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueues: administration.listQueues,
  ListQueueTags: administration.listQueueTags,
  PurgeQueue: administration.purgeQueue,
  ReceiveMessage: receive.receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: administration.setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
  TagQueue: administration.tagQueue,
  UntagQueue: administration.untagQueue,
};

/** Opens the emulator. Deduplication lasts for 5 minutes where `deduplicationSeconds` is absent. */
export function openQueues(options: QueuesOptions): Queues {
  const store = openStore({ deduplicationSeconds: 300, now: Date.now, ...options });

  async function run(action: string, input: SqsInput): Promise<SqsOutput> {
    const known = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (!known)
      throw new SqsError("UnsupportedOperation", `The local SQS does not implement the action ${action}.`);
    return known(store, input);
  }

  return {
    async serve(headers, body) {
      const action = String(headers["x-amz-target"]).replace(/^AmazonSQS\./, "");
      try {
        return reply(200, await run(action, parseInput(body)));
      } catch (error) {
        if (!(error instanceof SqsError)) throw error;
        const content = { __type: `com.amazonaws.sqs#${error.name}`, message: error.message };
        return reply(400, content, { "x-amzn-query-error": `${error.queryCode};Sender` });
      }
    },
    async call(action, input) {
      try {
        return await run(action, input);
      } catch (error) {
        if (!(error instanceof SqsError)) throw error;
        throw new Error(`SQS refused ${action}: ${error.name}: ${error.message}`, { cause: error });
      }
    },
    keep: () => keepQueues(store),
    restore: (kept) => restoreQueues(store, kept),
    async inspect(queueName) {
      const queue = store.queues.get(queueName);
      if (!queue) throw new Error(`There is no queue ${queueName}.`);
      return queue.messages().map(({ id, body, state, receives, visibleAt, groupId }) => ({
        id,
        body,
        state,
        receives,
        ...(state !== "ready" && { visibleAt }),
        ...(groupId !== undefined && { groupId }),
      }));
    },
    async close() {
      stopMoveTasks(store);
      for (const queue of store.queues.values()) queue.close();
    },
  };
}

function parseInput(body: Buffer): SqsInput {
  try {
    const input: unknown = body.length === 0 ? {} : JSON.parse(body.toString("utf8"));
    if (isRecord(input)) return input;
  } catch {
    // Answered below.
  }
  throw new SqsError("SerializationException", "The request is not a JSON object.");
}

const reply = (
  status: number,
  content: SqsOutput,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID(), ...headers },
  body: JSON.stringify(content),
});
