import { isPointer, type Ledger, type LedgerItem, type LedgerSlot } from "../ports.ts";
import { compare, type Identity } from "./identity.ts";

/** What the ledger holds at an entry's fingerprints. */
export interface Recalled {
  /** The item that is this entry. */
  readonly item?: LedgerItem;
  /** Fingerprints at which nothing stands, strongest first; only complete where there is no item. */
  readonly free: readonly string[];
}

/** A pointer may lead to an item that gave way to a third rendering, hardly ever further. */
const hops = 4;

/**
 * Finds each entry of a batch in the ledger. One read of a key per entry while all are known; entries that look
 * new cost a second read of their weaker fingerprints, and a third of what pointers lead to.
 *
 * `snapshot` is the hash of the version that the entries stand in: an entry that was first seen in this very
 * version, or that stands in this batch itself, can't have been edited into another one of it. `slotsOf` narrows
 * the fingerprints that are looked at.
 */
export async function recall(
  identities: readonly Identity[],
  ledger: Pick<Ledger, "read">,
  snapshot: string,
  slotsOf: (identity: Identity) => readonly string[] = ({ slots }) => slots,
): Promise<readonly Recalled[]> {
  const slots = new Map<string, LedgerSlot>();
  const asked = new Set<string>();
  const fetch = async (keys: Iterable<string>) => {
    const missing = [...new Set(keys)].filter((key) => !asked.has(key));
    for (const key of missing) asked.add(key);
    if (missing.length > 0) for (const [key, slot] of await ledger.read(missing)) slots.set(key, slot);
  };
  const resolve = (key: string): LedgerItem | undefined => {
    let slot = slots.get(key);
    for (let hop = 0; slot && isPointer(slot) && hop < hops; hop++) slot = slots.get(slot.to);
    return slot && !isPointer(slot) ? slot : undefined;
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
  const same = identities.map((identity, i) =>
    candidates[i]?.find((item) => compare(identity, item) === "same"),
  );
  const present = new Set(same.map((item) => item?.key));
  return identities.map((identity, i) => {
    const item =
      same[i] ??
      candidates[i]?.find(
        (item) =>
          item.snapshot !== snapshot && !present.has(item.key) && compare(identity, item) === "edited",
      );
    return { ...(item && { item }), free: slotsOf(identity).filter((slot) => !slots.has(slot)) };
  });
}
