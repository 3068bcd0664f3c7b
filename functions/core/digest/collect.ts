import type { Audience } from "../configuration.ts";
import type { Alert, SourceFeed } from "../message/message.ts";
import type { DigestLedger } from "../ports.ts";
import { topN, type Dated } from "../routing/newest.ts";
import type { WaitingClaim, WaitingContent } from "../waiting.ts";

/** Claims that one digest covers at most, so that one invocation can read them; the newer ones are for another digest. */
const maxClaims = 20_000;

/** Part of them from which others were probably left: of those that were listed some may not have been ready. */
const nearly = 0.9;

/** Whether a digest covers so many claims that more than it can cover may have waited. */
export const isNearlyFull = ({ covers }: Pick<Collected, "covers">): boolean =>
  covers.length >= nearly * maxClaims;

/** Claims whose entries are in memory together. */
const batchSize = 25;

/** What waits for an audience and may be sent. */
export interface Collected {
  /** The newest entries, as many as one digest shows; newest first. */
  readonly shown: readonly Alert[];
  /** Entries that are counted but not shown. */
  readonly more: number;
  /** The feeds of all entries. */
  readonly sources: readonly SourceFeed[];
  /** The claims to which all of them belong. */
  readonly covers: readonly string[];
  /** When the oldest of these claims was decided, epoch milliseconds. */
  readonly since?: number;
  /** Claims that an earlier digest covered, and that were stored again after that. */
  readonly stale: readonly string[];
}

interface WaitingAlert extends Dated {
  readonly alert: Alert;
}

/**
 * Reads what waits for an audience. Of a claim all is taken or nothing: a claim is read only if it was finished before,
 * so that all its entries are found, and the other claims wait for the next slot. Memory is bounded by what a digest
 * shows, not by what waits. An entry that several claims left (an update) is shown as the last one left it.
 */
export async function collect(
  { name, digestItems }: Pick<Audience, "name" | "digestItems">,
  ledger: DigestLedger,
): Promise<Collected> {
  const { ready, stale } = await readyClaims(name, ledger);
  const newest = topN<WaitingAlert>(digestItems);
  const seen = new Set<string>();
  const sources = new Map<string, SourceFeed>();
  let counted = 0;
  const add = ({ entries, rest }: WaitingContent) => {
    for (const alert of entries) {
      if (seen.has(alert.key)) continue;
      seen.add(alert.key);
      sources.set(alert.source.slug, alert.source);
      const dated = { ...(alert.date !== undefined && { date: alert.date }), at: alert.place ?? 0 };
      newest.add(dated, () => ({ ...dated, alert }));
    }
    if (!rest) return;
    counted += rest.count;
    sources.set(rest.source.slug, rest.source);
  };
  for (let i = 0; i < ready.length; i += batchSize) {
    const batch = ready.slice(i, i + batchSize);
    const contents = await Promise.all(batch.map(({ claim }) => ledger.readWaiting(name, claim)));
    for (const content of contents) add(content);
  }
  const oldest = ready.at(-1);
  return {
    shown: newest.items.map(({ alert }) => alert),
    more: newest.count - newest.items.length + counted,
    sources: [...sources.values()],
    covers: ready.map(({ claim }) => claim),
    ...(oldest && { since: oldest.at }),
    stale,
  };
}

/** The claims of which everything is stored, newest first, and those that an earlier digest covered. */
async function readyClaims(
  audience: string,
  ledger: DigestLedger,
): Promise<{ readonly ready: readonly WaitingClaim[]; readonly stale: readonly string[] }> {
  const listed = (await ledger.waitingClaims(audience)).toSorted((a, b) => b.at - a.at).slice(-maxClaims);
  const ids = listed.map(({ claim }) => claim);
  const [states, covered] = await Promise.all([ledger.claims(ids), ledger.coveredClaims(audience, ids)]);
  // A claim that is absent has expired: it was finished long ago.
  const isFinished = (claim: string) => (states.get(claim)?.state ?? "finished") === "finished";
  return {
    ready: listed.filter(({ claim }) => isFinished(claim) && !covered.has(claim)),
    stale: ids.filter((claim) => covered.has(claim)),
  };
}
