import { describe, expect, test } from "vitest";
import { audience, configuration, numbers, rss, startSystem } from "../support/fake-system.ts";
import type { PortFault } from "../support/port-faults.ts";
import { checkPromise } from "./promise.ts";
import { chance, type Chance } from "./random.ts";

const seeds = Number(process.env["SEEDS"] ?? 10);

const failures = ["fail before", "fail after", "fail partly", "repeat"] as const;
const stalls = ["stall"] as const;
const ends = ["die before", "die after"] as const;

/** With more audiences, a run of ingest makes so many calls that it hardly ever ends where a fifth of them fail. */
const audiencesAt = (rate: number) => (rate < 0.1 ? withSchedules : configuration.audiences);

const withSchedules = [
  ...configuration.audiences,
  audience({ name: "daily", mode: "digest", schedule: "daily 07:00" }),
  audience({ name: "calm", mode: "alerts", maxPerHour: 2 }),
];

/** Polls of three feeds that overlap, with invocations of several functions in an order of chance. */
async function play(seed: number, rate: number, kinds: readonly PortFault[]) {
  const shape = chance(seed);
  const luck = chance(seed + 1_000_000);
  const audiences = audiencesAt(rate);
  let deaths = 0;
  let miscounts = 0;
  const system = startSystem({ ...configuration, audiences }, { deduplication: shape.pick([0, 300_000]) });
  system.fault(({ name, process }) => {
    if (!luck.is(rate)) return undefined;
    const fault = luck.pick(kinds);
    // A process of deliver ends before its messages become visible again; only a late effect of the others can be met.
    if (fault === "stall" && process.function === "deliver") return undefined;
    // What kills its process four times is quarantined, as it should be.
    if ((fault.startsWith("die") || fault === "stall") && deaths++ >= 3) return undefined;
    // A start whose end was not recorded counts as a death.
    if (name === "ledger.recordFailure" && fault !== "repeat" && miscounts++ >= 2) return undefined;
    const isImpossible =
      (name === "clock.sleep" && !fault.startsWith("die")) ||
      (/\.(?:list|read)$/.test(name) && !fault.endsWith("before")) ||
      (name === "topics.publish" && fault === "repeat");
    return isImpossible ? undefined : fault;
  });
  const due: string[] = [];
  for (let poll = 0; poll < 4; poll++) {
    for (const feed of ["a", "b", "c"]) {
      const shown = numbers(poll * 2 + 1, poll * 2 + shape.below(4) + 1);
      system.upload(
        `snapshots/${feed}/latest.xml`,
        rss(shown, (n) => `${feed} ${n}`),
      );
      due.push(...shown.map((n) => `${feed} ${n}`));
    }
    for (const { name } of audiences) if (shape.is(0.7)) system.fire(name);
    await stir(system, shape);
  }
  // Outages end.
  system.clock.advance(3_600_000);
  await system.drain();
  system.fault(() => undefined);
  await system.wakeAll();
  for (let hour = 0; hour < 2; hour++) {
    system.clock.advance(3_600_000);
    await system.watchOnce();
    for (const { name } of audiences) system.fire(name);
    await system.drain();
  }
  const titles = [...new Set(due)];
  return {
    system,
    verdict: checkPromise(system, Object.fromEntries(audiences.map(({ name }) => [name, titles]))),
  };
}

async function stir(system: ReturnType<typeof startSystem>, shape: Chance): Promise<void> {
  for (let step = 0; step < 8; step++) {
    const { ingestNext, digestNext, deliverNext, watchOnce } = system;
    const next = shape.pick([ingestNext, ingestNext, digestNext, deliverNext, watchOnce]);
    await next();
    system.clock.advance(shape.below(90_000));
    if (shape.is(0.1)) await system.wakeAll();
  }
}

describe("calls that fail by chance", { timeout: 120_000 + seeds * 6_000 }, () => {
  test.each([
    [0.05, failures],
    [0.2, failures],
    [0.02, [...failures, ...failures, ...ends]],
    [0.01, [...ends]],
    [0.03, [...stalls]],
    [0.03, [...failures, ...ends, ...stalls]],
  ] as const)("at a rate of %d break no promise: %j", async (rate, kinds) => {
    let faults = 0;
    for (let seed = 1; seed <= seeds; seed++) {
      const { system, verdict } = await play(seed, rate, kinds);
      faults += system.faults.length;
      expect(verdict, `seed ${seed}`).toMatchObject({ lost: [], unexplained: [] });
      expect(system.quarantined, `seed ${seed}`).toEqual([]);
      expect(system.quarantinedMessages, `seed ${seed}`).toEqual([]);
      expect(
        [system.intake, system.slots, system.outbox].flatMap((queue) => queue.deadLetters),
        `seed ${seed}`,
      ).toEqual([]);
    }
    expect(faults).toBeGreaterThan(seeds);
  });
});
