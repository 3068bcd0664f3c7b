import { setTimeout as sleep } from "node:timers/promises";
import type { Queues } from "../emulators/queues.ts";
import type { EventSourceDefinition } from "../resources/resource-type.ts";
import { succeeded, type Batch } from "./batch-outcome.ts";
import type { FunctionPool } from "./function-pool.ts";
import type { Invocation } from "./function-process.ts";

/** A queue's message as SQS gives it and Lambda hands it on. */
interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
}

export interface EventSource {
  /** Batches that are with the function now. */
  readonly running: number;
  stop(): Promise<void>;
}

export interface EventSourceOptions {
  readonly definition: EventSourceDefinition;
  readonly queues: Queues;
  readonly queueUrl: string;
  readonly region: string;
  readonly pool: FunctionPool;
  /** Hears of every batch that the function has answered. */
  readonly onInvocation: (invocation: Invocation, batch: Batch) => void;
}

/** Carries messages from the queue to the function: polls only while a process is free, deletes only what succeeded. */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { definition, queues, queueUrl, pool } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function receive(limit: number, seconds: number): Promise<Message[]> {
    const reply = await queues.call("ReceiveMessage", {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(limit, 10),
      WaitTimeSeconds: seconds,
      MessageSystemAttributeNames: ["All"],
    });
    return (reply["Messages"] as Message[] | undefined) ?? [];
  }

  /** How many of the messages the queue won't give out again: it has a limit where it has a dead-letter queue. */
  async function countGivenUp(failed: readonly Message[]): Promise<number> {
    if (failed.length === 0) return 0;
    const asked = { QueueUrl: queueUrl, AttributeNames: ["RedrivePolicy"] };
    const reply = await queues.call("GetQueueAttributes", asked);
    const { RedrivePolicy = "{}" } = (reply["Attributes"] ?? {}) as { RedrivePolicy?: string };
    const { maxReceiveCount = Infinity } = JSON.parse(RedrivePolicy) as { maxReceiveCount?: number };
    return failed.filter(
      ({ Attributes }) => Number(Attributes?.["ApproximateReceiveCount"]) >= maxReceiveCount,
    ).length;
  }

  async function collect(): Promise<Message[]> {
    const batch = await receive(definition.batchSize, 20);
    const end = Date.now() + definition.windowSeconds * 1000;
    while (batch.length > 0 && batch.length < definition.batchSize && Date.now() < end) {
      const seconds = Math.min(Math.ceil((end - Date.now()) / 1000), 20);
      batch.push(...(await receive(definition.batchSize - batch.length, seconds)));
    }
    return batch;
  }

  async function handle(messages: readonly Message[]): Promise<void> {
    const invocation = await pool.invoke({ Records: messages.map((message) => toRecord(message, options)) });
    if (stopping.signal.aborted) return;
    const ids = messages.map(({ MessageId }) => MessageId);
    const done = succeeded(ids, invocation.outcome, definition.reportsFailures);
    const Entries = messages
      .filter(({ MessageId }) => done.includes(MessageId))
      .map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
    for (let index = 0; index < Entries.length; index += 10) {
      const entries = Entries.slice(index, index + 10);
      await queues.call("DeleteMessageBatch", { QueueUrl: queueUrl, Entries: entries });
    }
    const failed = messages.filter(({ MessageId }) => !done.includes(MessageId));
    const givenUp = await countGivenUp(failed);
    options.onInvocation(invocation, { messages: ids.length, failed: failed.length, givenUp });
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pool.available();
      if (stopping.signal.aborted) return;
      const messages = await collect();
      if (stopping.signal.aborted) return;
      if (messages.length === 0) {
        // Between two long polls the event loop gets its turn even when the queue answers at once.
        await sleep(1);
        continue;
      }
      const batch = handle(messages).finally(() => running.delete(batch));
      running.add(batch);
    }
  }

  const polling = poll();
  return {
    get running() {
      return running.size;
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
      // The poll itself ends when the queues close their long polls.
      void polling.catch(() => undefined);
    },
  };
}

function toRecord(message: Message, { definition, region }: EventSourceOptions): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: {},
    md5OfBody: message.MD5OfBody,
    eventSource: "aws:sqs",
    eventSourceARN: definition.queueArn,
    awsRegion: region,
  };
}
