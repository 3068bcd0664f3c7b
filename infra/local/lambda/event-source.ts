import { setTimeout as sleep } from "node:timers/promises";
import type { Queues } from "../emulators/queues.ts";
import type { EventSourceDefinition } from "../resources/resource-type.ts";
import { succeeded, type Batch } from "./batch-outcome.ts";
import type { FunctionPool } from "./function-pool.ts";
import type { Invocation } from "./function-process.ts";
import { toRecord, type ReceivedQueueMessage } from "./sqs-record.ts";

export interface EventSource {
  /** Batches that the function is handling. */
  readonly running: number;
  /** Uses other limits from the next batch on. */
  update(definition: EventSourceDefinition): void;
  stop(): Promise<void>;
}

export interface EventSourceOptions {
  readonly definition: EventSourceDefinition;
  readonly queues: Queues;
  readonly queueUrl: string;
  readonly region: string;
  readonly pool: Pick<FunctionPool, "available" | "invoke">;
  /** The first receive waits for it. */
  readonly ready?: Promise<void>;
  readonly log: (line: string) => void;
  /** Called for every batch that the function has answered. */
  readonly onInvocation: (invocation: Invocation, batch: Batch) => void;
  /** Called with the ids of the messages of every batch, after their invocation has ended in any way. */
  readonly onHandled?: (messageIds: readonly string[]) => void;
}

/**
 * Carries messages from a queue to a function: receives only while the function may run another batch, and deletes what
 * succeeded. A FIFO queue locks a group while one of its messages is in flight, so that a group is in one batch at a
 * time, and the number of groups with messages limits the concurrency (AWS Lambda Developer Guide, "Using Lambda with
 * Amazon SQS": FIFO queues).
 */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { queues, queueUrl, pool } = options;
  let { definition } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function receive(limit: number, seconds: number): Promise<ReceivedQueueMessage[]> {
    const reply = await queues.call("ReceiveMessage", {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(limit, 10),
      WaitTimeSeconds: seconds,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
    });
    return (reply["Messages"] as ReceivedQueueMessage[] | undefined) ?? [];
  }

  /** Counts the messages that go to the dead-letter queue instead of being delivered again. */
  async function countGivenUp(failed: readonly ReceivedQueueMessage[]): Promise<number> {
    if (failed.length === 0) return 0;
    const asked = { QueueUrl: queueUrl, AttributeNames: ["RedrivePolicy"] };
    const reply = await queues.call("GetQueueAttributes", asked);
    const { RedrivePolicy = "{}" } = (reply["Attributes"] ?? {}) as { RedrivePolicy?: string };
    const { maxReceiveCount = Infinity } = JSON.parse(RedrivePolicy) as { maxReceiveCount?: number };
    return failed.filter(
      ({ Attributes }) => Number(Attributes?.["ApproximateReceiveCount"]) >= maxReceiveCount,
    ).length;
  }

  async function collect(): Promise<ReceivedQueueMessage[]> {
    const batch = await receive(definition.batchSize, 20);
    const end = Date.now() + definition.windowSeconds * 1000;
    while (batch.length > 0 && batch.length < definition.batchSize && Date.now() < end) {
      const seconds = Math.min(Math.ceil((end - Date.now()) / 1000), 20);
      batch.push(...(await receive(definition.batchSize - batch.length, seconds)));
    }
    return batch;
  }

  async function handle(messages: readonly ReceivedQueueMessage[]): Promise<void> {
    const { queueArn, reportsFailures } = definition;
    const Records = messages.map((message) => toRecord(message, { queueArn, region: options.region }));
    const invocation = await pool.invoke({ Records });
    if (stopping.signal.aborted) return;
    const ids = messages.map(({ MessageId }) => MessageId);
    const done = succeeded(ids, invocation.outcome, reportsFailures);
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
    options.onHandled?.(ids);
  }

  async function poll(): Promise<void> {
    await options.ready;
    while (!stopping.signal.aborted) {
      while (running.size >= definition.maximumConcurrency) await Promise.race(running);
      await pool.available();
      if (stopping.signal.aborted) return;
      const messages = await collect();
      if (stopping.signal.aborted) return;
      if (messages.length === 0) {
        // Lets the event loop run between two long polls that are answered at once.
        await sleep(1);
        continue;
      }
      const batch = handle(messages)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted)
            options.log(`A batch of ${definition.queueArn} failed: ${String(error)}`);
        })
        .finally(() => running.delete(batch));
      running.add(batch);
    }
  }

  void poll().catch((error: unknown) => {
    // The queue may have been deleted, or the stack stopped.
    if (!stopping.signal.aborted) options.log(`Polling ${definition.queueArn} ended: ${String(error)}`);
  });
  return {
    get running() {
      return running.size;
    },
    update: (next) => void (definition = next),
    async stop() {
      stopping.abort();
      // The poll itself ends when the queues close their long polls.
      await Promise.allSettled(running);
    },
  };
}
