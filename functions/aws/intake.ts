import { SendMessageCommand, ChangeMessageVisibilityCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { SnapshotError } from "../core/errors.ts";
import type { Continuations, Continued, SnapshotVersion } from "../core/ports.ts";
import { prefixes } from "./environment.ts";
import { decodeKey, isFolder } from "./object-keys.ts";

/** What one queue message asks for. */
export interface Work {
  readonly version: SnapshotVersion;
  /** What a run that ran out of time handed on. */
  readonly continued?: Continued;
  /** Asked for by hand: identical bytes are no reason to pass it over. */
  readonly replay?: true;
  /** Asked for by hand: what was sent before is sent once more, for each such request. */
  readonly resend?: string;
  /** How often it was sent again because another run held its entries. */
  readonly held?: number;
}

/** A queue message of feedbell's own; S3's have `Records` instead. */
export interface OwnMessage extends Work {
  readonly feedbell: 1;
}

/**
 * The work in the body of a queue message: S3's event notifications (Amazon S3 User Guide, 'Event message
 * structure'; keys are form-encoded), of which only created snapshots count, and feedbell's own messages. The
 * `s3:TestEvent` of the set-up is no work. Throws `SnapshotError("event-malformed")` for anything else.
 */
export function unwrap(body: string): readonly Work[] {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (cause) {
    throw malformed(body, cause);
  }
  if (typeof message !== "object" || message === null) throw malformed(body);
  if ("Event" in message && message.Event === "s3:TestEvent") return [];
  if (isOwn(message)) return [message];
  if (!("Records" in message) || !Array.isArray(message.Records)) throw malformed(body);
  return message.Records.flatMap((record: unknown) => workOf(record, body));
}

/** Only the function and the command line write these, but a queue takes what it is given. */
function isOwn(message: object): message is OwnMessage {
  const { feedbell, version, continued } = message as {
    [Key in keyof OwnMessage]?: Partial<OwnMessage[Key]>;
  };
  const isText = (value: unknown) => typeof value === "string";
  if (feedbell !== 1 || !isText(version?.bucket) || !isText(version?.key)) return false;
  return continued === undefined || (isText(continued.claim) && Number.isInteger(continued.round));
}

interface S3Record {
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly s3?: {
    readonly bucket?: { readonly name?: string };
    readonly object?: {
      readonly key?: string;
      readonly versionId?: string;
      readonly eTag?: string;
      readonly size?: number;
    };
  };
}

function workOf(record: unknown, body: string): readonly Work[] {
  const { eventName, s3 } = (record ?? {}) as S3Record;
  const { key, versionId, eTag, size } = s3?.object ?? {};
  if (typeof eventName !== "string" || typeof key !== "string" || typeof s3?.bucket?.name !== "string")
    throw malformed(body);
  const decoded = keyOf(key, body);
  const isSnapshot = decoded.startsWith(prefixes.snapshots) && !isFolder(decoded, size);
  if (!eventName.startsWith("ObjectCreated:") || !isSnapshot) return [];
  return [
    {
      version: {
        bucket: s3.bucket.name,
        key: decoded,
        ...(versionId !== undefined && { versionId }),
        ...(eTag !== undefined && { etag: eTag.replaceAll('"', "") }),
        ...(size !== undefined && { size }),
      },
    },
  ];
}

function keyOf(key: string, body: string): string {
  try {
    return decodeKey(key);
  } catch (cause) {
    throw malformed(body, cause);
  }
}

const malformed = (body: string, cause?: unknown): SnapshotError =>
  new SnapshotError("event-malformed", body.slice(0, 200), "an S3 event notification", { cause });

/** What becomes of messages that were received. */
export interface Intake {
  /** Lets a message be seen again after so many seconds. */
  readonly postpone: (receiptHandle: string, seconds: number) => Promise<void>;
  /** Sends the body of a message once more, as a new message that is seen after so many seconds. */
  readonly sendAgain: (body: string, seconds?: number) => Promise<void>;
}

/** Messages of feedbell's own to its intake queue. */
export function sqsIntake(client: SQSClient, queue: string): Continuations & Intake {
  return {
    async send(version, continued, resend) {
      const message: OwnMessage = {
        feedbell: 1,
        version,
        continued,
        ...(resend !== undefined && { resend }),
      };
      await client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message) }));
    },
    /** Amazon SQS API Reference, `SendMessage`: a delay of 0 to 900 seconds. */
    async sendAgain(body, seconds = 0) {
      const DelaySeconds = Math.min(900, Math.max(0, Math.ceil(seconds)));
      await client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body, DelaySeconds }));
    },
    /** Amazon SQS API Reference, `ChangeMessageVisibility`: 0 to 43,200 seconds. */
    async postpone(receiptHandle, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queue,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.min(43_200, Math.max(0, Math.ceil(seconds))),
        }),
      );
    },
  };
}
