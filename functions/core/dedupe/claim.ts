import { isPointer, type Claim, type Ledger, type LedgerItem } from "../ports.ts";
import type { Identity } from "./identity.ts";
import { recall, type Led, type Reading } from "./look-up.ts";
import { expiry, learn, pointers, recognise } from "./recognise.ts";

/** One run over one snapshot, as the ledger knows it. */
export interface Run {
  /** Unique to the run, and to the runs that it hands its work on to. */
  readonly claim: string;
  /** Hash of the snapshot version. */
  readonly snapshot: string;
  /** Names of all audiences: an entry that waits for one that is gone waits for nothing. */
  readonly audiences: ReadonlySet<string>;
  /** Somebody asked to send what was sent before once more; unique to the request. */
  readonly resend?: string;
  /** How long the ledger remembers what this run writes, seconds. */
  readonly memory: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Makes sure that the claim stands in the ledger before anything is claimed under it. */
  readonly hold: () => Promise<void>;
}

/** An entry on its way to its audiences. */
export interface Candidate {
  readonly identity: Identity;
  /** Its place in the snapshot. */
  readonly at: number;
  /** The audiences that it is due to if it is new. */
  readonly due: () => readonly string[];
  /** Hash of its text, where its feed follows updates. */
  readonly text?: () => string;
}

export type Settled =
  /** Ours to send, to the audiences named. */
  | {
      readonly state: "open";
      readonly item: LedgerItem;
      readonly audiences: readonly string[];
      readonly revised: boolean;
    }
  /** Sent, or wanted by nobody. */
  | { readonly state: "known"; readonly item: LedgerItem; readonly fresh: boolean; readonly why: string }
  /** Another run has it until then, epoch milliseconds. */
  | { readonly state: "held"; readonly item: LedgerItem; readonly until: number }
  /** It may be an edit of this item; only where the reading leaves that open. */
  | { readonly state: "undecided"; readonly item: LedgerItem };

export type Decided = Exclude<Settled, { readonly state: "undecided" }>;

/** The audiences that still miss an item. */
function missing({ due, sent }: LedgerItem, claim: Claim | undefined, { audiences }: Run): readonly string[] {
  return due.filter((name) => audiences.has(name) && !sent.includes(name) && !claim?.counted.includes(name));
}

/** How often a lost race is run again before the snapshot is handed back. */
const attempts = 8;

/**
 * Claims what is new of a batch and tells what the rest is. An entry is claimed by one conditional write of its
 * strongest free fingerprint, then its weaker ones are pointed at it in their fixed order. Two renderings of an
 * entry that are claimed at the same time therefore meet at the strongest fingerprint that they share; the one
 * that comes second there gives way.
 */
export async function settle(
  candidates: readonly Candidate[],
  ledger: Ledger,
  run: Run,
  reading: Reading = { snapshot: run.snapshot, present: new Set(), edits: "taken" },
): Promise<readonly Settled[]> {
  const settled = Array.from<Settled | undefined>({ length: candidates.length });
  let open = candidates.map((_, i) => i);
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === attempts) return candidates.map((_, i) => settled[i] ?? contended(candidates[i], run));
    const batch = open.map((i) => candidates[i]).filter((candidate) => candidate !== undefined);
    const recalled = await recall(
      batch.map(({ identity }) => identity),
      ledger,
      reading,
    );
    const unfinished = recalled.flatMap(({ item }) =>
      item && missing(item, undefined, run).length > 0 ? [item.claim] : [],
    );
    const claims =
      unfinished.length > 0 ? await ledger.claims([...new Set(unfinished)]) : new Map<string, Claim>();
    const outcomes = await Promise.all(
      batch.map(async (candidate, i): Promise<Settled | undefined> => {
        const { item, perhaps, free, led } = recalled[i] ?? { free: [], led: [] };
        if (perhaps) return { state: "undecided", item: perhaps };
        return item
          ? revisit(candidate, item, led, claims.get(item.claim), ledger, run, reading)
          : claimNew(candidate, free, ledger, run, reading);
      }),
    );
    for (const [i, outcome] of outcomes.entries()) {
      const at = open[i];
      if (at !== undefined) settled[at] = outcome;
    }
    open = open.filter((i) => settled[i] === undefined);
  }
  return settled.filter((outcome) => outcome !== undefined);
}

/** Nobody wins a race for ever; whoever loses this often comes back a little later. */
function contended(candidate: Candidate | undefined, run: Run): Settled {
  const key = candidate?.identity.slots[0] ?? "";
  const item: LedgerItem = {
    key,
    links: [],
    titles: [],
    texts: [],
    snapshot: run.snapshot,
    at: candidate?.at ?? 0,
    claim: "",
    due: [],
    sent: [],
    expires: 0,
  };
  return { state: "held", item, until: run.now() + 1_000 };
}

/** `undefined`: the race was lost, look again. */
async function claimNew(
  { identity, at, due, text }: Candidate,
  free: readonly string[],
  ledger: Ledger,
  run: Run,
  reading: Reading,
): Promise<Settled | undefined> {
  const [key] = free;
  if (key === undefined) return undefined;
  const audiences = due();
  const item: LedgerItem = {
    key,
    ...(identity.id !== undefined && { id: identity.id }),
    links: identity.link === undefined ? [] : [identity.link],
    titles: identity.title === undefined ? [] : [identity.title],
    ...(identity.date !== undefined && { date: identity.date }),
    snapshot: run.snapshot,
    at,
    claim: run.claim,
    due: audiences,
    sent: [],
    texts: text ? [text()] : [],
    ...(run.resend !== undefined && { resent: run.resend }),
    expires: expiry(run),
  };
  await run.hold();
  if (!(await ledger.create(item)) && !(await isOurs(item, ledger))) return undefined;
  const weaker = pointers(identity).filter((slot) => free.includes(slot));
  if (!(await pointTo(item, identity, weaker, ledger, run, { ...reading, edits: "taken" }))) return undefined;
  return audiences.length > 0
    ? { state: "open", item, audiences, revised: false }
    : { state: "known", item, fresh: true, why: "no audience wants it" };
}

/** A write whose answer was lost is repeated, and then refused because of itself. */
async function isOurs({ key, claim, at }: LedgerItem, ledger: Ledger): Promise<boolean> {
  const found = (await ledger.read([key])).get(key);
  return found !== undefined && !isPointer(found) && found.claim === claim && found.at === at;
}

/** Points the weaker fingerprints at the item; `false` when the entry was found there under another key and the item gave way. */
async function pointTo(
  item: LedgerItem,
  identity: Identity,
  slots: readonly string[],
  ledger: Ledger,
  run: Run,
  reading: Reading,
): Promise<boolean> {
  for (const slot of slots) {
    if (slot === item.key || (await ledger.point(slot, item.key, item.expires))) continue;
    const [there] = await recall([identity], ledger, reading, () => [slot]);
    const other = there?.item;
    if (other && other.key !== item.key) {
      await ledger.giveWay(item.key, run.claim, other.key);
      return false;
    }
  }
  return true;
}

async function revisit(
  candidate: Candidate,
  item: LedgerItem,
  led: readonly Led[],
  claim: Claim | undefined,
  ledger: Ledger,
  run: Run,
  reading: Reading,
): Promise<Settled | undefined> {
  const audiences = missing(item, claim, run);
  if (audiences.length === 0) return recognise(candidate, item, led, ledger, run);
  if (item.claim === run.claim) {
    if (item.at === candidate.at) return { state: "open", item, audiences, revised: item.revised === true };
    await learn(candidate.identity, item, candidate.text?.(), ledger);
    return { state: "known", item, fresh: false, why: "it stands twice in the snapshot" };
  }
  if (claim && claim.lease > run.now()) return { state: "held", item, until: claim.lease };
  if (claim && !(await ledger.end(item.claim, claim.lease))) return undefined;
  await run.hold();
  const from = { ...item, sent: item.due.filter((audience) => !audiences.includes(audience)) };
  const taken = { ...from, claim: run.claim, snapshot: run.snapshot, at: candidate.at };
  if (!(await ledger.take(from, run.claim, run.snapshot, candidate.at)) && !(await isOurs(taken, ledger)))
    return undefined;
  // It was claimed before as an entry of its own, whatever it may look like an edit of.
  const asItself = { ...reading, edits: "refused" } as const;
  if (!(await pointTo(taken, candidate.identity, pointers(candidate.identity), ledger, run, asItself)))
    return undefined;
  return { state: "open", item: taken, audiences, revised: item.revised === true };
}
