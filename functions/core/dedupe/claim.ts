import { isPointer, type Claim, type ClaimLedger, type EntryLedger, type LedgerItem } from "../ports.ts";
import type { Candidate, ClaimResult, RunIdentity } from "./candidate.ts";
import { weakerSlots, type Identity } from "./identity.ts";
import { lookUp, type LookUpContext, type PassedPointer } from "./look-up.ts";
import { addVariant, expiryOf, isEarlier, recognise } from "./recognise.ts";

type Ledger = EntryLedger & ClaimLedger;

/** Lost races of one entry after which the snapshot is retried. */
const maxAttempts = 8;

/** How long a snapshot waits after too many lost races, milliseconds. */
const contentionDelay = 1_000;

/**
 * Claims the new entries of a batch and recognises the others. An entry is claimed by one conditional write of its
 * strongest free fingerprint, then its weaker fingerprints become pointers to it, in their fixed order. Two renderings
 * of an entry that are claimed at the same time therefore meet at the strongest fingerprint that they share; the
 * second one there is replaced by a pointer.
 */
export async function claimBatch(
  candidates: readonly Candidate[],
  ledger: Ledger,
  run: RunIdentity,
  context: LookUpContext,
): Promise<readonly ClaimResult[]> {
  const results = Array.from<ClaimResult | undefined>({ length: candidates.length });
  let open = candidates.map((_, i) => i);
  for (let attempt = 0; open.length > 0 && attempt < maxAttempts; attempt++) {
    const batch = open.map((i) => candidates[i]).filter((candidate) => candidate !== undefined);
    const found = await lookUp(
      batch.map(({ identity }) => identity),
      ledger,
      context,
    );
    const others = found.flatMap(({ item }) => (item && item.claim !== run.claim() ? [item.claim] : []));
    const claims = others.length > 0 ? await ledger.claims([...new Set(others)]) : new Map<string, Claim>();
    const end = endOnce(ledger);
    const outcomes = await Promise.all(
      batch.map(async (candidate, i): Promise<ClaimResult | undefined> => {
        const { item, editOf, free, pointers } = found[i] ?? { free: [], pointers: [] };
        if (editOf) return { state: "undecided", key: editOf.key };
        return item
          ? revisit({ candidate, item, pointers, claim: claims.get(item.claim), end }, ledger, run, context)
          : claimNew(candidate, free, { ledger, run, context });
      }),
    );
    for (const [i, outcome] of outcomes.entries()) {
      const at = open[i];
      if (at !== undefined) results[at] = outcome;
    }
    open = open.filter((i) => results[i] === undefined);
  }
  return candidates.map(
    ({ identity }, i) =>
      results[i] ?? { state: "held", key: identity.slots[0], until: run.now() + contentionDelay },
  );
}

/** Ends a claim by one write, however many entries of the batch are under it: a failed conditional write costs as much. */
function endOnce(ledger: ClaimLedger): ClaimLedger["endClaim"] {
  const ended = new Map<string, Promise<boolean>>();
  return (id, lease) => {
    const ending = ended.get(id) ?? ledger.endClaim(id, lease);
    ended.set(id, ending);
    return ending;
  };
}

interface ClaimContext {
  readonly ledger: Ledger;
  readonly run: RunIdentity;
  readonly context: LookUpContext;
}

/** `undefined`: another run was first, look again. */
async function claimNew(
  { identity, at, due, text }: Candidate,
  free: readonly string[],
  { ledger, run, context }: ClaimContext,
): Promise<ClaimResult | undefined> {
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
    claim: await run.acquireClaim(),
    texts: text ? [text()] : [],
    ...(text && run.order && { source: run.order }),
    ...(run.resend !== undefined && { resent: run.resend }),
    expires: expiryOf(run),
  };
  if (!(await ledger.create(item)) && !(await isOurs(item, ledger))) return undefined;
  const weaker = weakerSlots(identity).filter((slot) => free.includes(slot));
  const isKept = await pointTo(item, identity, weaker, {
    ledger,
    run,
    context: { ...context, edits: "match" },
  });
  return isKept ? { state: "claimed", key, audiences, revised: false, expires: item.expires } : undefined;
}

/** A conditional write whose answer was lost is repeated by the client and then fails because of itself. */
async function isOurs({ key, claim, at }: LedgerItem, ledger: EntryLedger): Promise<boolean> {
  const found = (await ledger.read([key])).get(key);
  return found !== undefined && !isPointer(found) && found.claim === claim && found.at === at;
}

/** Points weaker fingerprints at the item; `false` when the entry was found under another key, to which the item now points. */
async function pointTo(
  item: LedgerItem,
  identity: Identity,
  slots: readonly string[],
  { ledger, context }: ClaimContext,
): Promise<boolean> {
  for (const slot of slots) {
    if (slot === item.key || (await ledger.putPointer(slot, item.key, item.expires))) continue;
    const [there] = await lookUp([identity], ledger, context, () => [slot]);
    const other = there?.item;
    if (other && other.key !== item.key) {
      await ledger.replaceByPointer(item.key, item.claim, other.key);
      return false;
    }
  }
  return true;
}

interface Found {
  readonly candidate: Candidate;
  readonly item: LedgerItem;
  readonly pointers: readonly PassedPointer[];
  /** The item's claim, where it is another run's; a claim that is absent counts as finished. */
  readonly claim: Claim | undefined;
  readonly end: ClaimLedger["endClaim"];
}

async function revisit(
  found: Found,
  ledger: Ledger,
  run: RunIdentity,
  context: LookUpContext,
): Promise<ClaimResult | undefined> {
  const { candidate, item, claim, end } = found;
  if (item.claim === run.claim()) {
    if (item.at === candidate.at) return claimedItem(candidate, item);
    await addVariant(candidate.identity, item, candidate.text?.(), ledger);
    return {
      state: "known",
      key: item.key,
      done: true,
      expires: item.expires,
      why: "it appears twice in the snapshot",
    };
  }
  if (claim === undefined || claim.state === "finished" || claim.state === "sealed")
    return recognise(found, claim?.state !== "sealed", ledger, run);
  // Taken over, an update would be sent with the text of the earlier version, and never with its own.
  if (item.revised && run.resend === undefined && isEarlier(run, item)) {
    const why = "a later version of its snapshot has another text";
    return { state: "known", key: item.key, done: false, expires: item.expires, why };
  }
  if (claim.state === "open") {
    if (claim.lease > run.now()) return { state: "held", key: item.key, until: claim.lease };
    if (!(await end(item.claim, claim.lease))) return undefined;
  }
  return takeOver(found, { ledger, run, context });
}

/** Claims an entry whose claim was ended before it was sealed. */
async function takeOver(
  { candidate, item }: Found,
  { ledger, run, context }: ClaimContext,
): Promise<ClaimResult | undefined> {
  const text = candidate.text?.();
  const taken: LedgerItem = {
    ...item,
    claim: await run.acquireClaim(),
    snapshot: run.snapshot,
    at: candidate.at,
    ...(text !== undefined && !item.texts.includes(text) && { texts: [...item.texts, text] }),
    ...(run.resend !== undefined && { resent: run.resend }),
  };
  if (!(await ledger.takeOver(item, taken)) && !(await isOurs(taken, ledger))) return undefined;
  // It was claimed before as an entry of its own, so it is no edit of another one.
  const asItself = { ledger, run, context: { ...context, edits: "ignore" } } as const;
  if (!(await pointTo(taken, candidate.identity, weakerSlots(candidate.identity), asItself)))
    return undefined;
  return claimedItem(candidate, item);
}

const claimedItem = (candidate: Candidate, { key, revised, expires }: LedgerItem): ClaimResult => ({
  state: "claimed",
  key,
  audiences: candidate.due(),
  revised: revised === true,
  expires,
});
