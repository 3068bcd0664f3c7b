import {
  audience,
  configuration,
  numbers,
  rss,
  startSystem,
  type FakeSystem,
} from "../support/fake-system.ts";
import type { Configuration } from "../../functions/core/configuration.ts";

/** One course of events in which any single call may fail. */
export interface Scenario {
  readonly configuration?: Partial<Configuration>;
  /** What happens before faults are possible. */
  readonly before?: (system: FakeSystem) => Promise<void> | void;
  /** What happens while a fault is possible. */
  readonly events: (system: FakeSystem) => Promise<void> | void;
  /** Audiences whose schedules fire after the events: the same slot twice, and the next one. */
  readonly scheduled?: readonly string[];
  /** Milliseconds of an invocation of ingest. */
  readonly remaining?: number;
  /** Milliseconds that each call takes. */
  readonly latency?: number;
  /** Calls that are worth a fault where a run has hundreds of like ones. */
  readonly only?: RegExp;
  /** Titles that each audience is due in the end, those of `before` included. */
  readonly due: Readonly<Record<string, readonly string[]>>;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The next 07:00 UTC: a slot of each schedule here, and the end of quiet hours. */
const nextMorning = (now: number): number => Math.ceil((now - 7 * hour) / day) * day + 7 * hour;

const titles = (from: number, to: number) => numbers(from, to).map((n) => `Title ${n}`);
const both = (names: readonly string[]) => ({ alerts: names, digest: names });
const small = [
  audience({ name: "alerts", mode: "alerts", maxAlerts: 3, digestItems: 4, messagesPerSecond: 100 }),
  audience({ name: "digest", mode: "digest", digestItems: 5, messagesPerSecond: 100 }),
];
const daily = audience({ name: "daily", mode: "digest", schedule: "daily 07:00", digestItems: 4 });
/** A snapshot of a feed whose titles no other feed has. */
const feedOf = (name: string, from: number, to: number) => rss(numbers(from, to), (n) => `${name} ${n}`);
const named = (name: string, from: number, to: number) => numbers(from, to).map((n) => `${name} ${n}`);
const edited = (n: number) =>
  rss([n]).replace(
    `What happened in case number ${n} is told here at some length.`,
    "The number of the injured has risen, the police said after the search for survivors had ended.",
  );

/** A run of ingest that dies as soon as its claim is sealed, and whose message is lost. */
async function leaveSealedPlan(system: FakeSystem, key: string, content: string): Promise<void> {
  system.upload(key, content);
  system.fault(({ name }) => (name === "ledger.sealClaim" ? "die after" : undefined));
  await system.ingestNext();
  system.fault(() => undefined);
  system.faults.length = 0;
  system.intake.messages.length = 0;
}

/** A run of digest that dies as soon as its plan is sealed, and whose message is lost. */
async function leaveSealedDigest(system: FakeSystem): Promise<void> {
  system.fire("daily");
  system.fault(({ name }) => (name === "ledger.sealDigest" ? "die after" : undefined));
  await system.digestNext();
  system.fault(() => undefined);
  system.faults.length = 0;
  system.slots.messages.length = 0;
}

/** Three feeds, of which one brings more entries than a digest shows. */
async function leaveWaiting(system: FakeSystem): Promise<void> {
  system.upload("snapshots/a/1.xml", feedOf("A", 1, 2));
  system.upload("snapshots/b/1.xml", feedOf("B", 1, 1));
  system.upload("snapshots/c/1.xml", feedOf("C", 1, 6));
  await system.drain();
}
const waitingTitles = [...named("A", 1, 2), ...named("B", 1, 1), ...named("C", 1, 6)];

export const scenarios: Readonly<Record<string, Scenario>> = {
  "a first import": {
    events: (system) => void system.upload("snapshots/f/1.xml", rss(numbers(1, 5))),
    due: both(titles(1, 5)),
  },
  "news of a known feed": {
    before: async (system) => {
      system.upload("snapshots/f/1.xml", rss([1, 2]));
      await system.drain();
    },
    events: (system) => void system.upload("snapshots/f/2.xml", rss([4, 3, 2])),
    due: both(titles(1, 4)),
  },
  "a snapshot without a feed in its key": {
    events: (system) => void system.upload("snapshots/1.xml", rss([1, 2])),
    due: both(titles(1, 2)),
  },
  "overlapping snapshots of one feed": {
    events: (system) => {
      system.upload("snapshots/f/1.xml", rss([1, 2, 3]));
      system.upload("snapshots/f/2.xml", rss([3, 2, 4]));
    },
    due: both(titles(1, 4)),
  },
  "the same event twice": {
    events: (system) => {
      const version = system.upload("snapshots/f/1.xml", rss([1, 2]));
      system.notify(version);
    },
    due: both(titles(1, 2)),
  },
  "a flood": {
    configuration: { audiences: small },
    before: async (system) => {
      system.upload("snapshots/f/1.xml", rss([1]));
      await system.drain();
    },
    events: (system) => void system.upload("snapshots/f/2.xml", rss(numbers(2, 14))),
    due: both(titles(1, 14)),
  },
  "an update that is sent again": {
    configuration: { feeds: { f: { updates: "resend" } } },
    before: async (system) => {
      system.upload("snapshots/f/1.xml", rss([1]));
      await system.drain();
    },
    events: (system) => void system.upload("snapshots/f/2.xml", edited(1)),
    due: both(["Title 1", "Title 1"]),
  },
  "a request to send again": {
    before: async (system) => {
      system.upload("snapshots/f/1.xml", rss([1, 2]));
      await system.drain();
    },
    events: async (system) => {
      const version = system.put("snapshots/f/1.xml", rss([1, 2]));
      const request = { version, receives: 1, attempts: 0, firstAttempt: system.clock.now() };
      await system.ports.requests.send({ ...request, replay: true, resend: "request-1" }, 0);
    },
    due: both(["Title 1", "Title 2", "Title 1", "Title 2"]),
  },
  "a plan that only watch can finish": {
    before: (system) => leaveSealedPlan(system, "snapshots/f/1.xml", rss([1, 2])),
    events: () => undefined,
    due: both(titles(1, 2)),
  },
  "entries that wait for a schedule": {
    configuration: { audiences: [daily] },
    events: (system) => void system.upload("snapshots/a/1.xml", feedOf("A", 1, 6)),
    scheduled: ["daily"],
    due: { daily: named("A", 1, 6) },
  },
  "a digest of three feeds": {
    configuration: { audiences: [daily] },
    before: leaveWaiting,
    events: (system) => system.fire("daily"),
    scheduled: ["daily"],
    due: { daily: waitingTitles },
  },
  "entries that come in while the digest runs": {
    configuration: { audiences: [daily] },
    before: leaveWaiting,
    events: (system) => {
      system.upload("snapshots/a/2.xml", feedOf("A", 2, 3));
      system.fire("daily");
      system.fire("daily");
    },
    scheduled: ["daily"],
    due: { daily: [...waitingTitles, "A 3"] },
  },
  "quiet hours": {
    configuration: { audiences: [audience({ name: "alerts", mode: "alerts", quietHours: "22:00-07:00" })] },
    events: (system) => void system.upload("snapshots/a/1.xml", feedOf("A", 1, 2)),
    scheduled: ["alerts"],
    due: { alerts: named("A", 1, 2) },
  },
  "more alerts than an hour may have": {
    configuration: { audiences: [audience({ name: "alerts", mode: "alerts", maxPerHour: 2 })] },
    events: (system) => void system.upload("snapshots/a/1.xml", feedOf("A", 1, 3)),
    scheduled: ["alerts"],
    due: { alerts: named("A", 1, 3) },
  },
  "an audience that has no schedule any more": {
    configuration: { audiences: [audience({ name: "daily", mode: "digest" })] },
    before: async ({ ledger, clock }) => {
      const earlier = startSystem({ ...configuration, audiences: [daily] });
      await leaveWaiting(earlier);
      for (const { claim } of await earlier.ledger.waitingClaims("daily")) {
        const share = { audience: "daily", ...(await earlier.ledger.readWaiting("daily", claim)) };
        await ledger.putWaiting(claim, clock.now(), [share]);
      }
    },
    events: () => undefined,
    due: { daily: waitingTitles },
  },
  "a digest that only watch can finish": {
    configuration: { audiences: [daily] },
    before: async (system) => {
      await leaveWaiting(system);
      await leaveSealedDigest(system);
    },
    events: () => undefined,
    due: { daily: waitingTitles },
  },
  "a run that is handed on": {
    configuration: { audiences: small, timeoutSeconds: 10 },
    before: async (system) => {
      system.upload("snapshots/f/1.xml", rss([1]));
      await system.drain();
    },
    events: (system) => void system.upload("snapshots/f/2.xml", rss(numbers(2, 121))),
    remaining: 10_000,
    latency: 20,
    only: /Claim$|State$|^requests|^plans|^outbox|^topics|markSent|writeHead|writeMemory/,
    due: both(titles(1, 121)),
  },
};

/** Plays a scenario to its end: all queues are empty and watch has nothing left to finish. */
export async function playScenario(
  { configuration: changes, before, events, scheduled = [], remaining, latency }: Scenario,
  {
    deduplication,
    fault,
  }: {
    readonly deduplication: number;
    readonly fault: Parameters<FakeSystem["fault"]>[0];
  },
): Promise<FakeSystem & { readonly firstCall: number }> {
  const system = startSystem({ ...configuration, ...changes }, { deduplication });
  await before?.(system);
  system.clock.advance(120_000);
  const firstCall = system.calls.length;
  system.fault(fault);
  system.slowDown(latency ?? 0);
  await events(system);
  const drain = () => system.drain(remaining === undefined ? {} : { ingest: () => remaining });
  await drain();
  if (scheduled.length > 0) {
    const slot = nextMorning(system.clock.now());
    for (const at of [slot, slot, slot + day]) {
      system.clock.advance(at - system.clock.now());
      for (const name of scheduled) system.fire(name, at);
      await drain();
    }
  }
  for (let round = 0; round < 3; round++) {
    system.clock.advance(hour);
    await system.watchOnce();
    await system.drain();
  }
  if ([system.intake, system.slots, system.outbox].some(({ deadLetters }) => deadLetters.length > 0))
    throw new Error("There are dead letters.");
  return { ...system, firstCall };
}
