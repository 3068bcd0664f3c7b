import { describe, expect, test } from "vitest";
import { watch, type WatchContext } from "../../functions/core/watch.ts";
import type { WatchPorts } from "../../functions/core/ports.ts";
import { rss, startSystem, type FakeSystem } from "../support/fake-system.ts";

const hour = 3_600_000;

/** Runs of ingest that died after their seal, one for each snapshot. */
async function leaveSealed(system: FakeSystem, feeds: readonly string[]): Promise<void> {
  for (const feed of feeds) {
    const outbox = { enqueue: () => Promise.reject(new Error("503")) };
    const version = system.put(`snapshots/${feed}/1`, rss([1]));
    await expect(system.ingest(version, { ports: { ...system.ports, outbox } })).rejects.toThrow("503");
    system.clock.advance(1_000);
  }
}

const run = (system: FakeSystem, context: Partial<WatchContext> = {}, ports: Partial<WatchPorts> = {}) =>
  watch(
    { owner: "watch", before: system.clock.now() - hour, deadline: system.clock.now() + hour, ...context },
    { ...system.ports, ...ports },
  );

const enqueuedFeeds = (system: FakeSystem) => [
  ...new Set(system.enqueued().map(({ attributes }) => String(attributes["feed"]))),
];

describe("watch", () => {
  test("enqueues the plans that dead runs have sealed, in the order in which they were written, once", async () => {
    const system = startSystem();
    await leaveSealed(system, ["a", "b"]);
    system.clock.advance(2 * hour);
    expect(await run(system)).toEqual({ plans: 2, finished: 2, failed: 0 });
    expect(enqueuedFeeds(system)).toEqual(["a", "b"]);
    expect(system.enqueued().map(({ again }) => again)).toEqual([true, true, true, true]);
    expect(await run(system)).toEqual({ plans: 0, finished: 0, failed: 0 });
  });

  test("leaves finished plans alone and looks at each once", async () => {
    const system = startSystem();
    await system.ingest(system.put("snapshots/a/1", rss([1])));
    system.clock.advance(2 * hour);
    expect(await run(system)).toEqual({ plans: 1, finished: 0, failed: 0 });
    expect(await run(system)).toEqual({ plans: 0, finished: 0, failed: 0 });
    expect(system.enqueued()).toHaveLength(2);
  });

  test("leaves the plans of live runs to them", async () => {
    const system = startSystem();
    await leaveSealed(system, ["a"]);
    expect(await run(system)).toEqual({ plans: 0, finished: 0, failed: 0 });
    system.clock.advance(2 * hour);
    expect(await run(system)).toMatchObject({ finished: 1 });
  });

  test("ignores a plan that its claim does not name", async () => {
    const system = startSystem();
    const ledger = { ...system.ledger, sealClaim: () => Promise.reject(new Error("503")) };
    const version = system.put("snapshots/a/1", rss([1]));
    await expect(system.ingest(version, { ports: { ...system.ports, ledger } })).rejects.toThrow("503");
    system.clock.advance(66_000);
    await system.ingest(version, { request: { attempts: 1 } });
    system.outbox.messages.length = 0;
    system.clock.advance(2 * hour);
    expect(await run(system)).toEqual({ plans: 2, finished: 0, failed: 0 });
    expect(system.enqueued()).toEqual([]);
  });

  test("enqueues of two plans of one claim the one that was sealed", async () => {
    const system = startSystem();
    await leaveSealed(system, ["a"]);
    const [sealed] = system.plans.written;
    if (!sealed) throw new Error("A plan was written.");
    await system.plans.write({ ...sealed, messages: [] });
    await system.plans.write({ ...sealed, messages: sealed.messages.slice(1) });
    system.clock.advance(2 * hour);
    expect(await run(system)).toEqual({ plans: 3, finished: 1, failed: 0 });
    expect(system.enqueued()).toHaveLength(2);
  });

  test("tries again what it could not enqueue, and finishes the others", async () => {
    const system = startSystem();
    await leaveSealed(system, ["a", "b", "c"]);
    system.clock.advance(2 * hour);
    let calls = 0;
    const outbox = {
      enqueue: async (...given: Parameters<typeof system.ports.outbox.enqueue>) => {
        if (calls++ === 1) throw new Error("503");
        return system.ports.outbox.enqueue(...given);
      },
    };
    expect(await run(system, {}, { outbox })).toEqual({ plans: 3, finished: 2, failed: 1 });
    expect(enqueuedFeeds(system)).toEqual(["a", "c"]);
    expect(await run(system)).toMatchObject({ finished: 1, failed: 0 });
    expect(enqueuedFeeds(system)).toEqual(["a", "c", "b"]);
  });

  test("starts no plan after its deadline, and goes on from there", async () => {
    const system = startSystem();
    await leaveSealed(system, ["a", "b", "c"]);
    system.clock.advance(2 * hour);
    const outbox = {
      enqueue: async (...given: Parameters<typeof system.ports.outbox.enqueue>) => {
        system.clock.advance(60_000);
        return system.ports.outbox.enqueue(...given);
      },
    };
    expect(await run(system, { deadline: system.clock.now() + 90_000 }, { outbox })).toEqual({
      plans: 2,
      finished: 2,
      failed: 0,
    });
    expect(await run(system)).toEqual({ plans: 1, finished: 1, failed: 0 });
    expect(enqueuedFeeds(system)).toEqual(["a", "b", "c"]);
  });

  test("reads the claims of hundreds of plans in calls of a hundred", async () => {
    const system = startSystem();
    for (let n = 0; n < 250; n++)
      await system.plans.write({
        format: 1,
        claim: `c${n}`,
        feed: "f",
        snapshot: { bucket: "b", key: "snapshots/f/1" },
        at: "2026-03-01T00:00:00.000Z",
        messages: [],
      });
    system.clock.advance(2 * hour);
    const sizes: number[] = [];
    const ledger = {
      ...system.ledger,
      claims: async (ids: readonly string[]) => {
        sizes.push(ids.length);
        return system.ledger.claims(ids);
      },
    };
    expect(await run(system, {}, { ledger })).toEqual({ plans: 250, finished: 0, failed: 0 });
    expect(sizes).toEqual([100, 100, 50]);
  });
});
