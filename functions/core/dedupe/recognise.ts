import type { Ledger, LedgerItem } from "../ports.ts";
import type { Candidate, Run, Settled } from "./claim.ts";
import type { Identity } from "./identity.ts";
import type { Led } from "./look-up.ts";

/** How many titles, links and texts of one entry are remembered. */
const variants = 8;

/** All fingerprints but the last, which never leads anywhere else. */
export const pointers = ({ slots }: Identity): readonly string[] => slots.slice(0, -1);

/** When the ledger forgets what this run writes, epoch seconds. */
export const expiry = (run: Run): number => Math.floor(run.now() / 1000) + run.memory;

/** An entry that all its audiences have: kept in memory while its feed shows it, and due again only if its feed says so. */
export async function recognise(
  { identity, at, due, text }: Candidate,
  found: LedgerItem,
  led: readonly Led[],
  ledger: Ledger,
  run: Run,
): Promise<Settled | undefined> {
  let item = found;
  const isOld = ({ expires }: { readonly expires: number }) => expires - run.now() / 1000 < run.memory / 2;
  // Another rendering may have renewed the item, and never comes by these pointers.
  for (const { from, to } of led.filter(isOld)) await ledger.point(from, to, expiry(run));
  if (isOld(item)) {
    item = { ...found, expires: expiry(run) };
    await ledger.renew(item, item.due, item.expires);
    for (const slot of pointers(identity))
      if (slot !== item.key) await ledger.point(slot, item.key, item.expires);
  }
  const now = text?.();
  // A text that was sent before is none that is new: two renderings may differ, and an old snapshot be replayed.
  const isRevised = now !== undefined && item.texts.length > 0 && !item.texts.includes(now);
  const isAskedFor = run.resend !== undefined && item.resent !== run.resend;
  if (isRevised || isAskedFor) {
    await run.hold();
    const audiences = due();
    const { revised: _, ...plain } = item;
    const reopened: LedgerItem = {
      ...plain,
      snapshot: run.snapshot,
      at,
      claim: run.claim,
      due: audiences,
      sent: [],
      ...(isRevised && { texts: [...item.texts, now].slice(-variants) }),
      ...(isRevised && { revised: true }),
      ...(run.resend !== undefined && { resent: run.resend }),
    };
    if (!(await ledger.reopen(item, reopened))) return undefined;
    if (audiences.length > 0) return { state: "open", item: reopened, audiences, revised: isRevised };
  }
  await learn(identity, item, now, ledger);
  return { state: "known", item, fresh: false, why: "it was sent before" };
}

/** Remembers under which other title, link or id the entry is shown, so that the next edit is recognised too. */
export async function learn(
  identity: Identity,
  item: LedgerItem,
  text: string | undefined,
  ledger: Ledger,
): Promise<void> {
  const isNew = (value: string | undefined, known: readonly string[]) =>
    value !== undefined && known.length < variants && !known.includes(value);
  const seen = {
    ...(identity.id !== undefined && item.id === undefined && { id: identity.id }),
    ...(isNew(identity.title, item.titles) && { title: identity.title }),
    ...(isNew(identity.link, item.links) && { link: identity.link }),
    ...(text !== undefined && isNew(text, item.texts) && { text }),
  };
  if (Object.keys(seen).length === 0) return;
  await ledger.learn(item.key, seen);
  for (const slot of pointers(identity))
    if (slot !== item.key) await ledger.point(slot, item.key, item.expires);
}
