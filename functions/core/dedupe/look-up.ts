import {
  isPointer,
  type EntryLedger,
  type LedgerItem,
  type LedgerPointer,
  type LedgerSlot,
} from "../ports.ts";
import { compare, type Identity } from "./identity.ts";

/** What the ledger holds at an entry's fingerprints. */
export interface LookUpResult {
  /** The item that is this entry. */
  readonly item?: LedgerItem;
  /** An item of which it may be an edit: the rest of the snapshot decides. */
  readonly editOf?: LedgerItem;
  /** Fingerprints without an item or pointer, strongest first; only complete where there is no item. */
  readonly free: readonly string[];
  /** The pointers from the entry's fingerprints to the item, as far as they were read. */
  readonly pointers: readonly PassedPointer[];
}

/** A pointer and the fingerprint at which it was found. */
export interface PassedPointer extends LedgerPointer {
  readonly from: string;
}

/**
 * Whether an entry that looks like an edit of a known one is taken for it, is taken for an entry of its own, or waits
 * until the whole snapshot has been read.
 */
export type EditPolicy = "match" | "ignore" | "defer";

/** One snapshot while it is read. An entry is no edit of another entry of the same snapshot. */
export interface LookUpContext {
  /** Hash of the snapshot version. */
  readonly snapshot: string;
  /** Ledger keys and fingerprints of the known entries that were found in it so far. */
  readonly present: Set<string>;
  readonly edits: EditPolicy;
}

/** Pointers in a row that are followed: one may lead to an item that was itself replaced by a pointer. */
const maxHops = 4;

/**
 * Finds each entry of a batch in the ledger. Reads one key per entry while all are known; an entry that looks new costs
 * a second read of its weaker fingerprints, and a third of the items that pointers lead to. Known entries are added to
 * `present`. Where several entries look like edits of the same one, none is: they are sent rather than lost.
 * `slotsOf` narrows the fingerprints that are read.
 */
export async function lookUp(
  identities: readonly Identity[],
  ledger: Pick<EntryLedger, "read">,
  { snapshot, present, edits }: LookUpContext,
  slotsOf: (identity: Identity) => readonly string[] = ({ slots }) => slots,
): Promise<readonly LookUpResult[]> {
  const slots = new Map<string, LedgerSlot>();
  const asked = new Set<string>();
  const fetch = async (keys: Iterable<string>) => {
    const missing = [...new Set(keys)].filter((key) => !asked.has(key));
    for (const key of missing) asked.add(key);
    if (missing.length > 0) for (const [key, slot] of await ledger.read(missing)) slots.set(key, slot);
  };
  const follow = (key: string): { readonly item?: LedgerItem; readonly passed: readonly PassedPointer[] } => {
    const passed: PassedPointer[] = [];
    let slot = slots.get(key);
    for (let from = key; slot && isPointer(slot) && passed.length < maxHops; slot = slots.get(from)) {
      passed.push({ ...slot, from });
      from = slot.to;
    }
    return { ...(slot && !isPointer(slot) && { item: slot }), passed };
  };
  const resolve = (key: string): LedgerItem | undefined => follow(key).item;
  /** The item of another rendering, where the entry's own item was replaced by a pointer to it. */
  const replacedBy = (identity: Identity): LedgerItem | undefined => {
    const last = slotsOf(identity).at(-1);
    const isLast = last !== undefined && last === identity.slots.at(-1);
    const { item, passed } = isLast ? follow(last) : { passed: [] };
    return passed.length > 0 ? item : undefined;
  };
  const isAtFirst = (identity: Identity) => {
    const [first] = slotsOf(identity);
    const item = first === undefined ? undefined : resolve(first);
    return item !== undefined && compare(identity, item) === "same";
  };

  await fetch(identities.flatMap((identity) => slotsOf(identity).slice(0, 1)));
  await fetch(identities.filter((identity) => !isAtFirst(identity)).flatMap(slotsOf));
  for (let hop = 0; hop < maxHops; hop++)
    await fetch([...slots.values()].filter(isPointer).map(({ to }) => to));

  const candidates = identities.map((identity) =>
    slotsOf(identity)
      .map(resolve)
      .filter((item) => item !== undefined),
  );
  const same = identities.map(
    (identity, i) =>
      candidates[i]?.find((item) => compare(identity, item) === "same") ?? replacedBy(identity),
  );
  for (const [i, identity] of identities.entries()) {
    const own = same[i];
    if (!own) continue;
    present.add(own.key);
    // A fingerprint that this entry shares with another item may be shared by more entries: none of them is its edit.
    for (const other of candidates[i] ?? [])
      if (other.key !== own.key && compare(identity, other) === "edited") present.add(other.key);
  }
  const edited = identities.map((identity, i) =>
    same[i] || edits === "ignore" || identity.slots.some((slot) => present.has(slot))
      ? undefined
      : candidates[i]?.find(
          (item) =>
            item.snapshot !== snapshot && !present.has(item.key) && compare(identity, item) === "edited",
        ),
  );
  const claimants = Map.groupBy(edited, (item) => item?.key);
  return identities.map((identity, i) => {
    const similar = edited[i];
    const editOf = edits === "defer" ? similar : undefined;
    const isOnlyEdit = (claimants.get(similar?.key)?.length ?? 0) <= 1;
    const item = same[i] ?? (editOf === undefined && isOnlyEdit ? similar : undefined);
    const free = slotsOf(identity).filter((slot) => !slots.has(slot));
    const pointers = slotsOf(identity)
      .map(follow)
      .flatMap((found) => (item && found.item?.key === item.key ? found.passed : []));
    return { ...(item && { item }), ...(editOf && { editOf }), free, pointers };
  });
}

/** Adds the keys to which pointers at these keys lead. */
export async function addTargets(keys: Set<string>, ledger: Pick<EntryLedger, "read">): Promise<void> {
  let unread: readonly string[] = [...keys];
  for (let hop = 0; hop < maxHops && unread.length > 0; hop++) {
    const slots = await ledger.read(unread);
    const targets = [...slots.values()].filter(isPointer).map(({ to }) => to);
    unread = [...new Set(targets)].filter((key) => !keys.has(key));
    for (const key of unread) keys.add(key);
  }
}
