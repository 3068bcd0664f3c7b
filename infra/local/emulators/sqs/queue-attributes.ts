import { SqsError } from "./errors.ts";
import { isRecord } from "./input.ts";

export type QueueAttributes = Readonly<Record<string, string>>;

/** Integer attributes with their ranges (Amazon SQS API Reference, `SetQueueAttributes`). */
const ranges: Readonly<Record<string, readonly [min: number, max: number]>> = {
  DelaySeconds: [0, 900],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
  MaximumMessageSize: [1_024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
};

/** Attributes with a fixed set of values. */
const choices: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ["true", "false"],
  DeduplicationScope: ["messageGroup", "queue"],
  FifoQueue: ["true"],
  FifoThroughputLimit: ["perQueue", "perMessageGroupId"],
  SqsManagedSseEnabled: ["true", "false"],
};

const texts = ["KmsMasterKeyId", "Policy", "RedriveAllowPolicy", "RedrivePolicy"];

const fifoOnly = ["ContentBasedDeduplication", "DeduplicationScope", "FifoQueue", "FifoThroughputLimit"];

const defaults: QueueAttributes = {
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  SqsManagedSseEnabled: "true",
  VisibilityTimeout: "30",
};

const fifoDefaults: QueueAttributes = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
};

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Throws where SQS refuses the name of a queue (Amazon SQS API Reference, `CreateQueue`). */
export function checkQueueName(name: string, attributes: QueueAttributes): void {
  const isFifo = attributes["FifoQueue"] === "true";
  const pattern = isFifo ? /^[\w-]+\.fifo$/ : /^[\w-]+$/;
  if (pattern.test(name) && name.length <= 80) return;
  throw new SqsError(
    "InvalidParameterValue",
    isFifo
      ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
      : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
  );
}

/** The attributes of a new queue, defaults included; throws where SQS refuses one. */
export function completeAttributes(given: QueueAttributes): QueueAttributes {
  const attributes = { ...defaults, ...(given["FifoQueue"] === "true" && fifoDefaults), ...given };
  checkAttributes(given, attributes);
  return attributes;
}

/** The attributes of a queue after a change; throws where SQS refuses one. An empty value removes the attribute. */
export function changeAttributes(current: QueueAttributes, given: QueueAttributes): QueueAttributes {
  const removed = texts.filter((name) => given[name] === "");
  const changes = Object.entries(given).filter(([name]) => !removed.includes(name));
  const kept = Object.entries(current).filter(([name]) => !removed.includes(name));
  const attributes = Object.fromEntries([...kept, ...changes]);
  checkAttributes(Object.fromEntries(changes), attributes);
  return attributes;
}

function checkAttributes(given: QueueAttributes, all: QueueAttributes): void {
  const isFifo = all["FifoQueue"] === "true";
  for (const [name, value] of Object.entries(given)) {
    if (!isFifo && fifoOnly.includes(name)) throw unknownAttribute(name);
    const range = ranges[name];
    const choice = choices[name];
    if (!range && !choice && !texts.includes(name)) throw unknownAttribute(name);
    if (range && !(/^\d{1,7}$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1]))
      throw invalidAttribute(name, value, `Must be between ${range[0]} and ${range[1]}.`);
    if (choice && !choice.includes(value))
      throw invalidAttribute(name, value, `Must be one of ${choice.join(", ")}.`);
  }
  if (all["FifoThroughputLimit"] === "perMessageGroupId" && all["DeduplicationScope"] !== "messageGroup") {
    const reason = "perMessageGroupId is allowed only when DeduplicationScope is messageGroup.";
    throw invalidAttribute("FifoThroughputLimit", "perMessageGroupId", reason);
  }
  parseRedrivePolicy(all);
}

/** The redrive policy, absent where there is none; throws where it is not valid. */
export function parseRedrivePolicy(attributes: QueueAttributes): RedrivePolicy | undefined {
  const text = attributes["RedrivePolicy"];
  if (text === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = parseRecord(text);
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== "string" || !Number.isInteger(count) || count < 1 || count > 1000) {
    const reason = "Expected deadLetterTargetArn, and maxReceiveCount between 1 and 1000.";
    throw invalidAttribute("RedrivePolicy", text, reason);
  }
  return { deadLetterTargetArn, maxReceiveCount: count };
}

function parseRecord(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const unknownAttribute = (name: string) => new SqsError("InvalidAttributeName", `Unknown Attribute ${name}.`);

export const invalidAttribute = (name: string, value: string, reason: string): SqsError =>
  new SqsError(
    "InvalidAttributeValue",
    `Invalid value ${value} for the parameter ${name}. Reason: ${reason}`,
  );
