import { ListObjectVersionsCommand, type ObjectVersion, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { OwnMessage } from "../../aws/intake.ts";
import type { SnapshotVersion } from "../../core/ports.ts";
import { inOrder, type Item, type Plan } from "./item.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";

/** Requests under way at a time. */
const atOnce = 10;

interface Found {
  readonly key: string;
  readonly at: number;
  readonly isCurrent: boolean;
  readonly version: SnapshotVersion;
}

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
): Promise<Plan> {
  const found: Found[] = [];
  for await (const listed of listVersions(clients.s3, bucket, prefix)) {
    const { Key: key, VersionId, ETag, Size, LastModified, IsLatest } = listed;
    if (key === undefined || key.endsWith("/") || LastModified === undefined) continue;
    const version = {
      bucket,
      key,
      ...(VersionId !== undefined && { versionId: VersionId }),
      ...(ETag !== undefined && { etag: ETag.replaceAll('"', "") }),
      ...(Size !== undefined && { size: Size }),
    };
    found.push({ key, at: LastModified.getTime(), isCurrent: IsLatest === true, version });
  }
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
      const send = ({ version }: Found) => sendReplay(clients.sqs, queue, version, resend);
      for await (const item of inOrder(chosen, atOnce, send)) yield itemOf(item);
    },
  };
}

/** Page by page; a page goes on where the last one ended, within a key too (Amazon S3 API Reference, `ListObjectVersions`). */
async function* listVersions(s3: S3Client, Bucket: string, Prefix: string): AsyncGenerator<ObjectVersion> {
  let from: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } = {};
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...from }));
    yield* page.Versions ?? [];
    const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
    if (!IsTruncated || NextKeyMarker === undefined) return;
    from = {
      KeyMarker: NextKeyMarker,
      ...(NextVersionIdMarker !== undefined && { VersionIdMarker: NextVersionIdMarker }),
    };
  }
}

const itemOf = ({ key, at, version: { versionId, size } }: Found): Item => ({
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
