import { prefixes } from "../../aws/environment.ts";
import {
  copyVersion,
  deleteVersion,
  listVersions,
  readVersion,
  versionExists,
  type ListedVersion,
} from "../../aws/object-versions.ts";
import { requestReplay } from "../../aws/replay-request.ts";
import { messageFolder } from "../../aws/message-quarantine.ts";
import { originalKey, snapshotOfReason } from "../../aws/snapshots.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import type { SnapshotVersion } from "../../core/snapshot.ts";
import { ReplayError } from "./failure.ts";
import { inOrder, type ReplayItem, type ReplayPlan } from "./item.ts";
import { exactOrAll, isWithin, type Period } from "./target.ts";

/** A quarantined snapshot, older copies of the same bytes, and the reasons of all that were quarantined under its key. */
type Bad = ListedVersion & {
  readonly copies: readonly ListedVersion[];
  readonly reasons: readonly ListedVersion[];
};

/**
 * Replays all snapshots that were quarantined under a key, oldest first: copies each to its original key, for which S3
 * sends an event as for any upload, and then removes it with its reasons. Removes only the listed versions, because a
 * snapshot that fails again may be quarantined again in the meantime. With `resend`, sends a request for the quarantined
 * version instead, because an event can't ask for a resend.
 */
export async function planQuarantine(
  { s3, sqs }: Pick<StackClients, "s3" | "sqs">,
  { bucket, queue }: { readonly bucket: string; readonly queue?: string },
  { prefix, period }: { readonly prefix: string; readonly period?: Period },
  resend: string | undefined,
): Promise<ReplayPlan> {
  const wanted = snapshotOfReason(prefix) ?? prefix;
  const all = await Array.fromAsync(listVersions(s3, bucket, wanted));
  const snapshots = all.filter(({ key }) => !key.startsWith(messageFolder));
  const found = exactOrAll(snapshotsAmong(snapshots), wanted).filter(({ at }) => isWithin(at, period));
  const chosen = found.toReversed().sort((a, b) => a.at - b.at);
  const bringBack = async (bad: Bad) => {
    const { key, copies, reasons, isCurrent } = bad;
    const reason = await readReason(s3, bucket, bad);
    if (resend !== undefined && queue !== undefined) {
      await requestReplay(sqs, queue, await sourceOf(s3, key, reason?.snapshot), resend);
    } else {
      await copyVersion(s3, bucket, bad, originOf(key, reason));
    }
    // The newest version last: an interrupted run finds it, with its reasons, the next time.
    for (const old of [...copies, bad, ...(isCurrent ? reasons : [])]) await deleteVersion(s3, bucket, old);
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

/** Whether a key is a reason file's. A snapshot whose name ends like a reason's has a reason of its own. */
export function reasonTest(found: readonly ListedVersion[]): (key: string) => boolean {
  const there = new Set(found.filter(({ isCurrent }) => isCurrent).map(({ key }) => key));
  const explained = new Set(found.map(({ key }) => snapshotOfReason(key)));
  return (key) => {
    const snapshot = snapshotOfReason(key);
    return snapshot !== undefined && (there.has(snapshot) || !explained.has(key));
  };
}

/** The existing snapshots without the reason files. */
function snapshotsAmong(found: readonly ListedVersion[]): readonly Bad[] {
  const there = new Set(found.filter(({ isCurrent }) => isCurrent).map(({ key }) => key));
  const reasonsOf = Map.groupBy(found, ({ key }) => snapshotOfReason(key));
  const isReason = reasonTest(found);
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

/** The reason of this version; the newest one if none names it. */
async function readReason(
  s3: StackClients["s3"],
  bucket: string,
  { versionId, reasons }: Bad,
): Promise<Reason | undefined> {
  let newest: Reason | undefined;
  for (const version of reasons) {
    const reason = parseReason(await readVersion(s3, bucket, version));
    if (reason === undefined) continue;
    if (reason.copyVersion === versionId) return reason;
    newest ??= reason;
  }
  return newest;
}

function parseReason(text: string | undefined): Reason | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text === "" ? "{}" : text) as Reason;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The original key of a quarantined snapshot. A path that was too long is complete only in the reason. */
function originOf(key: string, reason: Reason | undefined): string {
  const origin = reason?.snapshot?.key;
  return typeof origin === "string" && origin.startsWith(prefixes.snapshots) ? origin : originalKey(key);
}

/** The version that was quarantined, under its original key; throws `ReplayError` if it no longer exists. */
async function sourceOf(
  s3: StackClients["s3"],
  key: string,
  version: SnapshotVersion | undefined,
): Promise<SnapshotVersion> {
  if (version && (await versionExists(s3, version.bucket, version))) return version;
  throw new ReplayError(
    key,
    "the quarantined version no longer exists under snapshots/",
    `Replay ${key} without --resend, then ${originOf(key, undefined)} with it.`,
  );
}
