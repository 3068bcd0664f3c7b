import type { Alert } from "../core/message/message.ts";
import type { WaitingClaim, WaitingLedger } from "../core/waiting.ts";

/** An entry that waits for a slot. */
export interface WaitingEntry {
  readonly alert: Alert;
  /** When its claim was decided, epoch milliseconds. */
  readonly at: number;
}

/** How much waits for an audience, and the newest of it. */
export interface NewestWaiting {
  /** Entries, those that are only counted included. */
  readonly entries: number;
  /** When the oldest claim was decided, epoch milliseconds; absent where nothing waits. */
  readonly since?: number;
  /** Newest claims first. */
  readonly newest: readonly WaitingEntry[];
}

/** The claims that still wait, oldest first. */
export async function uncoveredClaims(
  audience: string,
  ledger: Pick<WaitingLedger, "waitingClaims" | "coveredClaims">,
): Promise<readonly WaitingClaim[]> {
  const claims = await ledger.waitingClaims(audience);
  const covered = await ledger.coveredClaims(
    audience,
    claims.map(({ claim }) => claim),
  );
  return claims.filter(({ claim }) => !covered.has(claim)).toSorted((a, b) => a.at - b.at);
}

export const countEntries = (claims: readonly WaitingClaim[]): number =>
  claims.reduce((sum, { entries }) => sum + entries, 0);

/** Reads what waits for an audience: of all claims their number, and the entries of as many as `max` entries need. */
export async function newestWaiting(
  audience: string,
  ledger: Pick<WaitingLedger, "waitingClaims" | "coveredClaims" | "readWaiting">,
  max: number,
): Promise<NewestWaiting> {
  const claims = await uncoveredClaims(audience, ledger);
  const newest = new Map<string, WaitingEntry>();
  for (const { claim, at } of claims.toReversed()) {
    if (newest.size >= max) break;
    const { entries } = await ledger.readWaiting(audience, claim);
    // An update of an entry replaces it in the digest.
    for (const alert of entries) if (!newest.has(alert.key)) newest.set(alert.key, { alert, at });
  }
  const [oldest] = claims;
  return {
    entries: countEntries(claims),
    ...(oldest && { since: oldest.at }),
    newest: [...newest.values()].slice(0, max),
  };
}
