import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { SnapshotError } from "../core/errors.ts";
import type { Requests } from "../core/ports.ts";
import type { IngestRequest, SnapshotVersion } from "../core/snapshot.ts";
import { prefixes } from "./environment.ts";
import { decodeKey, isFolder } from "./object-keys.ts";

/** A message of feedbell's own in the intake queue; S3's messages have `Records` instead. */
export type OwnRequest = Pick<IngestRequest, "version" | "continued" | "replay" | "resend" | "uploaded"> & {
  readonly feedbell: 1;
  readonly attempts?: number;
  /** When it was first attempted, epoch milliseconds. */
  readonly first?: number;
};

/**
 * The requests in the body of a message of the intake queue: S3's event notifications (Amazon S3 User Guide, 'Event
 * message structure'; keys are form-encoded), of which only created snapshots count, and feedbell's own messages. The
 * `s3:TestEvent` of the set-up asks for nothing. Throws `SnapshotError("event-malformed")` for anything else.
 */
export function parseRequests(body: string, receives: number, now: number): readonly IngestRequest[] {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch (cause) {
    throw malformed(body, cause);
  }
  if (typeof message !== "object" || message === null) throw malformed(body);
  if ("Event" in message && message.Event === "s3:TestEvent") return [];
  if (isOwn(message)) {
    const { feedbell: _, attempts = 0, first = now, ...request } = message;
    return [{ ...request, receives, attempts, firstAttempt: first }];
  }
  if (!("Records" in message) || !Array.isArray(message.Records)) throw malformed(body);
  return message.Records.flatMap((record: unknown) => uploadsOf(record, body)).map((upload) => ({
    ...upload,
    receives,
    attempts: 0,
    firstAttempt: now,
  }));
}

/** Only the functions and the command line write these, but a queue accepts any message. */
function isOwn(message: object): message is OwnRequest {
  const { feedbell, version, continued } = message as {
    [Key in keyof OwnRequest]?: Partial<OwnRequest[Key]>;
  };
  const isText = (value: unknown) => typeof value === "string";
  if (feedbell !== 1 || !isText(version?.bucket) || !isText(version?.key)) return false;
  if (continued === undefined) return true;
  return isText(continued.claim) && isText(continued.state) && Number.isInteger(continued.round);
}

interface S3Record {
  /** When S3 finished the request, ISO 8601. */
  readonly eventTime?: string;
  readonly eventName?: string;
  readonly s3?: {
    readonly bucket?: { readonly name?: string };
    readonly object?: {
      readonly key?: string;
      readonly versionId?: string;
      readonly eTag?: string;
      readonly size?: number;
      readonly sequencer?: string;
    };
  };
}

function uploadsOf(
  record: unknown,
  body: string,
): readonly { readonly version: SnapshotVersion; readonly uploaded?: number }[] {
  const { eventName, eventTime, s3 } = (record ?? {}) as S3Record;
  const { key, versionId, eTag, size, sequencer } = s3?.object ?? {};
  if (typeof eventName !== "string" || typeof key !== "string" || typeof s3?.bucket?.name !== "string")
    throw malformed(body);
  const decoded = keyOf(key, body);
  const isSnapshot = decoded.startsWith(prefixes.snapshots) && !isFolder(decoded, size);
  if (!eventName.startsWith("ObjectCreated:") || !isSnapshot) return [];
  const version = {
    bucket: s3.bucket.name,
    key: decoded,
    ...(versionId !== undefined && { versionId }),
    ...(eTag !== undefined && { etag: eTag.replaceAll('"', "") }),
    ...(size !== undefined && { size }),
    ...(sequencer !== undefined && { sequencer }),
  };
  const uploaded = Date.parse(String(eventTime));
  return [{ version, ...(!Number.isNaN(uploaded) && { uploaded }) }];
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

/** The body of a message of feedbell's own. */
export function ownRequest(request: IngestRequest): string {
  const { receives: _, attempts, firstAttempt, ...rest } = request;
  return JSON.stringify({ feedbell: 1, ...rest, attempts, first: firstAttempt } satisfies OwnRequest);
}

/** Longest delay of a message, seconds (Amazon SQS API Reference, `SendMessage`). */
const maxDelay = 900;

/** Messages of feedbell's own to the intake queue. */
export function sqsRequests(client: SQSClient, queue: string): Requests {
  return {
    async send(request, delay) {
      const DelaySeconds = Math.min(maxDelay, Math.max(0, Math.ceil(delay)));
      await client.send(
        new SendMessageCommand({ QueueUrl: queue, MessageBody: ownRequest(request), DelaySeconds }),
      );
    },
  };
}
