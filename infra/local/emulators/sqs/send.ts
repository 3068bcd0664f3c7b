import { createHash } from "node:crypto";
import { readEntries, runBatch } from "./batch.ts";
import { invalidParameter, SqsError } from "./errors.ts";
import { readInteger, readText, requireText, type SqsInput, type SqsOutput } from "./input.ts";
import {
  checkCharacters,
  maxMessageBytes,
  md5,
  md5OfAttributes,
  measureMessage,
  readMessageAttributes,
  type QueueMessageAttributes,
} from "./message-content.ts";
import type { Queue } from "./queue.ts";
import type { QueueStore } from "./store.ts";
import { sequenceNumber, type QueueMessage } from "./queue-message.ts";

/** Amazon SQS API Reference, `SendMessage`. */
export const sendMessage = (store: QueueStore, input: SqsInput): SqsOutput =>
  sendOne(store, store.require(input), input);

/** Amazon SQS API Reference, `SendMessageBatch`: the messages share the size limit of one. */
export function sendMessageBatch(store: QueueStore, input: SqsInput): SqsOutput {
  const queue = store.require(input);
  const size = readEntries(input).reduce((sum, entry) => sum + measureEntry(entry), 0);
  if (size > maxMessageBytes) {
    const message = `Batch requests cannot be longer than ${maxMessageBytes} bytes. You have sent ${size} bytes.`;
    throw new SqsError("BatchRequestTooLong", message);
  }
  return runBatch(input, (entry) => sendOne(store, queue, entry));
}

/** An entry that is not valid has no size here: it is reported by itself, and does not fail the batch. */
function measureEntry(entry: SqsInput): number {
  try {
    const attributes = readMessageAttributes(entry["MessageAttributes"]);
    return measureMessage(requireText(entry, "MessageBody"), attributes);
  } catch (error) {
    if (error instanceof SqsError) return 0;
    throw error;
  }
}

function sendOne(store: QueueStore, queue: Queue, input: SqsInput): SqsOutput {
  const body = requireText(input, "MessageBody");
  const attributes = readMessageAttributes(input["MessageAttributes"]);
  checkCharacters(body);
  const limit = Number(queue.attributes["MaximumMessageSize"]);
  if (measureMessage(body, attributes) > limit) {
    const reason = `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`;
    throw new SqsError("InvalidParameterValue", reason);
  }
  const system = readSystemAttributes(input["MessageSystemAttributes"]);
  const traceHeader = system["AWSTraceHeader"]?.StringValue;
  const message = { body, attributes, ...(traceHeader !== undefined && { traceHeader }) };
  const sent = queue.isFifo
    ? sendToFifo(store, { queue, input, message })
    : sendToStandard(store, { queue, input, message });
  const attributesMd5 = md5OfAttributes(attributes);
  const systemMd5 = md5OfAttributes(system);
  return {
    MessageId: sent.id,
    MD5OfMessageBody: md5(body),
    ...(attributesMd5 !== undefined && { MD5OfMessageAttributes: attributesMd5 }),
    ...(systemMd5 !== undefined && { MD5OfMessageSystemAttributes: systemMd5 }),
    ...(queue.isFifo && { SequenceNumber: sequenceNumber(sent) }),
  };
}

/** `AWSTraceHeader` is the only system attribute that can be sent. */
function readSystemAttributes(value: unknown): QueueMessageAttributes {
  const attributes = readMessageAttributes(value);
  const other = Object.entries(attributes).find(
    ([name, { DataType }]) => name !== "AWSTraceHeader" || DataType !== "String",
  );
  if (!other) return attributes;
  const reason = "Message system attributes: only AWSTraceHeader, of the type String, is supported.";
  throw invalidParameter("MessageSystemAttributes", other[0], reason);
}

interface Sending {
  readonly queue: Queue;
  readonly input: SqsInput;
  readonly message: Pick<QueueMessage, "body" | "attributes" | "traceHeader">;
}

type Sent = Pick<QueueMessage, "id" | "sequence">;

/** A group id is allowed here for fair queues; a deduplication id is not. */
function sendToStandard(store: QueueStore, { queue, input, message }: Sending): Sent {
  const groupId = readId(input, "MessageGroupId");
  if (readId(input, "MessageDeduplicationId") !== undefined) throw notForThisType("MessageDeduplicationId");
  const delay =
    readInteger(input, "DelaySeconds", { min: 0, max: 900 }) ?? Number(queue.attributes["DelaySeconds"]);
  return store.put(queue, { ...message, ...(groupId !== undefined && { groupId }) }, delay);
}

/** A message within the deduplication interval of an equal one is accepted, and not delivered. */
function sendToFifo(store: QueueStore, { queue, input, message }: Sending): Sent {
  const groupId = readId(input, "MessageGroupId");
  if (groupId === undefined)
    throw new SqsError("MissingParameter", "The request must contain the parameter MessageGroupId.");
  // Per-message delay is not possible here; 0 is what clients send as a default.
  const delay = readInteger(input, "DelaySeconds", { min: 0, max: 900 }) ?? 0;
  if (delay > 0) throw notForThisType("DelaySeconds");
  const deduplicationId = readId(input, "MessageDeduplicationId") ?? contentId(queue, message.body);
  const isScopedToGroup = queue.attributes["DeduplicationScope"] === "messageGroup";
  const key = JSON.stringify(isScopedToGroup ? [groupId, deduplicationId] : [deduplicationId]);
  const known = queue.deduplication.find(key);
  if (known) return known;
  const queueDelay = Number(queue.attributes["DelaySeconds"]);
  const { id, sequence } = store.put(queue, { ...message, groupId, deduplicationId }, queueDelay);
  queue.deduplication.record(key, { id, sequence });
  return { id, sequence };
}

/** The deduplication id of content-based deduplication: SHA-256 of the body, not of the attributes. */
function contentId(queue: Queue, body: string): string {
  if (queue.attributes["ContentBasedDeduplication"] === "true")
    return createHash("sha256").update(body).digest("hex");
  throw new SqsError(
    "InvalidParameterValue",
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}

/** Up to 128 alphanumeric characters and punctuation. */
function readId(input: SqsInput, name: string): string | undefined {
  const value = readText(input, name);
  if (value === undefined || /^[!-~]{1,128}$/.test(value)) return value;
  throw invalidParameter(
    name,
    value,
    `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}

const notForThisType = (name: string) =>
  new SqsError(
    "InvalidParameterValue",
    `Value for parameter ${name} is invalid. Reason: The request include parameter that is not valid for this queue type`,
  );
