import { randomBytes, randomUUID } from "node:crypto";
import type { Bucket, QueueNotification, Version } from "./buckets.ts";
import type { S3Context } from "./exchange.ts";

interface ObjectEvent {
  /** For example `ObjectCreated:Put`. */
  readonly name: string;
  readonly version: Version;
}

let lastSequence = 0n;

/** A sequencer orders the events of a key: compared as strings of equal length, the later is greater. */
function nextSequencer(): string {
  const now = BigInt(Date.now()) << 12n;
  lastSequence = now > lastSequence ? now : lastSequence + 1n;
  return `00${lastSequence.toString(16).toUpperCase().padStart(16, "0")}`;
}

/** Encodes a key as in an S3 event: form-encoded except for slashes (`red flower.jpg` becomes `red+flower.jpg`). */
export function encodeEventKey(key: string): string {
  return new URLSearchParams([["", key]]).toString().slice(1).replaceAll("%2F", "/");
}

/** Sends an event to each queue with a matching rule (Amazon S3 user guide, "Event message structure", version 2.1). */
export async function notify(context: S3Context, bucket: Bucket, event: ObjectEvent): Promise<void> {
  for (const rule of bucket.notifications.filter((rule) => matches(rule, event))) {
    const record = eventRecord(context, bucket, rule, event);
    await context.sendToQueue(rule.queueArn, JSON.stringify({ Records: [record] }));
  }
}

function matches(rule: QueueNotification, event: ObjectEvent): boolean {
  const isEventListed = rule.events.some((pattern) => {
    const name = pattern.replace(/^s3:/, "");
    return name === event.name || (name.endsWith(":*") && event.name.startsWith(name.slice(0, -1)));
  });
  return (
    isEventListed && event.version.key.startsWith(rule.prefix) && event.version.key.endsWith(rule.suffix)
  );
}

function eventRecord(
  context: S3Context,
  bucket: Bucket,
  rule: QueueNotification,
  event: ObjectEvent,
): object {
  const { version } = event;
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: context.region,
    eventTime: version.modified.toISOString(),
    eventName: event.name,
    userIdentity: { principalId: "AWS:LOCAL" },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: {
      "x-amz-request-id": randomBytes(8).toString("hex").toUpperCase(),
      "x-amz-id-2": randomBytes(48).toString("base64"),
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: rule.id,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: "LOCAL" },
        arn: `arn:aws:s3:::${bucket.name}`,
      },
      object: {
        key: encodeEventKey(version.key),
        ...(version.body && { size: version.body.size, eTag: version.body.etag }),
        ...(version.versionId !== "null" && { versionId: version.versionId }),
        sequencer: nextSequencer(),
      },
    },
  };
}

/** Sets a bucket's notification rules and sends an `s3:TestEvent` to each destination, as S3 does. */
export async function setNotifications(
  context: S3Context,
  bucket: Bucket,
  rules: readonly QueueNotification[],
): Promise<void> {
  const test = {
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date().toISOString(),
    Bucket: bucket.name,
    RequestId: randomBytes(8).toString("hex").toUpperCase(),
    HostId: randomUUID(),
  };
  for (const rule of rules) await context.sendToQueue(rule.queueArn, JSON.stringify(test));
  bucket.notifications = rules;
}
