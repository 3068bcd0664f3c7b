import { randomUUID } from "node:crypto";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** A received dead letter. */
export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** Receipt handle. */
  readonly handle: string;
  /** Time of its first queueing, ISO 8601. */
  readonly at?: string;
  /** Its message group, in a FIFO queue. */
  readonly group?: string;
}

/** Seconds in which a received dead letter is sent on and deleted. */
const visibilitySeconds = 120;

/** Approximate number of dead letters. */
export async function countDeadLetters(sqs: SQSClient, url: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  return Number(Attributes?.["ApproximateNumberOfMessages"] ?? 0);
}

/** Receives up to 10 dead letters; none if the queue is empty. */
export async function receiveDeadLetters(sqs: SQSClient, url: string): Promise<readonly DeadLetter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: visibilitySeconds,
      // A wait above 0 queries all servers, not a sample (Amazon SQS Developer Guide, 'Short and long polling').
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ["SentTimestamp", "MessageGroupId"],
    }),
  );
  return Messages.flatMap(deadLetterOf);
}

/**
 * Sends a dead letter to the queue `to` and then deletes it: an interruption repeats the message and never loses it. In
 * a FIFO queue it keeps its group and gets a new deduplication id: under the old one SQS would drop it silently within
 * five minutes of its first sending (Amazon SQS Developer Guide, 'Using the message deduplication ID').
 */
export async function redrive(
  sqs: SQSClient,
  { body, handle, group }: DeadLetter,
  queues: { readonly from: string; readonly to: string },
): Promise<void> {
  const fifo = group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: randomUUID() };
  await sqs.send(new SendMessageCommand({ QueueUrl: queues.to, MessageBody: body, ...fifo }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queues.from, ReceiptHandle: handle }));
}

/** Makes received dead letters visible again, best effort: the visibility time-out does the same. */
export async function releaseDeadLetters(
  sqs: SQSClient,
  url: string,
  letters: readonly DeadLetter[],
): Promise<void> {
  await Promise.allSettled(
    letters.map(({ handle }) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: 0 }),
      ),
    ),
  );
}

function deadLetterOf({ MessageId, Body, ReceiptHandle, Attributes }: Message): DeadLetter[] {
  if (MessageId === undefined || Body === undefined || ReceiptHandle === undefined) return [];
  const sent = Number(Attributes?.SentTimestamp);
  return [
    {
      id: MessageId,
      body: Body,
      handle: ReceiptHandle,
      ...(sent > 0 && { at: new Date(sent).toISOString() }),
      ...(Attributes?.MessageGroupId !== undefined && { group: Attributes.MessageGroupId }),
    },
  ];
}
