import { runBatch } from "./batch.ts";
import { invalidParameter, SqsError } from "./errors.ts";
import { readInteger, readTexts, requireText, type SqsInput, type SqsOutput } from "./input.ts";
import { md5, md5OfAttributes, type QueueMessageAttributes } from "./message-content.ts";
import type { Queue } from "./queue.ts";
import type { QueueStore } from "./store.ts";
import { sequenceNumber, type QueueMessage } from "./queue-message.ts";

/** Longest time in seconds that a message can be in flight, all extensions included. */
const maxVisibilitySeconds = 43_200;

/** Amazon SQS API Reference, `ReceiveMessage`. */
export async function receiveMessage(store: QueueStore, input: SqsInput): Promise<SqsOutput> {
  const queue = store.require(input);
  if (input["ReceiveRequestAttemptId"] !== undefined) {
    const message = "ReceiveRequestAttemptId is not supported by this emulator.";
    throw new SqsError("UnsupportedOperation", message);
  }
  const limit = readInteger(input, "MaxNumberOfMessages", { min: 1, max: 10 }) ?? 1;
  const visibility =
    readInteger(input, "VisibilityTimeout", { min: 0, max: maxVisibilitySeconds }) ??
    Number(queue.attributes["VisibilityTimeout"]);
  const wait =
    readInteger(input, "WaitTimeSeconds", { min: 0, max: 20 }) ??
    Number(queue.attributes["ReceiveMessageWaitTimeSeconds"]);
  const system = [...readTexts(input, "AttributeNames"), ...readTexts(input, "MessageSystemAttributeNames")];
  const names = readTexts(input, "MessageAttributeNames");
  const end = performance.now() + wait * 1000;
  for (;;) {
    const messages = queue.receive(limit, visibility, (message) => store.buryIfExhausted(queue, message));
    const left = end - performance.now();
    if (messages.length > 0)
      return { Messages: messages.map((message) => describe(queue, message, { system, names })) };
    if (left <= 0 || queue.closed) return {};
    await queue.changed(left);
  }
}

interface Wanted {
  readonly system: readonly string[];
  readonly names: readonly string[];
}

function describe(queue: Queue, message: QueueMessage, { system, names }: Wanted): SqsOutput {
  const attributes = selectAttributes(message.attributes, names);
  const attributesMd5 = md5OfAttributes(attributes);
  const all = Object.entries(systemAttributes(queue, message));
  const wanted = all.filter(([name]) => system.includes("All") || system.includes(name));
  return {
    MessageId: message.id,
    ReceiptHandle: writeHandle(queue, message),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(wanted.length > 0 && { Attributes: Object.fromEntries(wanted) }),
    ...(attributesMd5 !== undefined && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: attributesMd5,
    }),
  };
}

/** Names, `All`, `.*`, and prefixes such as `feed.*`. */
function selectAttributes(
  attributes: QueueMessageAttributes,
  names: readonly string[],
): QueueMessageAttributes {
  const isWanted = (name: string) =>
    names.some(
      (wanted) =>
        wanted === "All" ||
        wanted === name ||
        (wanted.endsWith(".*") && name.startsWith(wanted.slice(0, wanted === ".*" ? -2 : -1))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}

const systemAttributes = (queue: Queue, message: QueueMessage): Readonly<Record<string, string>> => ({
  SenderId: "AIDALOCAL",
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.receives),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
  ...(message.deduplicationId !== undefined && { MessageDeduplicationId: message.deduplicationId }),
  ...(queue.isFifo && { SequenceNumber: sequenceNumber(message) }),
  ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
  ...(message.deadLetterSource !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSource }),
});

const writeHandle = ({ name }: Queue, { id, receipt }: QueueMessage): string =>
  Buffer.from([name, id, receipt?.handle].join(" ")).toString("base64url");

/** The message of a receipt handle, and whether the handle is that of its latest receive. */
function findReceipt(
  queue: Queue,
  receiptHandle: string,
): { readonly message: QueueMessage | undefined; readonly isLatest: boolean } {
  const [name, id, handle, ...rest] = Buffer.from(receiptHandle, "base64url").toString().split(" ");
  if (name === undefined || id === undefined || handle === undefined || rest.length > 0)
    throw invalidHandle(`The input receipt handle "${receiptHandle}" is not a valid receipt handle.`);
  if (name !== queue.name)
    throw invalidHandle(`The receipt handle "${receiptHandle}" is not valid for this queue.`);
  const message = queue.find(id);
  return { message, isLatest: message?.receipt?.handle === handle };
}

const invalidHandle = (message: string) => new SqsError("ReceiptHandleIsInvalid", message);

/**
 * Amazon SQS API Reference, `DeleteMessage`: a standard queue accepts an old handle and keeps the message; a FIFO queue
 * refuses a handle whose visibility timeout is over.
 */
export const deleteMessage = (store: QueueStore, input: SqsInput): SqsOutput =>
  deleteOne(store.require(input), input);

export function deleteMessageBatch(store: QueueStore, input: SqsInput): SqsOutput {
  const queue = store.require(input);
  return runBatch(input, (entry) => deleteOne(queue, entry));
}

function deleteOne(queue: Queue, input: SqsInput): SqsOutput {
  const receiptHandle = requireText(input, "ReceiptHandle");
  const { message, isLatest } = findReceipt(queue, receiptHandle);
  if (!message) return {};
  if (queue.isFifo && !(isLatest && message.state === "in flight"))
    throw invalidParameter("ReceiptHandle", receiptHandle, "The receipt handle has expired.");
  if (isLatest) queue.remove(message);
  return {};
}

/** Amazon SQS API Reference, `ChangeMessageVisibility`: 12 hours from the receive at most. */
export const changeMessageVisibility = (store: QueueStore, input: SqsInput): SqsOutput =>
  changeOne(store, store.require(input), input);

export function changeMessageVisibilityBatch(store: QueueStore, input: SqsInput): SqsOutput {
  const queue = store.require(input);
  return runBatch(input, (entry) => changeOne(store, queue, entry));
}

function changeOne(store: QueueStore, queue: Queue, input: SqsInput): SqsOutput {
  const { message, isLatest } = findReceipt(queue, requireText(input, "ReceiptHandle"));
  const seconds = readInteger(input, "VisibilityTimeout", { min: 0, max: maxVisibilitySeconds });
  if (seconds === undefined)
    throw new SqsError("MissingParameter", "The request must contain the parameter VisibilityTimeout.");
  if (!message || !isLatest || message.state !== "in flight") {
    const reason = "Message does not exist or is not available for visibility timeout change.";
    throw new SqsError("MessageNotInflight", reason);
  }
  const total = (store.now() - (message.receipt?.at ?? 0)) / 1000 + seconds;
  if (total > maxVisibilitySeconds) {
    const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilitySeconds} seconds].`;
    throw invalidParameter("VisibilityTimeout", seconds, reason);
  }
  queue.changeVisibility(message, seconds);
  return {};
}
