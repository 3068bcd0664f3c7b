import {
  isPointer,
  type Claim,
  type Clock,
  type FeedState,
  type Ledger,
  type LedgerItem,
  type LedgerSlot,
} from "../core/ports.ts";

/**
 * The ledger in memory, under the same contract as the table: for `preview`, which must leave no trace, and for
 * simulations of weeks and years.
 */
export function memoryLedger(clock: Pick<Clock, "now">): Ledger & { readonly size: () => number } {
  const slots = new Map<string, LedgerSlot>();
  const claims = new Map<string, Claim & { readonly owner: string; readonly ended: boolean }>();
  const feeds = new Map<string, FeedState & { readonly expires: number }>();
  const paces = new Map<string, readonly number[]>();
  const seconds = () => clock.now() / 1000;
  const live = (key: string): LedgerSlot | undefined => {
    const slot = slots.get(key);
    if (slot && slot.expires > seconds()) return slot;
    slots.delete(key);
    return undefined;
  };
  const item = (key: string): LedgerItem | undefined => {
    const slot = live(key);
    return slot && !isPointer(slot) ? slot : undefined;
  };
  const update = (key: string, change: (item: LedgerItem) => LedgerItem) => {
    const found = item(key);
    if (found) slots.set(key, change(found));
  };
  const including = (values: readonly string[], value: string | undefined) =>
    value === undefined || values.includes(value) ? values : [...values, value];

  return {
    size: () => [...slots.keys()].filter((key) => live(key)).length,
    read: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const slot = live(key);
          return slot ? [[key, slot] as const] : [];
        }),
      ),
    claims: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const claim = claims.get(id);
          return claim ? [[id, claim] as const] : [];
        }),
      ),
    hold: async (id, round, owner, lease) => {
      const found = claims.get(id);
      const isNext = found ? !found.ended && found.round === round - 1 : round === 0 || id === owner;
      if (!isNext && !(found && !found.ended && found.round === round && found.owner === owner)) return false;
      claims.set(id, { lease, round, owner, counted: found?.counted ?? [], ended: false });
      return true;
    },
    end: async (id, lease) => {
      const found = claims.get(id);
      if (!found || found.lease !== lease || lease > clock.now()) return false;
      claims.set(id, { ...found, ended: true });
      return true;
    },
    release: async (id, owner) => {
      const found = claims.get(id);
      if (found?.owner === owner) claims.set(id, { ...found, lease: 0 });
    },
    create: async (created) => {
      if (live(created.key)) return false;
      slots.set(created.key, created);
      return true;
    },
    point: async (slot, to, expires) => {
      const found = live(slot);
      if (found && !(isPointer(found) && found.to === to)) return false;
      slots.set(slot, { to, expires });
      return true;
    },
    giveWay: async (key, claim, to) => {
      const found = item(key);
      if (!found || found.claim !== claim) return false;
      slots.set(key, { to, expires: found.expires });
      return true;
    },
    take: async (from, claim, snapshot, at) => {
      const found = item(from.key);
      if (!found || found.claim !== from.claim) return false;
      if (found.sent.some((audience) => found.due.includes(audience) && !from.sent.includes(audience)))
        return false;
      slots.set(from.key, {
        ...found,
        claim,
        snapshot,
        at,
        sent: [...new Set([...found.sent, ...from.sent])],
      });
      return true;
    },
    reopen: async (from, to) => {
      const found = item(from.key);
      if (!found || found.claim !== from.claim) return false;
      slots.set(from.key, to);
      return true;
    },
    learn: async (key, seen) =>
      update(key, (found) => ({
        ...found,
        ...(found.id === undefined && seen.id !== undefined && { id: seen.id }),
        texts: including(found.texts, seen.text),
        titles: including(found.titles, seen.title),
        links: including(found.links, seen.link),
      })),
    renew: async ({ key, claim }, sent, expires) =>
      update(key, (found) => (found.claim === claim ? { ...found, sent, expires } : found)),
    sent: async (keys, audience) => {
      for (const key of keys) update(key, (found) => ({ ...found, sent: including(found.sent, audience) }));
    },
    counted: async (id, audience) => {
      const found = claims.get(id);
      if (found) claims.set(id, { ...found, counted: including(found.counted, audience) });
    },
    feed: async (slug) => {
      const state = feeds.get(slug);
      return state && state.expires > seconds() ? state : undefined;
    },
    rememberFeed: async (slug, state, expires) => {
      feeds.set(slug, { ...state, expires });
    },
    pace: async (audience) => paces.get(audience) ?? [],
    setPace: async (audience, from, to) => {
      const found = paces.get(audience) ?? [];
      if (found.length !== from.length || found.some((time, i) => time !== from[i])) return false;
      paces.set(audience, to);
      return true;
    },
  };
}
