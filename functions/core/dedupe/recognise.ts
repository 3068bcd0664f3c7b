import type { EntryLedger, LedgerItem } from "../ports.ts";
import type { Candidate, ClaimResult, RunIdentity } from "./candidate.ts";
import { weakerSlots, type Identity } from "./identity.ts";
import type { PassedPointer } from "./look-up.ts";

/**
 * Share of its time that an item may have left without being renewed. Where the feed's memory or an unchanged snapshot
 * spares the look-up, about half is left in the end, so that a feed may also be silent for a while.
 */
export const renewBelow = 5 / 8;

/** Titles, links and texts of one entry that are kept. */
const maxVariants = 8;

/** When the ledger forgets what this run writes, epoch seconds. */
export const expiryOf = (run: Pick<RunIdentity, "now" | "ttl">): number =>
  Math.floor(run.now() / 1000) + run.ttl;

/**
 * An entry that was decided before: its item is renewed once three eighths of its time are over, and it is claimed again only
 * where its feed follows updates and its text is new, or where a request asks for it.
 */
export async function recognise(
  found: {
    readonly candidate: Candidate;
    readonly item: LedgerItem;
    readonly pointers: readonly PassedPointer[];
  },
  done: boolean,
  ledger: EntryLedger,
  run: RunIdentity,
): Promise<ClaimResult | undefined> {
  const { candidate, pointers } = found;
  const item = await renew(candidate.identity, found.item, pointers, { ledger, run });
  const text = candidate.text?.();
  const isNewText = text !== undefined && item.texts.length > 0 && !item.texts.includes(text);
  const isRevised = isNewText && !isEarlier(run, item);
  const isAskedFor = run.resend !== undefined && item.resent !== run.resend;
  if (isRevised || isAskedFor) {
    const audiences = candidate.due();
    const { revised: _, ...plain } = item;
    const reopened: LedgerItem = {
      ...plain,
      snapshot: run.snapshot,
      at: candidate.at,
      claim: await run.acquireClaim(),
      ...(isRevised && { texts: [...item.texts, text].slice(-maxVariants), revised: true }),
      ...(isRevised && run.order && { source: run.order }),
      ...(run.resend !== undefined && { resent: run.resend }),
    };
    if (!(await ledger.takeOver(item, reopened))) return undefined;
    return { state: "claimed", key: item.key, audiences, revised: isRevised, expires: item.expires };
  }
  await addVariant(candidate.identity, item, text, ledger);
  return { state: "known", key: item.key, done, expires: item.expires, why: "it was sent before" };
}

/** Whether the run's snapshot is an earlier version of the object that last changed the entry. */
export function isEarlier({ order }: Pick<RunIdentity, "order">, { source }: LedgerItem): boolean {
  if (order === undefined || source === undefined || order.key !== source.key) return false;
  // Sequencers are compared as strings, padded on the right with zeros (Amazon S3 User Guide, 'Event message structure').
  const length = Math.max(order.sequencer.length, source.sequencer.length);
  return order.sequencer.padEnd(length, "0") < source.sequencer.padEnd(length, "0");
}

async function renew(
  identity: Identity,
  item: LedgerItem,
  pointers: readonly PassedPointer[],
  { ledger, run }: { readonly ledger: EntryLedger; readonly run: RunIdentity },
): Promise<LedgerItem> {
  const isOld = ({ expires }: { readonly expires: number }) =>
    expires - run.now() / 1000 < run.ttl * renewBelow;
  // Another rendering may have renewed the item without passing these pointers.
  for (const { from, to } of pointers.filter(isOld)) await ledger.putPointer(from, to, expiryOf(run));
  if (!isOld(item)) return item;
  const expires = expiryOf(run);
  await ledger.renew(item, expires);
  for (const slot of weakerSlots(identity))
    if (slot !== item.key) await ledger.putPointer(slot, item.key, expires);
  return { ...item, expires };
}

/** Keeps the title, link or id under which the entry is shown now, so that the next edit is recognised too. */
export async function addVariant(
  identity: Identity,
  item: LedgerItem,
  text: string | undefined,
  ledger: EntryLedger,
): Promise<void> {
  const isNew = (value: string | undefined, known: readonly string[]) =>
    value !== undefined && known.length < maxVariants && !known.includes(value);
  const seen = {
    ...(identity.id !== undefined && item.id === undefined && { id: identity.id }),
    ...(isNew(identity.title, item.titles) && { title: identity.title }),
    ...(isNew(identity.link, item.links) && { link: identity.link }),
    ...(text !== undefined && isNew(text, item.texts) && { text }),
  };
  if (Object.keys(seen).length === 0) return;
  await ledger.addVariant(item.key, seen);
  for (const slot of weakerSlots(identity))
    if (slot !== item.key) await ledger.putPointer(slot, item.key, item.expires);
}
