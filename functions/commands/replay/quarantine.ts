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
import { isOfMessage, snapshotOfReason } from "../../aws/snapshots.ts";
import type { SnapshotVersion } from "../../core/ports.ts";
import { ReplayError } from "./failure.ts";
import { inOrder, type ReplayItem, type ReplayPlan } from "./item.ts";
import { listVersions, type ListedVersion } from "./listing.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";
import { sendReplay } from "./versions.ts";

/** A quarantined snapshot, older copies of the same bytes, and the reasons of all that were put aside under its key. */
type Bad = ListedVersion & {
  readonly copies: readonly ListedVersion[];
  readonly reasons: readonly ListedVersion[];
};

/**
 * Brings snapshots back from quarantine, oldest first, all that were put aside under a key: copied to where they
 * were uploaded, which S3 announces like any upload, and only then removed with their reasons. Only the versions that
 * were listed are removed, since what fails again may be put aside again before that. With `resend` the version that
 * was put aside is asked for again instead, since an announcement can't say that readers are to get it once more.
 * Only so do messages go that SNS has refused: without it their snapshots stay where they are.
 */
export async function planQuarantine(
  clients: { readonly s3: S3Client; readonly sqs: SQSClient },
  { bucket, queue }: { readonly bucket: string; readonly queue?: string },
  { prefix, period }: { readonly prefix: string; readonly period?: Period },
  resend: string | undefined,
): Promise<ReplayPlan> {
  const { s3, sqs } = clients;
  const wanted = snapshotOfReason(prefix) ?? prefix;
  const all = await Array.fromAsync(listVersions(s3, bucket, wanted));
  const found = exactOrAll(snapshotsAmong(all), wanted).filter(({ at }) => isWithin(at, period));
  const chosen = found
    .filter(({ reasons }) => resend !== undefined || !reasons.some(({ key }) => isOfMessage(key)))
    .toReversed()
    .sort((a, b) => a.at - b.at);
  if (found.length > 0 && chosen.length === 0)
    throw new ReplayError(
      found.map(({ key }) => key).join(", "),
      "SNS refused messages of it, which count as sent",
      "Correct what the reasons name; then use --resend, which sends all of it to all of its readers once more.",
    );
  const remove = ({ key: Key, versionId: VersionId }: ListedVersion) =>
    s3.send(new DeleteObjectCommand({ Bucket: bucket, Key, ...(VersionId !== undefined && { VersionId }) }));
  const bringBack = async (bad: Bad) => {
    const { key, versionId, copies, reasons, isCurrent } = bad;
    const reason = await readReason(s3, bucket, bad);
    if (resend !== undefined && queue !== undefined) {
      await sendReplay(sqs, queue, await stillThere(s3, key, reason?.snapshot), resend);
    } else {
      const from = `${bucket}/${key}`.split("/").map(encodeURIComponent).join("/");
      const query = versionId === undefined ? "" : `?versionId=${encodeURIComponent(versionId)}`;
      await s3.send(
        new CopyObjectCommand({ Bucket: bucket, Key: originOf(key, reason), CopySource: from + query }),
      );
    }
    // The newest comes last, so that whoever is interrupted before it finds it and the reasons again.
    for (const old of [...copies, bad, ...(isCurrent ? reasons : [])]) await remove(old);
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

/** All but the reasons, of the keys that are still there; a file whose own name ends like one has another beside it. */
function snapshotsAmong(found: readonly ListedVersion[]): readonly Bad[] {
  const there = new Set(found.filter(({ isCurrent }) => isCurrent).map(({ key }) => key));
  const reasonsOf = Map.groupBy(found, ({ key }) => snapshotOfReason(key));
  const isReason = (key: string) => {
    const snapshot = snapshotOfReason(key);
    return snapshot !== undefined && (there.has(snapshot) || !reasonsOf.has(key));
  };
  const snapshots = found.filter(({ key }) => there.has(key) && !isReason(key));
  return Map.groupBy(snapshots, ({ key, etag, versionId }) => `${etag ?? versionId} ${key}`)
    .values()
    .flatMap(([newest, ...copies]) =>
      newest ? [{ ...newest, copies, reasons: reasonsOf.get(newest.key) ?? [] }] : [],
    )
    .toArray();
}

const itemOf = ({ key, at, size }: ListedVersion): ReplayItem => ({
  key,
  at: new Date(at).toISOString(),
  ...(size !== undefined && { size }),
});

interface Reason {
  readonly snapshot?: SnapshotVersion;
  /** The version of the copy under `quarantine/`. */
  readonly copyVersion?: string;
}

/** The reason of this very version; where nothing names the version, the newest. */
async function readReason(
  s3: S3Client,
  Bucket: string,
  { versionId, reasons }: Bad,
): Promise<Reason | undefined> {
  let newest: Reason | undefined;
  for (const { key: Key, versionId: VersionId } of reasons) {
    try {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }),
      );
      const reason = JSON.parse((await Body?.transformToString()) ?? "{}") as Reason;
      if (reason.copyVersion === versionId) return reason;
      newest ??= reason;
    } catch (error) {
      if (!isMissing(error) && !(error instanceof SyntaxError)) throw error;
    }
  }
  return newest;
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
