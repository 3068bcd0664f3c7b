import type { Configuration } from "../configuration.ts";
import type { FeedHead, FeedLedger } from "../ports.ts";
import type { UploadRhythm } from "../silence/upload-rhythm.ts";
import type { SnapshotVersion } from "../snapshot.ts";
import { shortHash } from "./short-hash.ts";

/** What reads a snapshot: it changes whenever the configuration or the code does. */
export const readerFingerprint = (configuration: Configuration, codeHash: string): string =>
  shortHash(`${codeHash}\n${JSON.stringify(configuration)}`);

/**
 * Whether the bytes are those of the feed's last snapshot, all of it done, read by the same code under the same
 * configuration, and not so long ago that ledger items begin to expire: an item has at least half of its time left
 * when the head is written, so within a quarter of it the next changed upload still finds and renews the item.
 */
export function isUnchanged(
  { etag }: SnapshotVersion,
  head: FeedHead | undefined,
  { readBy, now, ledgerDays }: { readonly readBy: string; readonly now: number; readonly ledgerDays: number },
): boolean {
  // A head without an ETag is that of a snapshot that is not done.
  if (!etag || head === undefined) return false;
  const isRecent = now / 1000 < head.at + (ledgerDays * 86_400) / 4;
  return head.etag === etag && head.readBy === readBy && isRecent;
}

/** Records what was read, and at its own place, the first one, when it was uploaded. `isDone`: to its end, with nothing held and nothing quarantined. */
export async function writeHead(
  ledger: FeedLedger,
  places: readonly string[],
  read: {
    readonly version: SnapshotVersion;
    readonly isDone: boolean;
    readonly readBy: string;
    readonly now: number;
    readonly entries: number;
    readonly rhythm?: UploadRhythm | undefined;
  },
): Promise<void> {
  const { version, isDone, readBy, now, entries, rhythm } = read;
  const head: FeedHead = {
    etag: isDone ? (version.etag ?? "") : "",
    readBy,
    at: Math.floor(now / 1000),
    key: version.key,
    entries,
  };
  for (const place of new Set(places)) {
    const isOwn = place === places[0] && rhythm !== undefined;
    await ledger.writeHead(place, isOwn ? { ...head, rhythm } : head);
  }
}
