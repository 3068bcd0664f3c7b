import type { Configuration } from "./configuration.ts";
import { isUnchanged, readerFingerprint, writeHead } from "./dedupe/snapshot-head.ts";
import { openFeedMemory } from "./dedupe/feed-memory.ts";
import { ClaimHeldError, startRun, type Run } from "./dedupe/run.ts";
import { continueRun, finishEarlier, handOn, isRepeated, releaseQuietly } from "./dedupe/rounds.ts";
import { noCounts, type Counts } from "./dedupe/run-state.ts";
import type { Scan } from "./dedupe/scan.ts";
import { ClaimLostError, enqueue, seal } from "./dedupe/sealing.ts";
import { shortHash } from "./dedupe/short-hash.ts";
import { SnapshotError } from "./errors.ts";
import { feedOfKey, slug } from "./feed/feed-slug.ts";
import { countByAudience, endOf, faultsIn, type IngestResult } from "./ingest-result.ts";
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
    await decide(shares, { request, feed, run, counts: found.counts }, ports);
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

/**
 * Seals what was composed, enqueues it and stores what waits. New entries are counted as soon as they are decided, because
 * a later run of the snapshot finds them again as known.
 */
async function decide(
  { messages, waiting }: ComposedShares,
  {
    request: { version, uploaded },
    feed,
    run,
    counts,
  }: { readonly request: IngestRequest; readonly feed: string; readonly run: Run; readonly counts: Counts },
  ports: IngestPorts,
): Promise<void> {
  const claim = run.claim();
  if (claim === undefined) return;
  if (messages.length + waiting.length === 0) {
    if (!(await ports.ledger.finishClaim(claim, run.owner))) throw new ClaimLostError(claim);
    countDecided(counts, ports);
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
  countDecided(counts, ports);
  await enqueue(plan, run.owner, ports);
}

function countDecided(counts: Counts, { measure, emit }: IngestPorts): void {
  measure?.("new", counts.new);
  measure?.("skipped", counts.skipped);
  emit?.();
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
