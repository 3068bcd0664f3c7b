import {
  ChangeMessageVisibilityBatchCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { SnapshotError } from "../core/errors.ts";
import type { Postpone } from "../core/deliver.ts";
import type { OutboxMessage } from "../core/plan.ts";
import type { Outbox } from "../core/ports.ts";

/** Messages and bytes of one `SendMessageBatch` (Amazon SQS Developer Guide, 'Message quotas': 1 MiB since August 2025). */
const maxBatch = { messages: 10, bytes: 1_048_576 } as const;

/** Longest visibility timeout, seconds (Amazon SQS API Reference, `ChangeMessageVisibility`). */
const maxVisibility = 43_200;

/**
 * Characters that SQS refuses in a body (Amazon SQS API Reference, `SendMessage`: those of XML 1.0). `JSON.stringify`
 * has already escaped controls and lone surrogates.
 */
const refused = /[\u{fffe}\u{ffff}]/gu;

/** The body of a message in the outbox. */
export const outboxBody = (message: OutboxMessage): string =>
  JSON.stringify({ feedbell: 1, ...message }).replace(
    refused,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );

/** Reads the body of a message in the outbox. Throws `SnapshotError("message-malformed")`. */
export function parseOutboxBody(body: string): OutboxMessage {
  try {
    const { feedbell, ...message } = JSON.parse(body) as OutboxMessage & { readonly feedbell?: unknown };
    const texts = [
      message.id,
      message.audience,
      message.subject,
      message.email,
      message.sms,
      message.machine,
    ];
    if (feedbell === 1 && texts.every((value) => typeof value === "string")) return message;
  } catch {
    // Reported below, as a body that is JSON but no message.
  }
  throw new SnapshotError("message-malformed", body.slice(0, 200), "a message of the outbox");
}

/** The outbox on an SQS FIFO queue: one message group per audience. */
export function sqsOutbox(client: SQSClient, queue: string): Outbox {
  return {
    async enqueue(messages) {
      for (const batch of batchesOf(messages)) {
        const { Failed: failed = [] } = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: queue,
            Entries: batch.map(({ message, body }, i) => ({
              Id: String(i),
              MessageBody: body,
              MessageGroupId: message.audience,
              MessageDeduplicationId: message.id,
            })),
          }),
        );
        const [first] = failed;
        if (first)
          throw new Error(
            `${failed.length} messages were not enqueued: ${first.Code} ${first.Message ?? ""}`,
          );
      }
    },
  };
}

function* batchesOf(messages: readonly OutboxMessage[]) {
  let batch: { readonly message: OutboxMessage; readonly body: string }[] = [];
  let bytes = 0;
  for (const message of messages) {
    const body = outboxBody(message);
    const size = Buffer.byteLength(body);
    if (batch.length > 0 && (batch.length === maxBatch.messages || bytes + size > maxBatch.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ message, body });
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Hides received messages for some seconds. Best effort: a message whose visibility can't be changed comes back after
 * the queue's own timeout.
 */
export function sqsPostpone(client: SQSClient, queue: string, onError: (error: unknown) => void): Postpone {
  return async (messages, seconds) => {
    const VisibilityTimeout = Math.min(maxVisibility, Math.max(0, Math.ceil(seconds)));
    for (let i = 0; i < messages.length; i += maxBatch.messages) {
      const entries = messages.slice(i, i + maxBatch.messages);
      try {
        const { Failed: failed = [] } = await client.send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl: queue,
            Entries: entries.map(({ handle }, at) => ({
              Id: String(at),
              ReceiptHandle: handle,
              VisibilityTimeout,
            })),
          }),
        );
        for (const { Code, Message } of failed) onError(new Error(`${Code} ${Message ?? ""}`));
      } catch (error) {
        onError(error);
      }
    }
  };
}
