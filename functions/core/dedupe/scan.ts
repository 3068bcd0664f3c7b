import { settle, type Candidate, type Decided, type Run } from "./claim.ts";
import { identify } from "./identity.ts";
import type { Reading } from "./look-up.ts";
import { topN, type Dated, type TopN } from "../routing/newest.ts";
import { judge } from "../routing/rules.ts";
import { dateOf, detach, languageOf } from "../message/alert.ts";
import type { Audience, Configuration } from "../configuration.ts";
import { SnapshotError } from "../errors.ts";
import type { Entry, Reject, SnapshotReport } from "../feed/entry.ts";
import { hasOwnLink } from "../feed/substitute-link.ts";
import { plainText } from "../feed/text/plain-text.ts";
import { textHash } from "./text-hash.ts";
import { noteOf, noteOfReject } from "../routing/trace.ts";
import type { Ports } from "../ports.ts";

/** Keys of one `BatchGetItem` (Amazon DynamoDB API Reference). */
const batchSize = 100;

/** Length of the text of a batch, so that few large entries take no more memory than many small ones. */
const batchLength = 4 * 1024 * 1024;

/** An entry that is among the newest for some audience: small, whatever the entry's size. */
export interface Picked extends Dated {
  readonly key: string;
  readonly entry: Entry;
  readonly revised: boolean;
}

export interface Counts {
  entries: number;
  new: number;
  known: number;
  passedOver: number;
  held: number;
  rejected: number;
  /** What was mended or dropped while reading, a truncation among it. */
  warnings: number;
}

export const noCounts: Readonly<Counts> = {
  entries: 0,
  new: 0,
  known: 0,
  passedOver: 0,
  held: 0,
  rejected: 0,
  warnings: 0,
};

export interface Scan {
  readonly state: "read" | "out of time";
  /** Absent where reading failed or ran out of time. */
  readonly report?: SnapshotReport;
  /** Why the snapshot could not be read to its end; what was read before is sent all the same. */
  readonly failure?: SnapshotError;
  /** By audience: the newest of what is to be sent, and how much there is in all. */
  readonly picked: ReadonlyMap<string, TopN<Picked>>;
  /** By audience: how many entries of the snapshot it got in an earlier run. */
  readonly gone: ReadonlyMap<string, number>;
  /** When all entries that other runs hold may be free, epoch milliseconds. */
  readonly heldUntil?: number;
  readonly counts: Counts;
}

export interface ScanContext {
  readonly feed: string;
  readonly configuration: Configuration;
  readonly run: Run;
  /** Epoch milliseconds: no batch starts after it. */
  readonly deadline: number;
  /** How much text the entries so far came from. */
  readonly length: () => number;
}

/** How many of an audience's entries can be shown at all; the rest is only counted. */
const shown = (audience: Audience): number =>
  audience.digestItems + (audience.cadence === "each" ? audience.burst : 0);

/**
 * Reads a snapshot to its end, recognises what is known, claims what is new and picks what will be shown. Memory
 * is bounded by the batch and by what the audiences show, not by the snapshot.
 */
export async function scan(
  entries: AsyncGenerator<Entry, SnapshotReport>,
  context: ScanContext,
  ports: Ports,
): Promise<Scan> {
  const { configuration, run } = context;
  const picked = new Map(
    configuration.audiences.map((audience) => [audience.name, topN<Picked>(shown(audience))]),
  );
  const gone = new Map<string, number>();
  const counts = { ...noCounts };
  let heldUntil = 0;
  let report: SnapshotReport | undefined;
  let failure: SnapshotError | undefined;

  const present = new Set<string>();
  const undecided: Prepared[] = [];

  const take = async (batch: readonly Read[]) => {
    const from = counts.entries;
    counts.entries += batch.length;
    const { candidates, blank } = prepare(batch, from, context);
    for (const reject of blank) ports.note?.(noteOfReject(reject));
    counts.rejected += blank.length;
    await claim(candidates, "open");
    // Only so many can wait; the others are sent rather than lost.
    let length = 0;
    const tooMany = undecided.findIndex((one, i) => i >= batchSize || (length += one.length) > batchLength);
    if (tooMany >= 0) await claim(undecided.splice(tooMany), "refused");
  };

  const claim = async (candidates: readonly Prepared[], edits: Reading["edits"]) => {
    const outcomes = await settle(
      candidates.map(({ candidate }) => candidate),
      ports.ledger,
      run,
      { snapshot: run.snapshot, present, edits },
    );
    for (const [i, outcome] of outcomes.entries()) {
      const from = candidates[i];
      if (!from) continue;
      if (outcome.state === "undecided") {
        undecided.push(from);
        continue;
      }
      if (outcome.state === "held") heldUntil = Math.max(heldUntil, outcome.until);
      count(outcome, counts);
      if (outcome.item.snapshot === run.snapshot)
        for (const audience of outcome.item.sent) gone.set(audience, (gone.get(audience) ?? 0) + 1);
      pick(outcome, from.entry, from.candidate.at, picked);
      ports.note?.(noteOf(outcome, from.entry, from.why));
    }
  };

  let batch: Read[] = [];
  let begin = 0;
  let end = 0;
  try {
    while (!report) {
      if (run.now() > context.deadline) return { state: "out of time", picked, gone, counts };
      const next = await entries.next();
      if (next.done) report = next.value;
      else batch.push({ entry: next.value, length: context.length() - end });
      end = context.length();
      if (batch.length < batchSize && end - begin < batchLength && !next.done) continue;
      await take(batch);
      batch = [];
      begin = end;
    }
  } catch (error) {
    if (!(error instanceof SnapshotError) || error.fate !== "quarantine") throw error;
    failure = error;
    await take(batch);
  } finally {
    // Whoever leaves early leaves no connection to the bucket open.
    await entries.return(undefined as never);
  }
  await claim(undecided.splice(0), "taken");
  for (const reject of report?.rejects ?? []) ports.note?.(noteOfReject(reject));
  counts.rejected += report?.rejects.length ?? 0;
  counts.warnings += report?.warnings.length ?? 0;
  return {
    state: "read",
    ...(report && { report }),
    ...(failure && { failure }),
    picked,
    gone,
    ...(heldUntil > 0 && { heldUntil }),
    counts,
  };
}

interface Read {
  readonly entry: Entry;
  /** Of the text that it came from. */
  readonly length: number;
}

interface Prepared extends Read {
  readonly candidate: Candidate;
  /** Why each audience that passes the entry over does so; filled when the entry turns out to be new. */
  readonly why: string[];
}

function prepare(batch: readonly Read[], from: number, { feed, configuration, run }: ScanContext) {
  const candidates: Prepared[] = [];
  const blank: Reject[] = [];
  const followsUpdates = (configuration.feeds[feed]?.updates ?? "ignore") !== "ignore";
  for (const [i, { entry, length }] of batch.entries()) {
    if (
      entry.title === "" &&
      !hasOwnLink(entry) &&
      plainText(entry.description || entry.content || "") === ""
    ) {
      blank.push({ code: "entry-blank", index: from + i, reason: "neither title nor link nor text" });
      continue;
    }
    const why: string[] = [];
    const due = () => {
      why.length = 0;
      const text = () => plainText(`${entry.description ?? ""} ${entry.content ?? ""}`);
      const rules = { feed, now: run.now(), text, language: () => languageOf(entry) };
      return configuration.audiences.flatMap((audience) => {
        const verdict = judge(entry, audience, rules);
        if (verdict.outcome === "accepted") return [audience.name];
        why.push(`${audience.name}: ${verdict.reason}`);
        return [];
      });
    };
    const identity = identify(feed, entry);
    const candidate = { identity, at: from + i, due, ...(followsUpdates && { text: () => textHash(entry) }) };
    candidates.push({ candidate, entry, length, why });
  }
  return { candidates, blank };
}

function pick(outcome: Decided, entry: Entry, at: number, picked: ReadonlyMap<string, TopN<Picked>>): void {
  if (outcome.state !== "open") return;
  const date = dateOf(entry);
  const dated = { ...(date !== undefined && { date }), at };
  let kept: Picked | undefined;
  const make = () =>
    (kept ??= { ...dated, key: outcome.item.key, entry: detach(entry), revised: outcome.revised });
  for (const audience of outcome.audiences) picked.get(audience)?.add(dated, make);
}

function count(outcome: Decided, counts: Counts): void {
  if (outcome.state === "open") counts.new++;
  else if (outcome.state === "held") counts.held++;
  else if (outcome.item.due.length === 0) counts.passedOver++;
  else counts.known++;
}
