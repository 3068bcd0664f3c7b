import type { Configuration } from "../configuration.ts";
import { SnapshotError } from "../errors.ts";
import type { Entry, SnapshotReport } from "../feed/entry.ts";
import { hasOwnLink } from "../feed/substitute-link.ts";
import { plainText } from "../feed/text/plain-text.ts";
import { dateOf } from "../feed/shown-date.ts";
import { detach } from "../message/detach.ts";
import type { IngestPorts } from "../ports.ts";
import { topN, type TopN } from "../routing/newest.ts";
import type { Routed, Router } from "../routing/route.ts";
import type { DecidedClaim, RunIdentity } from "./candidate.ts";
import { claimBatch } from "./claim.ts";
import type { FeedMemory } from "./feed-memory.ts";
import { addTargets, type EditPolicy } from "./look-up.ts";
import { pendingOf, prepare, type Prepared, type ReadEntry } from "./prepare.ts";
import { noCounts, runStateFormat, type Counts, type Picked, type RunState } from "./run-state.ts";

/** Entries that are claimed together. */
const batchSize = 100;

/** Length of the text of a batch, so that few large entries take no more memory than many small ones. */
const batchLength = 4 * 1024 * 1024;

export interface ScanContext {
  readonly feed: string;
  readonly configuration: Configuration;
  readonly route: Router;
  readonly run: RunIdentity;
  readonly memory: FeedMemory;
  /** Epoch milliseconds: no batch starts after it. */
  readonly deadline: number;
  /** Length of the text that the entries so far came from. */
  readonly length: () => number;
  /** What an earlier run of the same snapshot left. */
  readonly state?: RunState;
  /** Looks every entry up in the ledger, even those in the feed's memory. */
  readonly resend: boolean;
}

export type Scan = {
  /** By audience: the newest of the entries to be sent, and how many there are in all. */
  readonly picked: ReadonlyMap<string, TopN<Picked>>;
  readonly counts: Counts;
  /** How often each audience's rules decided about a new entry in this run, such as `news skipped by exclude`. */
  readonly decisions: Readonly<Record<string, number>>;
} & (
  | { readonly state: "out of time"; readonly rest: RunState }
  | {
      readonly state: "read";
      /** Absent where reading failed. */
      readonly report?: SnapshotReport;
      /** Why the snapshot could not be read to its end; the entries before are sent all the same. */
      readonly failure?: SnapshotError;
      /** When all entries that other runs hold may be free, epoch milliseconds. */
      readonly heldUntil?: number;
    }
);

/**
 * Reads a snapshot to its end, recognises known entries, claims new ones and picks those that messages will show.
 * Memory is bounded by the batch and by what the audiences show, not by the snapshot. Stops at the deadline with the
 * state from which the next run continues.
 */
export async function scan(
  entries: AsyncGenerator<Entry, SnapshotReport>,
  context: ScanContext,
  ports: Pick<IngestPorts, "ledger" | "trace">,
): Promise<Scan> {
  const { configuration, run, memory, state: before } = context;
  // Only `preview` traces, and few feeds follow updates: what they need is loaded for them.
  const tracing = ports.trace && { ...(await import("../routing/trace.ts")), report: ports.trace };
  const hashText = followsUpdates(context) ? (await import("./text-hash.ts")).textHash : undefined;
  const prepareRead = (read: ReadEntry): Prepared => prepare(read, { ...context, hashText });
  const picked = new Map(
    configuration.audiences.map((audience) => [
      audience.name,
      topN<Picked>(
        audience.digestItems + (audience.mode === "alerts" ? audience.maxAlerts : 0),
        before?.picked[audience.name],
      ),
    ]),
  );
  const counts = { ...(before?.counts ?? noCounts) };
  const present = new Set(before?.present);
  const decisions: Record<string, number> = {};
  let heldUntil = before?.heldUntil ?? 0;
  const pending: ReadEntry[] = [...(before?.pending ?? [])];

  const claim = async (batch: readonly Prepared[], edits: EditPolicy) => {
    const results = await claimBatch(
      batch.map(({ candidate }) => candidate),
      ports.ledger,
      run,
      { snapshot: run.snapshot, present, edits },
    );
    for (const [i, result] of results.entries()) {
      const from = batch[i];
      if (!from) continue;
      if (result.state === "undecided") {
        pending.push(from);
        continue;
      }
      if (result.state === "held") heldUntil = Math.max(heldUntil, result.until);
      if (result.state === "claimed" || (result.state === "known" && result.done))
        memory.add(from.seen, result.expires);
      count(result, counts);
      if (result.state === "claimed") countDecisions(from.routed(), decisions);
      pick(result, from, picked);
      tracing?.report(tracing.traceOf(result, from.entry, from.routed()));
    }
  };

  /** Recognises by the feed's memory; what is not in it is claimed or looked up. */
  const takeBatch = async (batch: readonly ReadEntry[]) => {
    const unknown: Prepared[] = [];
    for (const read of batch) {
      if (isBlank(read.entry)) {
        counts.rejected++;
        tracing?.report(tracing.traceOfReject({ code: "entry-blank", index: read.at, reason: blankReason }));
        continue;
      }
      const prepared = prepareRead(read);
      if (context.resend || !memory.has(prepared.seen)) {
        unknown.push(prepared);
        continue;
      }
      counts.known++;
      for (const slot of prepared.candidate.identity.slots) present.add(slot);
      const known = {
        state: "known",
        key: prepared.candidate.identity.slots[0],
        done: true,
        expires: 0,
      } as const;
      tracing?.report(
        tracing.traceOf({ ...known, why: "it was sent before" }, read.entry, prepared.routed()),
      );
    }
    counts.entries += batch.length;
    if (unknown.length > 0) await claim(unknown, "defer");
    const excess = firstBeyond(pending);
    // Only so many can wait; the others are sent rather than lost.
    if (excess >= 0) await claim(pending.splice(excess).map(prepareRead), "ignore");
  };

  const isOutOfTime = () => run.now() > context.deadline;
  const outOfTime = (): Scan => ({
    state: "out of time",
    picked,
    counts,
    decisions,
    rest: {
      format: runStateFormat,
      counts,
      picked: Object.fromEntries([...picked].map(([name, { count, items }]) => [name, { count, items }])),
      pending: pending.map((read) => pendingOf(prepareRead(read))),
      present: [...present],
      heldUntil,
    },
  });

  let report: SnapshotReport | undefined;
  let failure: SnapshotError | undefined;
  let batch: ReadEntry[] = [];
  let begin = 0;
  let end = 0;
  let at = 0;
  const skip = counts.entries;
  try {
    while (!report) {
      if (isOutOfTime()) return outOfTime();
      const next = await entries.next();
      if (next.done) report = next.value;
      else if (at++ >= skip) batch.push({ entry: next.value, at: at - 1, length: context.length() - end });
      end = context.length();
      if (at <= skip) begin = end;
      if (batch.length < batchSize && end - begin < batchLength && !next.done) continue;
      await takeBatch(batch);
      batch = [];
      begin = end;
    }
  } catch (error) {
    if (!(error instanceof SnapshotError) || error.fate !== "quarantine") throw error;
    failure = error;
    await takeBatch(batch);
  } finally {
    // Leaving early would otherwise leave a connection to the bucket open.
    await entries.return(undefined as never);
  }
  if (isOutOfTime()) return outOfTime();
  // An entry that the memory knew may be kept under a key that is none of its fingerprints any more.
  if (pending.length > 0) await addTargets(present, ports.ledger);
  await claim(pending.splice(0).map(prepareRead), "match");
  for (const reject of report?.rejects ?? []) tracing?.report(tracing.traceOfReject(reject));
  counts.rejected += report?.rejects.length ?? 0;
  counts.warnings += report?.warnings.length ?? 0;
  return {
    state: "read",
    ...(report && { report }),
    ...(failure && { failure }),
    ...(heldUntil > 0 && { heldUntil }),
    picked,
    counts,
    decisions,
  };
}

function pick(
  result: DecidedClaim,
  { entry, at }: ReadEntry,
  picked: ReadonlyMap<string, TopN<Picked>>,
): void {
  if (result.state !== "claimed") return;
  const date = dateOf(entry);
  const dated = { ...(date !== undefined && { date }), at };
  let kept: Picked | undefined;
  const make = () => (kept ??= { ...dated, key: result.key, entry: detach(entry), revised: result.revised });
  for (const audience of result.audiences) picked.get(audience)?.add(dated, make);
}

function countDecisions({ decisions }: Routed, counts: Record<string, number>): void {
  for (const { audience, verdict } of decisions) {
    const rules = verdict.because.map(({ rule }) => rule).join(", ");
    const decision = `${audience} ${verdict.outcome} by ${rules}`;
    counts[decision] = (counts[decision] ?? 0) + 1;
  }
}

function count(result: DecidedClaim, counts: Counts): void {
  if (result.state === "held") counts.held++;
  else if (result.state === "known") counts.known++;
  else if (result.audiences.length === 0) counts.skipped++;
  else counts.new++;
}

const blankReason = "neither title nor link nor text";

const isBlank = (entry: Entry): boolean =>
  entry.title === "" && !hasOwnLink(entry) && plainText(entry.description || entry.content || "") === "";

const followsUpdates = ({ feed, configuration }: ScanContext): boolean =>
  (configuration.feeds[feed]?.updates ?? "ignore") !== "ignore";

/** Index of the first pending entry for which there is no room. */
function firstBeyond(pending: readonly ReadEntry[]): number {
  let length = 0;
  return pending.findIndex((read, i) => i >= batchSize || (length += read.length) > batchLength);
}
