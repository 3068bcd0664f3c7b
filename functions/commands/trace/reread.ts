import { systemClock } from "../../aws/clock.ts";
import { prefixes } from "../../aws/environment.ts";
import { listVersions } from "../../aws/object-versions.ts";
import { s3Snapshots } from "../../aws/snapshots.ts";
import { versionHash } from "../../core/dedupe/run.ts";
import { SnapshotError } from "../../core/errors.ts";
import { feedOfKey } from "../../core/feed/feed-slug.ts";
import type { EntryTrace, LedgerItem } from "../../core/ports.ts";
import type { SnapshotVersion } from "../../core/snapshot.ts";
import { previewSnapshot } from "../../preview/run.ts";
import type { StackRecords } from "./stack-records.ts";

/**
 * The entries of a snapshot as they are read today, with what the present rules decide about each; `undefined` if it can't
 * be read any more.
 */
export async function rereadSnapshot(
  version: SnapshotVersion,
  { s3, configuration, now }: StackRecords,
): Promise<readonly EntryTrace[] | undefined> {
  const snapshots = s3Snapshots(s3, systemClock, { wait: () => undefined });
  try {
    const { entries } = await previewSnapshot(() => snapshots.open(version), {
      key: version.key,
      now,
      configuration,
      isFirst: false,
    });
    return entries;
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

/** The version from which an entry was claimed: the one whose hash its item has. */
export async function sourceOfItem(
  { snapshot }: LedgerItem,
  feed: string,
  records: StackRecords,
): Promise<SnapshotVersion | undefined> {
  const { s3, bucket } = records;
  const head = await records.ledger.readHead(feed);
  const folder = head && feedOfKey(head.key, prefixes.snapshots);
  const prefix = `${prefixes.snapshots}${folder === undefined ? "" : `${folder}/`}`;
  for await (const { key, versionId, etag } of listVersions(s3, bucket, prefix)) {
    const version = {
      bucket,
      key,
      ...(versionId !== undefined && { versionId }),
      ...(etag !== undefined && { etag }),
    };
    if (versionHash(version) === snapshot) return version;
  }
  return undefined;
}

/** What the rules decide about an entry for an audience, in words. */
export function verdictFor(audience: string, { due, stages }: EntryTrace): string | undefined {
  if (due.includes(audience)) return undefined;
  const said = stages.find(({ stage, says }) => stage === "route" && says.startsWith(`${audience}: `));
  return said?.says.slice(audience.length + 2) ?? "its rules do not select the entry";
}

/** The entries of a feed's last snapshot; none if it can't be read any more. */
export async function lastEntries(feed: string, records: StackRecords): Promise<readonly EntryTrace[]> {
  const head = await records.ledger.readHead(feed);
  return head === undefined
    ? []
    : ((await rereadSnapshot({ bucket: records.bucket, key: head.key }, records)) ?? []);
}
