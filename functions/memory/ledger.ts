import {
  isPointer,
  type Attempts,
  type Claim,
  type ClaimHolder,
  type ClaimLedger,
  type Clock,
  type DeliverLedger,
  type FeedHead,
  type FeedList,
  type IngestLedger,
  type LedgerItem,
  type LedgerSlot,
  type WatchLedger,
} from "../core/ports.ts";
import { nothingSent, type DayCounts } from "../core/delivery/daily-limit.ts";
import type { AudienceLedger, WaitingLedger, WaitingWriter } from "../core/waiting.ts";
import { memoryWaiting } from "./waiting.ts";

export type Ledger = IngestLedger &
  DeliverLedger &
  ClaimLedger &
  WatchLedger &
  WaitingWriter &
  WaitingLedger &
  AudienceLedger &
  FeedList;

interface HeldClaim {
  readonly claim: Claim;
  readonly owner: string;
  /** Epoch seconds. */
  readonly expires: number;
}

interface AttemptItem extends Partial<Pick<Attempts, "ownFailures" | "lastOwnFailure">> {
  /** Starts without a recorded end. */
  readonly open?: readonly string[];
  readonly last?: string;
}

const known = ({ open = [], last = "", ownFailures, lastOwnFailure }: AttemptItem = {}): Attempts => ({
  deaths: open.length,
  lastDied: open.includes(last),
  ownFailures: ownFailures ?? 0,
  lastOwnFailure: lastOwnFailure ?? 0,
});

/** How long a claim is kept, seconds: it outlives its entries and the sent marks of its messages. */
const claimSeconds = 90 * 86_400;

/**
 * The ledger in memory, under the same contract as the table: for `preview`, which must leave no trace, and for
 * simulations of weeks and years.
 */
export function memoryLedger(clock: Pick<Clock, "now">): Ledger & {
  readonly size: () => number;
  readonly pause: (audience: string, isPaused: boolean) => void;
  readonly waits: () => number;
} {
  const slots = new Map<string, LedgerSlot>();
  const claims = new Map<string, HeldClaim>();
  const heads = new Map<string, FeedHead>();
  const memories = new Map<string, Uint8Array>();
  const attempts = new Map<string, AttemptItem>();
  const sent = new Set<string>();
  /** When each audience was paused. */
  const paused = new Map<string, number>();
  const waiting = memoryWaiting(clock);
  const quarantined = new Map<string, Set<string>>();
  const delivered = new Map<string, DayCounts>();
  let cursor: string | undefined;
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
  const including = (values: readonly string[], value: string | undefined) =>
    value === undefined || values.includes(value) ? values : [...values, value];
  const liveClaim = (id: string): HeldClaim | undefined => {
    const held = claims.get(id);
    return held && held.expires > seconds() ? held : undefined;
  };
  const putClaim = (id: string, owner: string, claim: Claim) =>
    claims.set(id, { claim, owner, expires: seconds() + claimSeconds });
  /** Changes an open claim of this owner; whether there is one. */
  const changeOwn = (id: string, owner: string, changes: Partial<Claim>, newOwner = owner): boolean => {
    const held = liveClaim(id);
    if (held?.claim.state !== "open" || held.owner !== owner) return false;
    putClaim(id, newOwner, { ...held.claim, ...changes });
    return true;
  };

  return {
    ...waiting,
    readAudience: async (audience) => {
      const since = paused.get(audience);
      return {
        ...(await waiting.readAudience(audience)),
        ...(since !== undefined && { pausedSince: since }),
      };
    },
    size: () => [...slots.keys()].filter((key) => live(key)).length,
    pause: (audience, isPaused) => {
      if (!isPaused) paused.delete(audience);
      else if (!paused.has(audience)) paused.set(audience, clock.now());
    },

    read: async (keys) =>
      new Map(
        keys.flatMap((key) => {
          const slot = live(key);
          return slot ? [[key, slot] as const] : [];
        }),
      ),
    create: async (created) => {
      if (live(created.key)) return false;
      slots.set(created.key, created);
      return true;
    },
    putPointer: async (slot, to, expires) => {
      const found = live(slot);
      if (found && !(isPointer(found) && found.to === to)) return false;
      slots.set(slot, { to, expires });
      return true;
    },
    replaceByPointer: async (key, claim, to) => {
      const found = item(key);
      if (!found || found.claim !== claim) return false;
      slots.set(key, { to, expires: found.expires });
      return true;
    },
    takeOver: async (from, to) => {
      if (item(from.key)?.claim !== from.claim) return false;
      slots.set(from.key, to);
      return true;
    },
    addVariant: async (key, seen) => {
      const found = item(key);
      if (!found) return;
      slots.set(key, {
        ...found,
        ...(found.id === undefined && seen.id !== undefined && { id: seen.id }),
        texts: including(found.texts, seen.text),
        titles: including(found.titles, seen.title),
        links: including(found.links, seen.link),
      });
    },
    renew: async ({ key, claim }, expires) => {
      const found = item(key);
      if (found?.claim === claim) slots.set(key, { ...found, expires });
    },

    claims: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const held = liveClaim(id);
          return held ? [[id, held.claim] as const] : [];
        }),
      ),
    acquireClaim: async (id, { owner, round, lease }: ClaimHolder) => {
      const held = liveClaim(id);
      if (!held && round !== 0) return false;
      if (held) {
        const { state, round: current, lease: until } = held.claim;
        const isInRound = current === round || current === round - 1;
        const isFree = held.owner === owner || held.owner === nobody || until <= clock.now();
        if (state !== "open" || !isInRound || !isFree) return false;
      }
      putClaim(id, owner, { state: "open", round, lease });
      return true;
    },
    handOnClaim: async (id, { owner, round, lease }) => changeOwn(id, owner, { round, lease }, nobody),
    releaseClaim: async (id, owner) => {
      changeOwn(id, owner, { lease: 0 });
    },
    endClaim: async (id, lease) => {
      const held = liveClaim(id);
      if (held?.claim.state !== "open" || held.claim.lease !== lease || lease > clock.now()) return false;
      putClaim(id, held.owner, { ...held.claim, state: "ended" });
      return true;
    },
    sealClaim: async (id, owner, plan) => changeOwn(id, owner, { state: "sealed", plan }),
    finishClaim: async (id, owner) => {
      const held = liveClaim(id);
      const isSealed = held?.claim.state === "sealed" || held?.claim.state === "finished";
      if (!held || !isSealed) return changeOwn(id, owner, { state: "finished" });
      putClaim(id, held.owner, { ...held.claim, state: "finished" });
      return true;
    },

    readHead: async (place) => heads.get(place),
    writeHead: async (place, head) => {
      heads.set(place, head);
    },
    writeRhythm: async (place, rhythm) => {
      const head = heads.get(place);
      if (head) heads.set(place, { ...head, rhythm });
    },
    knownFeeds: async () =>
      [...heads].flatMap(([place, { key, rhythm }]) => (rhythm ? [{ place, key, rhythm }] : [])),
    readMemory: async (feed) => memories.get(feed),
    writeMemory: async (feed, memory) => {
      memories.set(feed, memory);
    },

    recordStart: async (id, start) => {
      const { open = [], last, ...failures } = attempts.get(id) ?? {};
      const before = open.filter((one) => one !== start);
      attempts.set(id, { ...failures, open: [...before, start], last: start });
      return known({ ...failures, open: before, ...(last !== undefined && { last }) });
    },
    recordFailure: async (id, { start, ownFailures }) => {
      const { open = [], ...before } = attempts.get(id) ?? {};
      attempts.set(id, {
        ...before,
        open: open.filter((one) => one !== start),
        ...(ownFailures !== undefined && { ownFailures, lastOwnFailure: clock.now() }),
      });
    },
    readDelivery: async ({ ids, audiences, attemptsOf, counted }) => ({
      sent: new Set(ids.filter((id) => sent.has(id))),
      paused: new Set(audiences.filter((name) => paused.has(name))),
      attempts: new Map(attemptsOf.map((id) => [id, known(attempts.get(id))])),
      counts: new Map(
        (counted?.audiences ?? []).flatMap((name) => {
          const counts = delivered.get(`${name} ${counted?.day}`);
          return counts ? [[name, counts] as const] : [];
        }),
      ),
    }),
    countDelivered: async (audience, day, { messages, parts }) => {
      const before = delivered.get(`${audience} ${day}`) ?? nothingSent;
      delivered.set(`${audience} ${day}`, {
        messages: before.messages + messages,
        parts: before.parts + parts,
      });
    },
    markSent: async (id) => {
      sent.add(id);
    },
    admitToQuarantine: async (audience, id, limit) => {
      const hour = `${audience} ${Math.floor(clock.now() / 3_600_000)}`;
      const ids = quarantined.get(hour) ?? new Set<string>();
      if (!ids.has(id) && ids.size >= limit) return false;
      quarantined.set(hour, ids.add(id));
      return true;
    },

    readCursor: async () => cursor,
    writeCursor: async (name) => {
      cursor = name;
    },
  };
}

/** Owner of a claim that was handed on and not yet taken up. */
const nobody = "";
