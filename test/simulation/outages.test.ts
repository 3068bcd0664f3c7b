import { describe, expect, test } from "vitest";
import { SnapshotError } from "../../functions/core/errors.ts";
import {
  audience,
  configuration,
  numbers,
  rss,
  startSystem,
  type FakeSystem,
} from "../support/fake-system.ts";
import { checkPromise } from "./promise.ts";

const minute = 60_000;
const titleOf = (n: number) => `Title ${n}`;

/** Runs both functions for a while of the system's time, with an event now and then. */
async function pass(
  system: FakeSystem,
  milliseconds: number,
  onStep: () => void = () => undefined,
): Promise<void> {
  const end = system.clock.now() + milliseconds;
  while (system.clock.now() < end) {
    onStep();
    while ((await system.ingestNext()) ?? (await system.deliverNext()));
    system.clock.advance(5_000);
  }
}

/** Everything was told once, and nothing was set aside. */
function expectAllOnce(system: FakeSystem, titles: readonly string[], explained = 0): void {
  expect(checkPromise(system, { alerts: titles, digest: titles })).toEqual({
    lost: [],
    unexplained: [],
    explained,
  });
  expect([...system.quarantined, ...system.quarantinedMessages]).toEqual([]);
  expect([...system.intake.deadLetters, ...system.outbox.deadLetters]).toEqual([]);
}

/** Uploads a snapshot of the feed every twenty seconds, each with one more entry. */
function uploads(system: FakeSystem, count: number) {
  let n = 0;
  return () => {
    if (n < count && system.clock.now() % 20_000 < 5_000)
      system.upload("snapshots/f/latest.xml", rss(numbers(Math.max(1, ++n - 20), n), titleOf));
  };
}

describe("an outage", () => {
  test("of SNS for 20 minutes delays the news of 60 snapshots", async () => {
    const system = startSystem();
    let isDown = true;
    system.fault(({ name }) => (isDown && name === "topics.publish" ? "fail before" : undefined));
    await pass(system, 20 * minute, uploads(system, 60));
    expect(system.published).toEqual([]);
    isDown = false;
    const end = system.clock.now();
    await system.drain();
    expect(system.clock.now() - end).toBeLessThan(16 * minute);
    expectAllOnce(system, numbers(1, 60).map(titleOf));
  });

  test("of SNS for 20 minutes in which half of each call takes effect delays the other half", async () => {
    const system = startSystem();
    let isDown = true;
    system.fault(({ name, number }) =>
      isDown && name === "topics.publish" && number % 2 === 0 ? "fail partly" : undefined,
    );
    await pass(system, 20 * minute, uploads(system, 60));
    isDown = false;
    await system.drain();
    expectAllOnce(system, numbers(1, 60).map(titleOf));
  });

  test.each(["ledger", "plans", "outbox", "requests"])(
    "of every call of %s for two minutes delays the news",
    async (port) => {
      const system = startSystem();
      let isDown = true;
      system.fault(({ name }) => (isDown && name.startsWith(`${port}.`) ? "fail before" : undefined));
      await pass(system, 2 * minute, uploads(system, 6));
      isDown = false;
      await system.drain();
      expectAllOnce(system, numbers(1, 6).map(titleOf));
    },
  );

  test("of the permission to read snapshots for two minutes delays the news", async () => {
    const system = startSystem();
    const { open } = system.ports.snapshots;
    const forbidden = () => Promise.reject(new SnapshotError("snapshot-forbidden", "403", "permission"));
    system.ports.snapshots.open = forbidden;
    await pass(system, 2 * minute, uploads(system, 6));
    expect(system.published).toEqual([]);
    system.ports.snapshots.open = open;
    await system.drain();
    expectAllOnce(system, numbers(1, 6).map(titleOf));
  });

  test("of the ledger's writes for a day gets no reader a message more than twice", async () => {
    const system = startSystem();
    const writes = /^ledger\.(?!read|claims)/;
    let isDown = false;
    system.upload("snapshots/f/1.xml", rss([1]));
    // The plan is sealed and enqueued, and from then on nothing can be written.
    system.fault(({ name }) => {
      if (name === "ledger.finishClaim") isDown = true;
      return isDown && writes.test(name) ? "fail before" : undefined;
    });
    await pass(system, 24 * 60 * minute);
    const times = Map.groupBy(system.published, ({ message }) => message.id);
    expect(times.size).toBe(2);
    for (const publishes of times.values()) expect(publishes.length).toBeLessThanOrEqual(2);
    system.fault(() => undefined);
    await system.drain();
    for (const publishes of Map.groupBy(system.published, ({ message }) => message.id).values())
      expect(publishes.length).toBeLessThanOrEqual(3);
    expect(system.quarantined).toEqual([]);
  });
});

describe("poison", () => {
  test("in one snapshot among 40 is quarantined, and the others are told at once", async () => {
    const system = startSystem();
    for (const n of numbers(1, 40)) {
      system.upload(`snapshots/f${n}/1.xml`, rss([n], titleOf));
      if (n === 20) system.upload("snapshots/poison/1.xml", rss([99], titleOf));
    }
    const { open } = system.ports.snapshots;
    let isPoison = false;
    system.ports.snapshots.open = async (version) => {
      isPoison = version.key.includes("poison");
      return open(version);
    };
    // The process dies as soon as the poison has been opened.
    system.fault(({ name }) => (name === "snapshots.read" && isPoison ? "die before" : undefined));
    const start = system.clock.now();
    await pass(system, minute);
    expect(system.published).toHaveLength(80);
    expect(Math.max(...system.published.map(({ at }) => at)) - start).toBeLessThan(minute);
    await system.drain();
    expect(system.quarantined).toMatchObject([
      { version: { key: "snapshots/poison/1.xml" }, reason: { code: "snapshot-kills" } },
    ]);
    expect(system.published).toHaveLength(80);
  });

  test("in one message that always fails is quarantined, and its audience gets the others", async () => {
    const system = startSystem();
    system.answer(({ sms, audience }) =>
      audience === "alerts" && sms.includes("Title 2")
        ? { outcome: "failed", why: "x" }
        : { outcome: "accepted" },
    );
    system.upload("snapshots/f/1.xml", rss([1, 2, 3]));
    await pass(system, minute);
    expect(system.told("alerts").toSorted()).toEqual(["Title 1", "Title 3"]);
    expect(system.told("digest")).toHaveLength(3);
    // Alone it may be nobody's fault; the next news of its audience shows that it is its own.
    for (const n of numbers(4, 11)) {
      system.upload("snapshots/f/1.xml", rss([n]));
      await pass(system, 20 * minute);
    }
    await system.drain();
    expect(system.quarantinedMessages).toMatchObject([{ reason: { code: "message-fails" } }]);
    expect(system.told("alerts")).toHaveLength(10);
  });
});

test("an audience with a backlog of 500 does not hold up the others", async () => {
  const names = numbers(1, 10).map((n) => `audience${n}`);
  const audiences = names.map((name) =>
    audience({ name, mode: "alerts", maxAlerts: 500, messagesPerSecond: 8 }),
  );
  const system = startSystem({
    ...configuration,
    audiences: audiences.map((one, i) =>
      i === 0 ? { ...one, rules: { feeds: ["flood", "f"] } } : { ...one, rules: { feeds: ["f"] } },
    ),
  });
  await system.ingest(system.put("snapshots/flood/0.xml", rss([0])));
  await system.ingest(
    system.put(
      "snapshots/f/0.xml",
      rss([0], (n) => `Other ${n}`),
    ),
  );
  await system.drain();
  system.published.length = 0;
  await system.ingest(system.put("snapshots/flood/1.xml", rss(numbers(1, 500))));
  await system.ingest(
    system.put(
      "snapshots/f/1.xml",
      rss([1], (n) => `Other ${n}`),
    ),
  );
  // Two invocations at the same time: one of them has the group of the backlog.
  for (let n = 0; n < 2; n++) await Promise.all([system.deliverNext(), system.deliverNext()]);
  const others = system.published.filter(({ audience }) => audience !== "audience1");
  expect(others).toHaveLength(9);
});
