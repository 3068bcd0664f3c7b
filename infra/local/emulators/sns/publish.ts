import { randomUUID } from "node:crypto";
import { measureAttributes, readAttributes, type AttributeMap } from "./attributes.ts";
import { invalidParameter, SnsError } from "./errors.ts";
import { readMembers, type Fields } from "./query.ts";
import type { Topic } from "./topics.ts";

/** A message that the service has accepted. */
export interface Notification {
  readonly id: string;
  readonly topic: Topic;
  readonly subject?: string;
  /** Texts by protocol; `default` for all others. */
  readonly texts: { readonly default: string } & Readonly<Record<string, string>>;
  readonly attributes: AttributeMap;
  readonly at: Date;
}

/** Limit of a message with its attributes, and of all messages of a batch together. */
const maxMessageBytes = 262_144;

/** Limit of an SMS (Amazon SNS API reference, "Publish", parameter Message). */
const maxSmsCharacters = 1600;

/** Characters that XML 1.0 does not allow (Amazon SNS FAQ, "What characters can a message contain"). */
// oxlint-disable-next-line no-control-regex -- XML 1.0 allows exactly these control characters
const forbidden = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Validates a message by the rules of the service: subject (one line, no control characters, fewer than 100
 * characters), text, structure, size, attributes. Returns the notification and its size in bytes.
 */
export function accept(topic: Topic, fields: Fields): { notification: Notification; size: number } {
  const message = fields.get("Message") ?? "";
  if (message === "") throw invalidParameter("Empty message");
  const subject = fields.get("Subject");
  if (subject !== undefined) checkSubject(subject);
  const attributes = readAttributes(fields, "MessageAttributes");
  const size = Buffer.byteLength(message) + measureAttributes(attributes);
  if (size > maxMessageBytes) throw invalidParameter("Message too long");
  if (forbidden.test(message))
    throw invalidParameter("Message Reason: it contains a character that is not allowed");
  const texts = readTexts(message, fields.get("MessageStructure"));
  const sms = texts["sms"];
  if (sms !== undefined && sms.length > maxSmsCharacters) {
    throw invalidParameter(
      `Message Reason: an SMS may have at most ${maxSmsCharacters} characters, not ${sms.length}`,
    );
  }
  const notification: Notification = {
    id: randomUUID(),
    topic,
    ...(subject !== undefined && { subject }),
    texts,
    attributes,
    at: new Date(),
  };
  return { notification, size };
}

/** Counts UTF-16 code units, the stricter unit: AWS does not document which unit SNS counts. */
function checkSubject(subject: string): void {
  if (subject === "" || subject.length >= 100 || /[\p{Cc}\u2028\u2029]/u.test(subject)) {
    throw invalidParameter("Subject");
  }
}

function readTexts(message: string, structure: string | undefined): Notification["texts"] {
  if (structure === undefined) return { default: message };
  if (structure !== "json") throw invalidParameter(`MessageStructure: ${structure}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  const texts = Object.entries(parsed).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const fallback = texts.find(([name]) => name === "default");
  if (!fallback) throw invalidParameter("Message Structure - No default entry in JSON message body");
  return { ...Object.fromEntries(texts), default: fallback[1] };
}

interface BatchResult {
  readonly accepted: readonly { readonly id: string; readonly notification: Notification }[];
  readonly failed: readonly { readonly id: string; readonly error: SnsError }[];
}

/** PublishBatch: at most 10 entries with distinct ids and 256 KiB in total. Each entry succeeds or fails separately. */
export function acceptBatch(topic: Topic, fields: Fields): BatchResult {
  const entries = readMembers(fields, "PublishBatchRequestEntries.member");
  const ids = entries.map((entry) => entry.get("Id") ?? "");
  if (entries.length === 0) {
    throw new SnsError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  }
  if (entries.length > 10) {
    throw new SnsError("TooManyEntriesInBatchRequest", "The batch request contains more than 10 entries.");
  }
  const wrong = ids.find((id) => !/^[A-Za-z0-9_-]{1,80}$/.test(id));
  if (wrong !== undefined) {
    throw new SnsError("InvalidBatchEntryId", `The Id of a batch entry is not valid: ${wrong}`);
  }
  if (new Set(ids).size < ids.length) {
    throw new SnsError("BatchEntryIdsNotDistinct", "Two or more batch entries have the same Id.");
  }
  const size = entries.reduce((sum, entry) => sum + measureEntry(entry), 0);
  if (size > maxMessageBytes) {
    throw new SnsError(
      "BatchRequestTooLong",
      `The messages of the batch total ${size} bytes, more than ${maxMessageBytes}.`,
    );
  }
  const accepted: BatchResult["accepted"][number][] = [];
  const failed: BatchResult["failed"][number][] = [];
  for (const entry of entries) {
    const id = entry.get("Id") ?? "";
    try {
      accepted.push({ id, notification: accept(topic, entry).notification });
    } catch (error) {
      if (!(error instanceof SnsError)) throw error;
      failed.push({ id, error });
    }
  }
  return { accepted, failed };
}

function measureEntry(entry: Fields): number {
  const attributes = readMembers(entry, "MessageAttributes.entry");
  return attributes.reduce(
    (sum, attribute) =>
      sum +
      ["Name", "Value.DataType", "Value.StringValue", "Value.BinaryValue"].reduce(
        (bytes, field) => bytes + Buffer.byteLength(attribute.get(field) ?? ""),
        0,
      ),
    Buffer.byteLength(entry.get("Message") ?? ""),
  );
}
