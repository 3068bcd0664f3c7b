import type { Clock } from "../core/ports.ts";
import type {
  AudienceHead,
  AudienceLedger,
  WaitingClaim,
  WaitingContent,
  WaitingLedger,
  WaitingWriter,
} from "../core/waiting.ts";

/** How long a claim stays marked as covered, milliseconds. */
const coveredMilliseconds = 60 * 86_400_000;

interface WaitingAudience {
  readonly claims: Map<string, WaitingClaim>;
  readonly contents: Map<string, string>;
  /** Until when each covered claim is marked, epoch milliseconds. */
  readonly covered: Map<string, number>;
  /** Messages by hour. */
  readonly hours: Map<number, number>;
  /** Names of plans by slot. */
  readonly plans: Map<number, string>;
  head: AudienceHead & { readonly openSlot?: number };
}

/** What waits for schedules, in memory, under the same contract as the table. Like the table it keeps what JSON can carry. */
export function memoryWaiting(
  clock: Pick<Clock, "now">,
): WaitingWriter & WaitingLedger & AudienceLedger & { readonly waits: () => number } {
  const audiences = new Map<string, WaitingAudience>();
  const named = (name: string): WaitingAudience => {
    const known = audiences.get(name);
    if (known) return known;
    const made = {
      claims: new Map(),
      contents: new Map(),
      covered: new Map(),
      hours: new Map(),
      plans: new Map(),
      head: {},
    };
    audiences.set(name, made);
    return made;
  };
  const isUntouched = ({ head }: WaitingAudience, after: number | undefined) =>
    head.openPlan === undefined && head.slot === after;

  return {
    waits: () => [...audiences.values()].reduce((sum, { claims }) => sum + claims.size, 0),

    putWaiting: async (claim, at, shares) => {
      for (const { audience, entries, rest } of shares) {
        const { claims, contents } = named(audience);
        contents.set(claim, JSON.stringify({ entries, rest }));
        claims.set(claim, { claim, at, entries: entries.length + (rest?.count ?? 0) });
      }
    },
    countMessages: async (audience, at, messages) => {
      const { hours } = named(audience);
      const hour = Math.floor(at / 3_600_000);
      const before = hours.get(hour) ?? 0;
      hours.set(hour, before + messages);
      return before;
    },

    waitingAudiences: async () =>
      [...audiences].filter(([, { contents }]) => contents.size > 0).map(([name]) => name),
    waitingClaims: async (audience) => [...named(audience).claims.values()],
    coveredClaims: async (audience, claims) => {
      const { covered } = named(audience);
      return new Set(claims.filter((claim) => (covered.get(claim) ?? 0) > clock.now()));
    },
    readWaiting: async (audience, claim) => {
      const { entries = [], rest } = JSON.parse(
        named(audience).contents.get(claim) ?? "{}",
      ) as Partial<WaitingContent>;
      return { entries: entries.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)), ...(rest && { rest }) };
    },
    coverClaims: async (audience, claims) => {
      for (const claim of claims) named(audience).covered.set(claim, clock.now() + coveredMilliseconds);
    },
    deleteWaiting: async (audience, claim) => {
      const { claims, contents } = named(audience);
      contents.delete(claim);
      claims.delete(claim);
    },

    readAudience: async (audience) => {
      const { openSlot: _, ...head } = named(audience).head;
      return head;
    },
    sealDigest: async (audience, { plan, slot, after }) => {
      const found = named(audience);
      if (!isUntouched(found, after)) return false;
      found.head = { ...found.head, openPlan: plan, openSlot: slot };
      return true;
    },
    finishDigest: async (audience, { plan, slot }) => {
      const found = named(audience);
      found.plans.set(slot, plan);
      if (found.head.openPlan !== plan || found.head.openSlot === undefined) return false;
      found.head = { slot: found.head.openSlot, lastPlan: plan };
      return true;
    },
    skipSlot: async (audience, { slot, after }) => {
      const found = named(audience);
      if (!isUntouched(found, after)) return false;
      found.head = { ...found.head, slot };
      return true;
    },
    digestPlan: async (audience, slot) => named(audience).plans.get(slot),
  };
}
