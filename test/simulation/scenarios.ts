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
  /** Milliseconds of an invocation of ingest. */
  readonly remaining?: number;
  /** Milliseconds that each call takes. */
  readonly latency?: number;
  /** Calls that are worth a fault where a run has hundreds of like ones. */
  readonly only?: RegExp;
  /** Titles that each audience is due in the end, those of `before` included. */
  readonly due: Readonly<Record<string, readonly string[]>>;
}

const titles = (from: number, to: number) => numbers(from, to).map((n) => `Title ${n}`);
const both = (names: readonly string[]) => ({ alerts: names, digest: names });
const small = [
  audience({ name: "alerts", mode: "alerts", maxAlerts: 3, digestItems: 4, messagesPerSecond: 100 }),
  audience({ name: "digest", mode: "digest", digestItems: 5, messagesPerSecond: 100 }),
];
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

/** Plays a scenario to its end: both queues are empty and watch has nothing left to finish. */
export async function playScenario(
  { configuration: changes, before, events, remaining, latency }: Scenario,
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
  await system.drain(remaining === undefined ? {} : { ingest: () => remaining });
  for (let hour = 0; hour < 3; hour++) {
    system.clock.advance(3_600_000);
    await system.watchOnce();
    await system.drain();
  }
  if (system.intake.deadLetters.length + system.outbox.deadLetters.length > 0)
    throw new Error("There are dead letters.");
  return { ...system, firstCall };
}
