import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { prefixes } from "../../aws/environment.ts";
import { reasonEnding } from "../../aws/snapshots.ts";
import type { SnapshotVersion } from "../../core/ports.ts";
import { ReplayError } from "./failure.ts";
import { inOrder, type Item, type Plan } from "./item.ts";
import { listVersions, type ListedVersion } from "./listing.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";
import { sendReplay } from "./versions.ts";

/** What a key holds now, and each version that it has had. */
type Found = ListedVersion & { readonly versions: readonly ListedVersion[] };

/**
 * Brings snapshots back from quarantine, oldest first: copied to where they were uploaded, which S3 announces like
 * any upload, and only then removed with their reasons: the very versions that were there beforehand, since what
 * fails again may be put aside again before its old copy goes. With `resend` the version that was put aside is asked
 * for again instead, since an announcement can't say that readers are to get it once more.
 */
export async function planQuarantine(
  clients: { readonly s3: S3Client; readonly sqs: SQSClient },
  { bucket, queue }: { readonly bucket: string; readonly queue?: string },
  { prefix, period }: { readonly prefix: string; readonly period?: Period },
  resend: string | undefined,
): Promise<Plan> {
  const wanted = prefix.endsWith(reasonEnding) ? prefix.slice(0, -reasonEnding.length) : prefix;
  const all = await found(clients.s3, bucket, wanted);
  const versionsOf = new Map(all.map(({ key, versions }) => [key, versions]));
  const chosen = exactOrAll(snapshotsAmong(all), wanted)
    .filter(({ at }) => isWithin(at, period))
    .toSorted((a, b) => a.at - b.at);
  const bringBack = async ({ key, versions }: Found) => {
    const reason = await readReason(clients.s3, bucket, key);
    if (resend !== undefined && queue !== undefined) {
      const version = await stillThere(clients.s3, key, reason?.snapshot);
      await sendReplay(clients.sqs, queue, version, resend);
    } else {
      const from = `${bucket}/${key}`.split("/").map(encodeURIComponent).join("/");
      await clients.s3.send(
        new CopyObjectCommand({ Bucket: bucket, Key: originOf(key, reason), CopySource: from }),
      );
    }
    // Oldest first, so that an interruption leaves the copy that is to be replayed.
    for (const { key: Key, versionId: VersionId } of [
      ...versions.toReversed(),
      ...(versionsOf.get(key + reasonEnding) ?? []).toReversed(),
    ])
      await clients.s3.send(
        new DeleteObjectCommand({ Bucket: bucket, Key, ...(VersionId !== undefined && { VersionId }) }),
      );
  };
  return {
    total: chosen.length,
    async *list() {
      yield* chosen.map(itemOf);
    },
    async *run() {
      for await (const item of inOrder(chosen, 1, bringBack)) yield itemOf(item);
    },
  };
}

async function found(s3: S3Client, bucket: string, prefix: string): Promise<readonly Found[]> {
  const byKey = Map.groupBy(await Array.fromAsync(listVersions(s3, bucket, prefix)), ({ key }) => key);
  return byKey
    .values()
    .flatMap((versions) => versions.filter(({ isCurrent }) => isCurrent).map((now) => ({ ...now, versions })))
    .toArray();
}

/** All but the reasons; a file whose own name ends like one has another beside it. */
function snapshotsAmong(found: readonly Found[]): readonly Found[] {
  const keys = new Set(found.map(({ key }) => key));
  const isReason = (key: string) =>
    key.endsWith(reasonEnding) &&
    (keys.has(key.slice(0, -reasonEnding.length)) || !keys.has(key + reasonEnding));
  return found.filter(({ key }) => !isReason(key));
}

const itemOf = ({ key, at, size }: Found): Item => ({
  key,
  at: new Date(at).toISOString(),
  ...(size !== undefined && { size }),
});

interface Reason {
  readonly snapshot?: SnapshotVersion;
}

async function readReason(s3: S3Client, bucket: string, key: string): Promise<Reason | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key + reasonEnding }));
    return JSON.parse((await Body?.transformToString()) ?? "{}") as Reason;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Where a quarantined snapshot was uploaded; a path that was too long is whole only in its reason. */
function originOf(key: string, reason: Reason | undefined): string {
  const origin = reason?.snapshot?.key;
  return typeof origin === "string" && origin.startsWith(prefixes.snapshots)
    ? origin
    : prefixes.snapshots + key.slice(prefixes.quarantine.length);
}

async function stillThere(
  s3: S3Client,
  key: string,
  version: SnapshotVersion | undefined,
): Promise<SnapshotVersion> {
  const gone = () =>
    new ReplayError(
      key,
      "the version that was put aside is no longer under snapshots/",
      `Replay ${key} without --resend, then ${originOf(key, undefined)} with it.`,
    );
  if (!version) throw gone();
  try {
    const { bucket: Bucket, key: Key, versionId: VersionId } = version;
    await s3.send(new HeadObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }));
    return version;
  } catch (error) {
    throw isMissing(error) ? gone() : error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
