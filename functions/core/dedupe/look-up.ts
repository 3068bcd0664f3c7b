import { isPointer, type Ledger, type LedgerItem, type LedgerPointer, type LedgerSlot } from "../ports.ts";
import { compare, type Identity } from "./identity.ts";

/** What the ledger holds at an entry's fingerprints. */
export interface Recalled {
  /** The item that is this entry. */
  readonly item?: LedgerItem;
  /** An item of which it may be an edit: the rest of the snapshot will tell. */
  readonly perhaps?: LedgerItem;
  /** Fingerprints at which nothing stands, strongest first; only complete where there is no item. */
  readonly free: readonly string[];
  /** The pointers that led to the item, as far as they were read. */
  readonly led: readonly Led[];
}

/** A fingerprint that leads to another. */
export interface Led extends LedgerPointer {
  readonly from: string;
}

/** One snapshot while it is read; an entry of it is no edit of what stands in it as well. */
export interface Reading {
  /** Hash of the snapshot version. */
  readonly snapshot: string;
  /** Keys of the known entries that were found in it so far. */
  readonly present: Set<string>;
  /** What becomes of an entry that looks like an edit: it is one, it is none, or that is left open. */
  readonly edits: "taken" | "refused" | "open";
}

/** A pointer may lead to an item that gave way to a third rendering, hardly ever further. */
const hops = 4;

/**
 * Finds each entry of a batch in the ledger. One read of a key per entry while all are known; entries that look
 * new cost a second read of their weaker fingerprints, and a third of what pointers lead to. What is found is added
 * to those that are present in the snapshot. Where several entries look like edits of the same one, none is: they
 * are sent rather than lost. `slotsOf` narrows the fingerprints that are looked at.
 */
export async function recall(
  identities: readonly Identity[],
  ledger: Pick<Ledger, "read">,
  { snapshot, present, edits }: Reading,
  slotsOf: (identity: Identity) => readonly string[] = ({ slots }) => slots,
): Promise<readonly Recalled[]> {
  const slots = new Map<string, LedgerSlot>();
  const asked = new Set<string>();
  const fetch = async (keys: Iterable<string>) => {
    const missing = [...new Set(keys)].filter((key) => !asked.has(key));
    for (const key of missing) asked.add(key);
    if (missing.length > 0) for (const [key, slot] of await ledger.read(missing)) slots.set(key, slot);
  };
  const follow = (key: string): { readonly item?: LedgerItem; readonly led: readonly Led[] } => {
    const led: Led[] = [];
    let slot = slots.get(key);
    for (let from = key; slot && isPointer(slot) && led.length < hops; slot = slots.get(from)) {
      led.push({ ...slot, from });
      from = slot.to;
    }
    return { ...(slot && !isPointer(slot) && { item: slot }), led };
  };
  const resolve = (key: string): LedgerItem | undefined => follow(key).item;
  /** An entry whose last fingerprint leads elsewhere gave way to another rendering of it. */
  const gaveWayTo = (identity: Identity): LedgerItem | undefined => {
    const last = slotsOf(identity).at(-1);
    const { item, led } = last === identity.slots.at(-1) && last !== undefined ? follow(last) : { led: [] };
    return led.length > 0 ? item : undefined;
  };
  const isAtFirst = (identity: Identity) => {
    const [first] = slotsOf(identity);
    const item = first === undefined ? undefined : resolve(first);
    return item !== undefined && compare(identity, item) === "same";
  };

  await fetch(identities.flatMap((identity) => slotsOf(identity).slice(0, 1)));
  await fetch(identities.filter((identity) => !isAtFirst(identity)).flatMap(slotsOf));
  for (let hop = 0; hop < hops; hop++) await fetch([...slots.values()].filter(isPointer).map(({ to }) => to));

  const candidates = identities.map((identity) =>
    slotsOf(identity)
      .map(resolve)
      .filter((item) => item !== undefined),
  );
  const same = identities.map(
    (identity, i) => candidates[i]?.find((item) => compare(identity, item) === "same") ?? gaveWayTo(identity),
  );
  for (const [i, identity] of identities.entries()) {
    const own = same[i];
    if (!own) continue;
    present.add(own.key);
    // What shares a fingerprint with an entry that has its own item may be shared by others: it is nobody's edit.
    for (const other of candidates[i] ?? [])
      if (other.key !== own.key && compare(identity, other) === "edited") present.add(other.key);
  }
  const edited = identities.map((identity, i) =>
    same[i] || edits === "refused"
      ? undefined
      : candidates[i]?.find(
          (item) =>
            item.snapshot !== snapshot && !present.has(item.key) && compare(identity, item) === "edited",
        ),
  );
  const claimants = Map.groupBy(edited, (item) => item?.key);
  return identities.map((identity, i) => {
    const like = edited[i];
    const perhaps = edits === "open" ? like : undefined;
    const item = same[i] ?? (perhaps || (claimants.get(like?.key)?.length ?? 0) > 1 ? undefined : like);
    const free = slotsOf(identity).filter((slot) => !slots.has(slot));
    const led = slotsOf(identity)
      .map(follow)
      .flatMap((found) => (item && found.item?.key === item.key ? found.led : []));
    return { ...(item && { item }), ...(perhaps && { perhaps }), free, led };
  });
}
