import type { Configuration } from "../configuration.ts";
import type { Ports, SnapshotVersion } from "../ports.ts";

/** Identical bytes under the same configuration, all done, and not so long ago that the ledger begins to forget. */
export async function isUnchanged(
  version: SnapshotVersion,
  feed: string,
  fingerprint: string,
  { ledgerDays }: Configuration,
  { ledger, clock }: Ports,
): Promise<boolean> {
  if (version.etag === undefined) return false;
  const last = await ledger.feed(feed);
  const halfLife = (ledgerDays * 86_400) / 2;
  return (
    last?.etag === version.etag &&
    last.configuration === fingerprint &&
    clock.now() / 1000 < last.at + halfLife
  );
}

/** Records that all of a snapshot is done. */
export async function remember(
  { etag }: SnapshotVersion,
  feed: string,
  configuration: string,
  { ledgerDays }: Configuration,
  { ledger, clock }: Ports,
): Promise<void> {
  if (etag === undefined) return;
  const at = Math.floor(clock.now() / 1000);
  await ledger.rememberFeed(feed, { etag, configuration, at }, at + ledgerDays * 86_400);
}
