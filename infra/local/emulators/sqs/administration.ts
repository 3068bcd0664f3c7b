import { invalidParameter, SqsError } from "./errors.ts";
import {
  readInteger,
  readText,
  readTextMap,
  readTexts,
  requireText,
  type SqsInput,
  type SqsOutput,
} from "./input.ts";
import {
  changeAttributes,
  checkQueueName,
  completeAttributes,
  invalidAttribute,
  parseRedrivePolicy,
  type QueueAttributes,
} from "./queue-attributes.ts";
import type { Queue } from "./queue.ts";
import type { QueueStore } from "./store.ts";

/** Amazon SQS API Reference, `CreateQueue`: an equal queue that exists is returned. */
export function createQueue(store: QueueStore, input: SqsInput): SqsOutput {
  const name = requireText(input, "QueueName");
  const given = readTextMap(input, "Attributes");
  checkQueueName(name, given);
  const found = store.queues.get(name);
  if (found) {
    const different = Object.entries(given).find(([key, value]) => found.attributes[key] !== value);
    if (!different) return { QueueUrl: found.url };
    const message = `A queue already exists with the same name and a different value for attribute ${different[0]}`;
    throw new SqsError("QueueNameExists", message);
  }
  const attributes = completeAttributes(given);
  checkDeadLetterQueue(store, attributes);
  const queue = store.create(name, attributes);
  for (const [key, value] of Object.entries(readTextMap(input, "tags"))) queue.tags.set(key, value);
  return { QueueUrl: queue.url };
}

/** A dead-letter queue exists, and is of the type of its source (Amazon SQS Developer Guide, "Using dead-letter queues"). */
function checkDeadLetterQueue(store: QueueStore, attributes: QueueAttributes): void {
  const policy = parseRedrivePolicy(attributes);
  if (!policy) return;
  const target = store.findByArn(policy.deadLetterTargetArn);
  const text = attributes["RedrivePolicy"] ?? "";
  if (!target) throw invalidAttribute("RedrivePolicy", text, "Dead letter target does not exist.");
  if (target.isFifo !== (attributes["FifoQueue"] === "true"))
    throw invalidAttribute(
      "RedrivePolicy",
      text,
      "Dead-letter queue must be same type of queue as the source.",
    );
}

export function deleteQueue(store: QueueStore, input: SqsInput): SqsOutput {
  store.delete(store.require(input));
  return {};
}

export function getQueueUrl(store: QueueStore, input: SqsInput): SqsOutput {
  const { url } = store.require({ QueueUrl: requireText(input, "QueueName") });
  return { QueueUrl: url };
}

export function listQueues(store: QueueStore, input: SqsInput): SqsOutput {
  const prefix = readText(input, "QueueNamePrefix") ?? "";
  const limit = readInteger(input, "MaxResults", { min: 1, max: 1000 }) ?? 1000;
  const after = readText(input, "NextToken") ?? "";
  const names = [...store.queues.keys()].filter((name) => name.startsWith(prefix) && name > after).toSorted();
  const page = names.slice(0, limit);
  return {
    ...(page.length > 0 && { QueueUrls: page.map((name) => store.queues.get(name)?.url) }),
    ...(page.length < names.length && { NextToken: page.at(-1) }),
  };
}

/** Amazon SQS API Reference, `ListDeadLetterSourceQueues`. */
export function listDeadLetterSourceQueues(store: QueueStore, input: SqsInput): SqsOutput {
  const { arn } = store.require(input);
  const sources = [...store.queues.values()].filter(
    ({ attributes }) => parseRedrivePolicy(attributes)?.deadLetterTargetArn === arn,
  );
  return { queueUrls: sources.map(({ url }) => url) };
}

export function getQueueAttributes(store: QueueStore, input: SqsInput): SqsOutput {
  const queue = store.require(input);
  const names = readTexts(input, "AttributeNames");
  const all = describeAttributes(queue);
  const unknown = names.find((name) => name !== "All" && !readableNames.includes(name));
  if (unknown !== undefined) throw new SqsError("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
  const wanted = Object.entries(all).filter(([name]) => names.includes("All") || names.includes(name));
  return wanted.length === 0 ? {} : { Attributes: Object.fromEntries(wanted) };
}

/** Amazon SQS API Reference, `GetQueueAttributes`. */
const readableNames = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesDelayed",
  "ApproximateNumberOfMessagesNotVisible",
  "ContentBasedDeduplication",
  "CreatedTimestamp",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "LastModifiedTimestamp",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "Policy",
  "QueueArn",
  "ReceiveMessageWaitTimeSeconds",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
];

function describeAttributes(queue: Queue): QueueAttributes {
  const counts = { ready: 0, "in flight": 0, delayed: 0 };
  for (const { state } of queue.messages()) counts[state] += 1;
  return {
    ...queue.attributes,
    ApproximateNumberOfMessages: String(counts.ready),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    ApproximateNumberOfMessagesNotVisible: String(counts["in flight"]),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    QueueArn: queue.arn,
  };
}

export function setQueueAttributes(store: QueueStore, input: SqsInput): SqsOutput {
  const queue = store.require(input);
  const given = readTextMap(input, "Attributes");
  if (given["FifoQueue"] !== undefined && given["FifoQueue"] !== queue.attributes["FifoQueue"])
    throw invalidAttribute("FifoQueue", given["FifoQueue"], "Modifying queue type is not supported.");
  const attributes = changeAttributes(queue.attributes, given);
  checkDeadLetterQueue(store, attributes);
  queue.attributes = attributes;
  queue.modifiedAt = store.now();
  return {};
}

export function purgeQueue(store: QueueStore, input: SqsInput): SqsOutput {
  store.require(input).purge();
  return {};
}

export function tagQueue(store: QueueStore, input: SqsInput): SqsOutput {
  const { tags } = store.require(input);
  for (const [key, value] of Object.entries(readTextMap(input, "Tags"))) tags.set(key, value);
  if (tags.size > 50) throw invalidParameter("Tags", tags.size, "A queue can have at most 50 tags.");
  return {};
}

export function untagQueue(store: QueueStore, input: SqsInput): SqsOutput {
  const { tags } = store.require(input);
  for (const key of readTexts(input, "TagKeys")) tags.delete(key);
  return {};
}

export function listQueueTags(store: QueueStore, input: SqsInput): SqsOutput {
  return { Tags: Object.fromEntries(store.require(input).tags) };
}
