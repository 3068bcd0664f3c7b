import type { Configuration } from "../configuration.ts";
import type { Ports, SnapshotVersion } from "../ports.ts";
import { short } from "./short-hash.ts";

/** Changes whenever anything of the configuration does. */
const fingerprint = (configuration: Configuration): string => short(JSON.stringify(configuration));

/**
 * Whether the bytes are those of the last snapshot at this place (a feed's slug, or the hash of a key that names no
 * feed), all of it done under the same configuration, and not so long ago that the ledger begins to forget: an entry
 * has at least half of the ledger's time left when the state is recorded, so after a quarter another quarter is left
 * for the next upload, which renews it, to come.
 */
export async function isUnchanged(
  { etag }: SnapshotVersion,
  place: string,
  configuration: Configuration,
  { ledger, clock }: Ports,
): Promise<boolean> {
  if (etag === undefined) return false;
  const last = await ledger.feed(place);
  if (last?.etag !== etag || last.configuration !== fingerprint(configuration)) return false;
  return clock.now() / 1000 < last.at + (configuration.ledgerDays * 86_400) / 4;
}

/** Records that all of a snapshot is done. */
export async function remember(
  { etag }: SnapshotVersion,
  place: string,
  configuration: Configuration,
  { ledger, clock }: Ports,
): Promise<void> {
  if (etag === undefined) return;
  const at = Math.floor(clock.now() / 1000);
  const state = { etag, configuration: fingerprint(configuration), at };
  await ledger.rememberFeed(place, state, at + configuration.ledgerDays * 86_400);
}
