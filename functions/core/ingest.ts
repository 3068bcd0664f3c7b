import type { Configuration } from "./configuration.ts";
import { isUnchanged, readerFingerprint, writeHead } from "./dedupe/snapshot-head.ts";
import { openFeedMemory } from "./dedupe/feed-memory.ts";
import { ClaimHeldError, earlierClaims, startRun, type Run } from "./dedupe/run.ts";
import { noCounts, type Counts, type RunState } from "./dedupe/run-state.ts";
import type { Scan } from "./dedupe/scan.ts";
import { ClaimLostError, enqueue, resume, seal } from "./dedupe/sealing.ts";
import { shortHash } from "./dedupe/short-hash.ts";
import { SnapshotError, type ErrorCode } from "./errors.ts";
import { feedOfKey, slug } from "./feed/feed-slug.ts";
import { openEntries, type OpenEntries } from "./open-snapshot.ts";
import { planFormat, planMessages, type SnapshotPlan } from "./plan.ts";
import type { IngestPorts } from "./ports.ts";
import type { ComposeContext, ComposedShares } from "./routing/audience-messages.ts";
import { split, withinHour, type Split, type SplitContext } from "./routing/split.ts";
import { noteUpload, type UploadRhythm } from "./silence/upload-rhythm.ts";
import type { IngestRequest, SnapshotVersion } from "./snapshot.ts";

/** Who runs, and until when. Epoch milliseconds. */
export interface IngestRun {
  /** Unique to the invocation. */
  readonly owner: string;
  /** No batch of entries starts after it. */
  readonly deadline: number;
  /** After the end of the invocation: until then its claim is nobody else's. */
  readonly lease: number;
}

export interface IngestContext {
  readonly configuration: Configuration;
  /** Changes with the deployed code: the same bytes are then read again. */
  readonly codeHash: string;
  /** Prefix of the keys that are snapshots. */
  readonly prefix: string;
}

export type IngestResult = {
  readonly feed: string;
  readonly counts: Counts;
  /** Messages that were enqueued, by audience. */
  readonly messages: Readonly<Record<string, number>>;
  /** Entries that wait for a schedule, by audience. */
  readonly waiting: Readonly<Record<string, number>>;
  /** How often each code of a warning or a reject occurred. */
  readonly faults: Readonly<Record<string, number>>;
  /** How often the rules of each audience decided about a new entry, such as `news skipped by exclude`. */
  readonly decisions: Readonly<Record<string, number>>;
} & (
  | { readonly state: "done" | "unchanged" | "continued" | "superseded" }
  /** Sent as far as it can be read; the snapshot is kept under `quarantine/` with this reason. */
  | { readonly state: "quarantined"; readonly error: SnapshotError }
  /** To be retried, not before `until` (epoch milliseconds) where that is known. */
  | { readonly state: "retry"; readonly code: ErrorCode; readonly why: string; readonly until?: number }
);

/** Rounds of one claim after which a snapshot makes no progress. */
const maxRounds = 200;

/** Seconds before the next round starts, so that the claim has been handed on by then. */
const handOnDelay = 1;

/**
 * Turns one snapshot into messages in the outbox: open, decode, parse, identify, recognise, claim, route, summarise,
 * compose, seal, enqueue, finish. It may run again at any time and after any end: nothing is decided twice, and nothing
 * that was sealed is lost. A snapshot that can't be read is quarantined. Any other error is thrown once the claim has
 * been released.
 */
export async function ingest(
  request: IngestRequest,
  invocation: IngestRun,
  context: IngestContext,
  ports: IngestPorts,
): Promise<IngestResult> {
  const { version } = request;
  const { ledgerDays } = context.configuration;
  const name = feedOfKey(version.key, context.prefix);
  const place = name === undefined ? `~${shortHash(version.key)}` : slug(name);
  const nothing = { feed: place, counts: noCounts, messages: {}, waiting: {}, faults: {}, decisions: {} };
  const readBy = readerFingerprint(context.configuration, context.codeHash);
  const run = startRun({ ...request, ...invocation, ledgerDays, now: () => ports.clock.now() }, ports.ledger);
  let opened: OpenEntries | undefined;
  try {
    if (isRepeated(request) && (await finishEarlier(request, run, ports)) === "superseded")
      return { ...nothing, state: "superseded" };
    const head = await ports.ledger.readHead(place);
    if (!request.replay && isUnchanged(version, head, { readBy, now: run.now(), ledgerDays })) {
      await noteUnchanged(place, request, head?.rhythm, ports);
      return { ...nothing, state: "unchanged" };
    }
    opened = await openEntries(version, name, context.configuration, ports);
    const { entries, name: feedName, length } = opened;
    const feed = slug(feedName);
    const isFirst = (feed === place ? head : await ports.ledger.readHead(feed)) === undefined;
    const memory = openFeedMemory(await ports.ledger.readMemory(feed), {
      now: run.now(),
      ttlDays: ledgerDays,
    });
    const state = await continueRun(request, run, ports);
    const [{ scan }, { loadRouter }] = await Promise.all([
      import("./dedupe/scan.ts"),
      import("./routing/route.ts"),
    ]);
    const found = await scan(
      entries,
      {
        feed,
        configuration: context.configuration,
        route: await loadRouter(context.configuration.audiences),
        run,
        memory,
        deadline: invocation.deadline,
        length,
        resend: request.resend !== undefined,
        ...(state && { state }),
      },
      ports,
    );
    const result = {
      feed,
      counts: found.counts,
      messages: {},
      waiting: {},
      faults: faultsIn(found),
      decisions: found.decisions,
    };
    if (found.state === "out of time") return await handOn(request, found.rest, run, { ...result, ports });
    const now = run.now();
    const splits = await splitAll(found, { isFirst, now }, context.configuration, ports);
    const shares = await compose(found, { feedName, feed, now, splits }, context.configuration);
    await decide(shares, { request, feed, run }, ports);
    const isDone = found.failure === undefined && found.heldUntil === undefined;
    const encoded = memory.encode();
    if (encoded) await ports.ledger.writeMemory(feed, encoded);
    // A feed of which nothing could be read has not been imported.
    if (!(isFirst && found.failure && found.counts.entries === 0))
      await writeHead(ports.ledger, [place, feed], {
        version,
        isDone,
        readBy,
        now: run.now(),
        entries: found.counts.entries,
        rhythm: rhythmAfter(request, head?.rhythm, { now: run.now(), isWritten: true }),
      });
    if (found.failure) await quarantine(version, found.failure, ports);
    return { ...result, ...countByAudience(shares), ...endOf(found) };
  } catch (error) {
    await opened?.close().catch(() => undefined);
    await releaseQuietly(run, ports);
    if (error instanceof ClaimHeldError)
      return { ...nothing, state: "retry", code: "entry-held", why: error.message, until: error.until };
    if (error instanceof ClaimLostError)
      return { ...nothing, state: "retry", code: "entry-held", why: error.message };
    if (!(error instanceof SnapshotError) || error.fate !== "quarantine") throw error;
    await quarantine(version, error, ports);
    return { ...nothing, state: "quarantined", error };
  }
}

/** A replay is no upload. */
function rhythmAfter(
  { uploaded, replay }: IngestRequest,
  before: UploadRhythm | undefined,
  { now, isWritten }: { readonly now: number; readonly isWritten: boolean },
): UploadRhythm | undefined {
  if (replay) return isWritten ? before : undefined;
  return noteUpload(before, Math.floor((uploaded ?? now) / 1000), { isWritten });
}

/** Best effort: an unchanged snapshot is done, and the next upload is noted instead. */
async function noteUnchanged(
  place: string,
  request: IngestRequest,
  before: UploadRhythm | undefined,
  { ledger, clock }: IngestPorts,
): Promise<void> {
  const rhythm = rhythmAfter(request, before, { now: clock.now(), isWritten: false });
  if (rhythm) await ledger.writeRhythm(place, rhythm).catch(() => undefined);
}

/** Whether an earlier run of the same request may have left a claim. */
const isRepeated = ({ receives, attempts, continued }: IngestRequest): boolean =>
  receives > 1 || attempts > 0 || continued !== undefined;

/** Enqueues the plans that earlier runs of the request sealed. `superseded`: a later message continues the open claim. */
async function finishEarlier(
  request: IngestRequest,
  run: Run,
  ports: IngestPorts,
): Promise<"superseded" | "finished"> {
  for (const claim of await earlierClaims(request, ports.ledger)) {
    if (claim.state === "sealed" && claim.plan !== undefined) await resume(claim.plan, run.owner, ports);
    const round = request.continued?.claim === claim.id ? request.continued.round : 0;
    if (claim.state === "open" && claim.round > round) return "superseded";
  }
  return "finished";
}

/** The state that was handed on, if its claim is still open; otherwise the snapshot is read from its start. */
async function continueRun(
  { continued }: IngestRequest,
  run: Run,
  { plans }: IngestPorts,
): Promise<RunState | undefined> {
  if (!continued) return undefined;
  return (await run.acquireClaim()) === continued.claim ? plans.readState(continued.state) : undefined;
}

/** Lets a later run continue, under the same claim. */
async function handOn(
  request: IngestRequest,
  state: RunState,
  run: Run,
  { ports, ...result }: Omit<IngestResult, "state"> & { readonly ports: IngestPorts },
): Promise<IngestResult> {
  const claim = await run.acquireClaim();
  const round = run.round() + 1;
  if (round > maxRounds) {
    await releaseQuietly(run, ports);
    return { ...result, state: "retry", code: "out-of-time", why: `not finished after ${maxRounds} rounds` };
  }
  const name = await ports.plans.writeState(claim, state);
  await ports.requests.send({ ...request, continued: { claim, round, state: name } }, handOnDelay);
  // Best effort: otherwise the next round waits for the lease.
  const { owner, lease } = run;
  await ports.ledger.handOnClaim(claim, { owner, round, lease }).catch(() => false);
  return { ...result, state: "continued" };
}

/** How each audience gets its new entries. */
async function splitAll(
  { picked }: Scan,
  context: SplitContext,
  { audiences }: Configuration,
  { ledger }: IngestPorts,
): Promise<ReadonlyMap<string, Split>> {
  const splits = new Map<string, Split>();
  for (const audience of audiences) {
    const found = split(audience, picked.get(audience.name)?.count ?? 0, context);
    splits.set(audience.name, await withinHour(found, audience, context.now, ledger));
  }
  return splits;
}

/** What the audiences get. What composes it is loaded when the first snapshot has news. */
async function compose(
  found: Scan,
  context: ComposeContext,
  configuration: Configuration,
): Promise<ComposedShares> {
  if ([...context.splits.values()].every(({ count }) => count === 0)) return { messages: [], waiting: [] };
  const { composeForAudiences } = await import("./routing/audience-messages.ts");
  return composeForAudiences(found, context, configuration);
}

/** Seals what was composed, enqueues it and stores what waits. */
async function decide(
  { messages, waiting }: ComposedShares,
  {
    request: { version, uploaded },
    feed,
    run,
  }: { readonly request: IngestRequest; readonly feed: string; readonly run: Run },
  ports: IngestPorts,
): Promise<void> {
  const claim = run.claim();
  if (claim === undefined) return;
  if (messages.length + waiting.length === 0) {
    if (!(await ports.ledger.finishClaim(claim, run.owner))) throw new ClaimLostError(claim);
    return;
  }
  const at = new Date(run.now()).toISOString();
  const plan: SnapshotPlan = {
    format: planFormat,
    claim,
    feed,
    snapshot: version,
    ...(uploaded !== undefined && { uploaded: new Date(uploaded).toISOString() }),
    at,
    messages: planMessages(claim, messages),
    waiting,
  };
  await seal(plan, run.owner, ports);
  await enqueue(plan, run.owner, ports);
}

function endOf({ failure, heldUntil, counts }: Extract<Scan, { state: "read" }>) {
  if (heldUntil !== undefined) {
    const why = `${counts.held} entries are held by another run`;
    return { state: "retry", code: "entry-held", why, until: heldUntil } as const;
  }
  return failure ? ({ state: "quarantined", error: failure } as const) : ({ state: "done" } as const);
}

/** Best effort: the lease expires anyway, and the original error is the one to report. */
async function releaseQuietly(run: Run, { ledger }: IngestPorts): Promise<void> {
  const claim = run.claim();
  if (claim !== undefined) await ledger.releaseClaim(claim, run.owner).catch(() => undefined);
}

/** Keeps a snapshot under `quarantine/` with its reason. */
export async function quarantine(
  version: SnapshotVersion,
  { code, found, expected, hint }: SnapshotError,
  { log, snapshots, measure }: Pick<IngestPorts, "log" | "snapshots" | "measure">,
): Promise<void> {
  log("error", "quarantined", { key: version.key, version: version.versionId, code, found, expected });
  await snapshots.quarantine(version, { code, found, expected, hint });
  measure?.("quarantined", 1, { code });
}

function faultsIn(found: Scan): Readonly<Record<string, number>> {
  const faults: Record<string, number> = {};
  const report = found.state === "read" ? found.report : undefined;
  for (const { code } of [...(report?.rejects ?? []), ...(report?.warnings ?? [])])
    faults[code] = (faults[code] ?? 0) + 1;
  return faults;
}

function countByAudience({ messages, waiting }: ComposedShares): Pick<IngestResult, "messages" | "waiting"> {
  const counts: Record<string, number> = {};
  for (const { audience } of messages) counts[audience] = (counts[audience] ?? 0) + 1;
  const waits = waiting.map(
    ({ audience, entries, rest }) => [audience, entries.length + (rest?.count ?? 0)] as const,
  );
  return { messages: counts, waiting: Object.fromEntries(waits) };
}
