import type { Configuration } from "../configuration.ts";
import { openFeedMemory } from "../dedupe/feed-memory.ts";
import { versionHash, type Run } from "../dedupe/run.ts";
import { scan, type Scan } from "../dedupe/scan.ts";
import { shortHash } from "../dedupe/short-hash.ts";
import { writeHead } from "../dedupe/snapshot-head.ts";
import { finishPlan } from "../digest/finish-plan.ts";
import { SnapshotError, type ErrorCode } from "../errors.ts";
import { feedOfKey, slug } from "../feed/feed-slug.ts";
import { openEntries } from "../open-snapshot.ts";
import type { DigestPlan, SnapshotPlan } from "../plan.ts";
import type { DigestLedger, DigestPorts, IngestLedger, IngestPorts } from "../ports.ts";
import { loadRouter } from "../routing/route.ts";
import type { WaitingWriter } from "../waiting.ts";
import type { LostPlan } from "./lost-plans.ts";

export interface RecoveryPorts extends Pick<IngestPorts, "snapshots" | "clock" | "log"> {
  readonly plans: DigestPorts["plans"];
  readonly ledger: IngestLedger & DigestLedger & WaitingWriter;
}

export interface RecoveryContext {
  readonly configuration: Configuration;
  /** Unique to this run. */
  readonly owner: string;
  /** Prefix of the keys that are snapshots. */
  readonly prefix: string;
}

export interface Recovered {
  /** `held`: a run that is alive holds the claim or entries of the snapshot; nothing of the plan was recovered. */
  readonly state: "recovered" | "held";
  /** Entries that the ledger did not know. */
  readonly entries: number;
  /** Entries that wait for schedules again. */
  readonly waiting: number;
  /** Why the snapshot could not be read: its entries stay unknown. */
  readonly unread?: ErrorCode;
}

/** For how long a run of the recovery holds a claim, milliseconds. */
const leaseTime = 900_000;

/**
 * Writes to the ledger what the run that sealed a snapshot's plan wrote there, and enqueues nothing: the entries of the
 * snapshot, which is read once more, what waits for schedules, and the finished claim. The plan counts as enqueued. May be
 * repeated after any end.
 */
export async function recoverSnapshotPlan(
  { name, isSealed }: LostPlan,
  plan: SnapshotPlan,
  context: RecoveryContext,
  ports: RecoveryPorts,
): Promise<Recovered> {
  const { ledger, clock } = ports;
  const { claim } = plan;
  const { owner } = context;
  const held: Recovered = { state: "held", entries: 0, waiting: 0 };
  let entries = 0;
  let unread: ErrorCode | undefined;
  if (!isSealed) {
    const round = (await ledger.claims([claim])).get(claim)?.round ?? 0;
    const lease = clock.now() + leaseTime;
    if (!(await ledger.acquireClaim(claim, { owner, round, lease }))) return held;
    try {
      const found = await claimEntries(plan, { round, lease }, context, ports);
      if (found.state !== "read" || found.heldUntil !== undefined) {
        await ledger.releaseClaim(claim, owner);
        return held;
      }
      entries = found.counts.new + found.counts.skipped;
      unread = found.failure?.code;
    } catch (error) {
      if (!(error instanceof SnapshotError) || error.fate !== "quarantine") {
        await ledger.releaseClaim(claim, owner).catch(() => undefined);
        throw error;
      }
      unread = error.code;
    }
    await ledger.sealClaim(claim, owner, name);
  }
  const { at, waiting = [] } = plan;
  if (waiting.length > 0) await ledger.putWaiting(claim, Date.parse(at), waiting);
  await ledger.finishClaim(claim, owner);
  const count = waiting.reduce((sum, share) => sum + share.entries.length + (share.rest?.count ?? 0), 0);
  return { state: "recovered", entries, waiting: count, ...(unread !== undefined && { unread }) };
}

/** Claims the entries of a plan's snapshot that the ledger does not know, under the plan's claim. */
async function claimEntries(
  plan: SnapshotPlan,
  { round, lease }: { readonly round: number; readonly lease: number },
  { configuration, owner, prefix }: RecoveryContext,
  ports: RecoveryPorts,
): Promise<Scan> {
  const { ledger, clock } = ports;
  const { snapshot: version, claim, feed } = plan;
  const { ledgerDays } = configuration;
  const name = feedOfKey(version.key, prefix);
  const run: Run = {
    owner,
    lease,
    snapshot: versionHash(version),
    ...(version.sequencer !== undefined && {
      order: { key: shortHash(version.key), sequencer: version.sequencer },
    }),
    ttl: ledgerDays * 86_400,
    now: () => clock.now(),
    claim: () => claim,
    round: () => round,
    acquireClaim: async () => claim,
  };
  const opened = await openEntries(version, name, configuration, ports);
  try {
    const found = await scan(
      opened.entries,
      {
        feed,
        configuration,
        route: await loadRouter(configuration.audiences),
        run,
        memory: openFeedMemory(await ledger.readMemory(feed), { now: clock.now(), ttlDays: ledgerDays }),
        deadline: Infinity,
        length: opened.length,
        resend: false,
      },
      ports,
    );
    await recoverHeads(plan, name === undefined ? `~${shortHash(version.key)}` : slug(name), found, ports);
    return found;
  } catch (error) {
    await opened.close().catch(() => undefined);
    throw error;
  }
}

/** A feed that the ledger does not know would be imported once more. The head has no ETag: the next upload is read. */
async function recoverHeads(
  { feed, snapshot: version, at }: SnapshotPlan,
  place: string,
  { counts }: Scan,
  { ledger }: RecoveryPorts,
): Promise<void> {
  for (const one of new Set([place, feed])) {
    const head = await ledger.readHead(one);
    const now = Date.parse(at);
    if (head && head.at * 1000 > now) continue;
    const rhythm = head?.rhythm;
    const read = { version, isDone: false, readBy: "", now, entries: counts.entries, rhythm };
    await writeHead(ledger, [one], read);
  }
}

/**
 * Records that the digest of a slot was sent: marks its slot as done and deletes the entries that it covers. Enqueues
 * nothing. May be repeated after any end.
 */
export async function recoverDigestPlan(
  { name, isSealed }: LostPlan,
  plan: DigestPlan,
  ports: RecoveryPorts,
): Promise<Recovered> {
  const { ledger } = ports;
  const { audience } = plan;
  if (!isSealed) {
    const slot = Date.parse(plan.slot);
    const { slot: after } = await ledger.readAudience(audience);
    if (!(await ledger.sealDigest(audience, { plan: name, slot, after })))
      return { state: "held", entries: 0, waiting: 0 };
  }
  const outbox = { enqueue: async () => undefined };
  await finishPlan(plan, { name, deadline: Infinity, again: true }, { ...ports, outbox });
  return { state: "recovered", entries: 0, waiting: 0 };
}
