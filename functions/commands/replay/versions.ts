import type { S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { OwnMessage } from "../../aws/intake.ts";
import type { SnapshotVersion } from "../../core/ports.ts";
import { inOrder, type ReplayItem, type ReplayPlan } from "./item.ts";
import { listVersions, type ListedVersion } from "./listing.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";

/** Requests under way at a time. */
const atOnce = 10;

/**
 * Snapshots by key or prefix, oldest first: every version of the period, or without one what each key holds now.
 * Each is asked for by a message to the intake queue. `resend` is the request's token where readers are to get
 * again what they have.
 */
export async function planVersions(
  clients: { readonly s3: S3Client; readonly sqs: SQSClient },
  { bucket, queue }: { readonly bucket: string; readonly queue: string },
  { prefix, period }: { readonly prefix: string; readonly period?: Period },
  resend: string | undefined,
): Promise<ReplayPlan> {
  const found: ListedVersion[] = [];
  for await (const version of listVersions(clients.s3, bucket, prefix)) found.push(version);
  // The listing has the newest version of a key first; those of one second keep the order of their upload.
  const chosen = exactOrAll(found, prefix)
    .filter(({ at, isCurrent }) => (period ? isWithin(at, period) : isCurrent))
    .toReversed()
    .sort((a, b) => a.at - b.at);
  return {
    total: chosen.length,
    async *list() {
      yield* chosen.map(itemOf);
    },
    async *run() {
      const send = ({ key, versionId, etag, size }: ListedVersion) => {
        const version = {
          bucket,
          key,
          ...(versionId !== undefined && { versionId }),
          ...(etag !== undefined && { etag }),
          ...(size !== undefined && { size }),
        };
        return sendReplay(clients.sqs, queue, version, resend);
      };
      for await (const item of inOrder(chosen, atOnce, send)) yield itemOf(item);
    },
  };
}

const itemOf = ({ key, at, versionId, size }: ListedVersion): ReplayItem => ({
  key,
  ...(versionId !== undefined && { version: versionId }),
  at: new Date(at).toISOString(),
  ...(size !== undefined && { size }),
});

/** Asks the function to read a version again. */
export async function sendReplay(
  sqs: SQSClient,
  queue: string,
  version: SnapshotVersion,
  resend: string | undefined,
): Promise<void> {
  const message: OwnMessage = {
    feedbell: 1,
    version,
    replay: true,
    ...(resend !== undefined && { resend }),
  };
  await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message) }));
}
