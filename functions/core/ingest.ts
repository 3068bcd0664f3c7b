import { summariseEntry } from "./message/alert.ts";
import type { Run } from "./dedupe/claim.ts";
import { isUnchanged, remember } from "./dedupe/feed-state.ts";
import { compose } from "./routing/audience-messages.ts";
import { publishMilliseconds, type Audience, type Configuration } from "./configuration.ts";
import { deliver, type Delivered } from "./deliver.ts";
import { SnapshotError, type ErrorCode } from "./errors.ts";
import { streamSnapshot } from "./feed/parse.ts";
import type { SourceFeed } from "./message/message.ts";
import type { Continued, Ports, SnapshotVersion } from "./ports.ts";
import { noCounts, scan, type Counts, type Picked, type Scan } from "./dedupe/scan.ts";
import { short } from "./dedupe/short-hash.ts";
import { feedOfKey, slug } from "./feed/feed-slug.ts";

/** What one run may do, and until when. */
export interface Turn {
  /** Unique to this run. */
  readonly claim: string;
  /** What an earlier run of the same snapshot handed on. */
  readonly continued?: Continued;
  /** Epoch milliseconds: nothing new is begun after it. */
  readonly deadline: number;
  /** Epoch milliseconds: what was published is recorded until then. */
  readonly end: number;
  /** Epoch milliseconds, after the end of the run: until then its claims are nobody else's. */
  readonly lease: number;
  /** Passes over the shortcut for identical bytes. */
  readonly replay?: boolean;
  /** Sends what was sent before once more; unique to the request, whatever number of runs it takes. */
  readonly resend?: string;
  /** Prefix of the keys that are snapshots. */
  readonly prefix: string;
}

export type Outcome = {
  readonly feed: string;
  readonly counts: Counts;
  readonly messages: number;
  /** How often each kind of warning and reject came up. */
  readonly faults: Readonly<Record<string, number>>;
} & (
  | { readonly state: "done" | "unchanged" | "continued" }
  /** Sent as far as it can be read, and put aside with this reason. */
  | { readonly state: "quarantined"; readonly error: SnapshotError }
  /** To be handed back to the queue, and not seen again before `until` (epoch milliseconds), where it is known. */
  | { readonly state: "back"; readonly code: ErrorCode; readonly why: string; readonly until?: number }
);

/** A snapshot that is handed on this often makes no progress; the dead-letter queue is the place for it. */
const rounds = 100;

/**
 * Takes one snapshot from the bucket to its readers: open, decode, detect and parse, normalise, identify, claim,
 * summarise, compose, publish, record. Running it again at any time, after whatever end, sends nothing twice that
 * was recorded and loses nothing that was not. What can't be read is put into quarantine. Throws what no rule
 * knows; what was claimed is then free for the next run.
 */
export async function ingest(
  version: SnapshotVersion,
  turn: Turn,
  configuration: Configuration,
  ports: Ports,
): Promise<Outcome> {
  const name = feedOfKey(version.key, turn.prefix);
  const place = name === undefined ? `~${short(version.key)}` : slug(name);
  const nothing = { feed: place, counts: noCounts, messages: 0, faults: {} };
  try {
    if (!turn.replay && !turn.continued && (await isUnchanged(version, place, configuration, ports)))
      return { ...nothing, state: "unchanged" };
    const known = name ?? (await readFeedName(version, configuration, ports));
    const outcome = await ingestFeed(version, known, turn, configuration, ports);
    if (outcome.state === "quarantined") await putAside(version, outcome.error, ports);
    if (outcome.state === "done") await remember(version, place, configuration, ports);
    return outcome;
  } catch (error) {
    if (!(error instanceof SnapshotError) || error.fate !== "quarantine") throw error;
    await putAside(version, error, ports);
    return { ...nothing, state: "quarantined", error };
  }
}

function putAside(version: SnapshotVersion, error: SnapshotError, ports: Ports): Promise<void> {
  const { code, found, expected, hint } = error;
  ports.log("error", "quarantined", { key: version.key, version: version.versionId, code, found, expected });
  return ports.snapshots.quarantine(version, { code, found, expected, hint });
}

async function ingestFeed(
  version: SnapshotVersion,
  name: string,
  turn: Turn,
  configuration: Configuration,
  ports: Ports,
): Promise<Outcome> {
  const feed = slug(name);
  const { run, round } = await startRun(version, turn, configuration, ports);
  try {
    let length = 0;
    const entries = await read(version, feed, configuration, ports, (now) => (length = now));
    const context = { feed, configuration, run, deadline: turn.deadline, length: () => length };
    const found = await scan(entries, context, ports);
    const source = sourceOf(name, feed, found, configuration);
    const sent = await send(found, source, version, run, turn, configuration, ports);
    const result = { feed, counts: found.counts, messages: sent.messages, faults: faultsIn(found) };

    // What comes under a claim after a message that counts has gone out would pass for counted.
    const mayContinue = found.state === "out of time" || found.heldUntil === undefined;
    if (sent.state === "out of time" && mayContinue) {
      if (round >= rounds)
        return { ...result, state: "back", code: "out-of-time", why: `not finished after ${rounds} runs` };
      await run.hold();
      await ports.continuations.send(version, { claim: run.claim, round: round + 1 }, turn.resend);
      return { ...result, state: "continued" };
    }
    if (sent.state !== "done") await ports.ledger.release(run.claim, turn.claim);
    if (sent.state === "failed")
      return { ...result, state: "back", code: "service-unavailable", why: sent.why };
    if (found.heldUntil !== undefined) {
      const why = `${found.counts.held} entries are held by another run`;
      return { ...result, state: "back", code: "entry-held", why, until: found.heldUntil };
    }
    if (found.failure) return { ...result, state: "quarantined", error: found.failure };
    return { ...result, state: "done" };
  } catch (error) {
    // What can't be released is free after its lease; the first error is the one to tell of.
    await ports.ledger.release(run.claim, turn.claim).catch(() => undefined);
    throw error;
  }
}

function faultsIn({ report }: Scan): Readonly<Record<string, number>> {
  const faults: Record<string, number> = {};
  for (const { code } of [...(report?.rejects ?? []), ...(report?.warnings ?? [])])
    faults[code] = (faults[code] ?? 0) + 1;
  return faults;
}

/** Composes and publishes what was found, audience by audience: a topic that fails keeps no other from its messages. */
async function send(
  found: Scan,
  source: SourceFeed,
  version: SnapshotVersion,
  run: Run,
  turn: Turn,
  configuration: Configuration,
  ports: Ports,
): Promise<Delivered> {
  if (found.state === "out of time") return { state: "out of time", messages: 0 };
  const isMarked = configuration.feeds[source.slug]?.updates === "mark";
  const toAlert = ({ entry, key, revised }: Picked) =>
    summariseEntry(entry, { key, source, now: run.now(), revised: revised && isMarked });
  const isDue = ({ name }: Audience) => (found.picked.get(name)?.count ?? 0) > 0;
  const due = configuration.audiences.filter(isDue);
  let messages = 0;
  let failed: Delivered | undefined;
  for (const [i, audience] of due.entries()) {
    const picked = found.picked.get(audience.name);
    if (!picked) continue;
    const delivery = {
      audience: audience.name,
      claim: run.claim,
      version,
      deadline: turn.deadline,
      giveUp: run.now() + (turn.deadline - run.now()) / (due.length - i),
      end: turn.end,
      longest: publishMilliseconds(configuration.timeoutSeconds),
    };
    const delivered = await deliver(
      compose(picked, audience, found.gone.get(audience.name) ?? 0, toAlert, source),
      delivery,
      ports,
    );
    messages += delivered.messages;
    if (delivered.state === "failed") failed ??= delivered;
    if (delivered.state === "out of time") return { ...(failed ?? delivered), messages };
  }
  return { ...(failed ?? { state: "done" }), messages };
}

/** The entries of a snapshot; nothing but what one of them takes is in memory at a time. */
async function read(
  version: SnapshotVersion,
  feed: string,
  configuration: Configuration,
  { snapshots, clock }: Ports,
  onProgress?: (length: number) => void,
) {
  const opened = await snapshots.open(version);
  const { bytes } = configuration.limits;
  if (opened.size !== undefined && opened.size > bytes) {
    // Whoever leaves after the first chunk closes the connection; what was never begun can't be left.
    for await (const _ of opened.chunks) break;
    throw new SnapshotError("snapshot-too-large", `${opened.size} bytes`, `at most ${bytes} bytes`);
  }
  const timeZone = configuration.feeds[feed]?.timeZone;
  return streamSnapshot(opened.chunks, {
    name: version.key,
    ...(opened.contentType !== undefined && { contentType: opened.contentType }),
    ...(timeZone !== undefined && { timeZone }),
    limits: configuration.limits,
    now: clock.now(),
    clock: () => clock.now(),
    ...(onProgress && { onProgress }),
  });
}

/** The name of a feed whose snapshot lies in no folder: what it calls itself, else the host of its first link. */
async function readFeedName(
  version: SnapshotVersion,
  configuration: Configuration,
  ports: Ports,
): Promise<string> {
  const entries = await read(version, "", configuration, ports);
  let host: string | undefined;
  for (;;) {
    const next = await entries.next();
    if (next.done)
      return next.value.feed.title ?? host ?? version.key.slice(version.key.lastIndexOf("/") + 1);
    host ??= next.value.link && URL.parse(next.value.link)?.host;
  }
}

/** The run's claim: one that was handed on and is taken up in time goes on, otherwise a new one that is held with its first entry. */
async function startRun(
  version: SnapshotVersion,
  turn: Turn,
  { ledgerDays, audiences }: Configuration,
  { ledger, clock }: Ports,
): Promise<{ readonly run: Run; readonly round: number }> {
  const { continued } = turn;
  const goesOn =
    continued !== undefined && (await ledger.hold(continued.claim, continued.round, turn.claim, turn.lease));
  const claim = goesOn ? continued.claim : turn.claim;
  // What can't go on under its claim has still been handed on as often.
  const round = continued?.round ?? 0;
  let held: Promise<boolean> | undefined = goesOn ? Promise.resolve(true) : undefined;
  const run = {
    claim,
    snapshot: short(`${version.bucket}\n${version.key}\n${version.versionId ?? version.etag ?? ""}`),
    audiences: new Set(audiences.map(({ name }) => name)),
    ...(turn.resend !== undefined && { resend: turn.resend }),
    memory: ledgerDays * 86_400,
    now: () => clock.now(),
    hold: async () => {
      held ??= ledger.hold(claim, round, turn.claim, turn.lease);
      if (!(await held)) throw new Error(`The claim ${claim} belongs to another run.`);
    },
  };
  return { run, round };
}

function sourceOf(name: string, feed: string, { report }: Scan, configuration: Configuration): SourceFeed {
  const link = report?.feed.link;
  return {
    slug: feed,
    title: configuration.feeds[feed]?.title ?? report?.feed.title ?? name,
    ...(link !== undefined && { link }),
  };
}
