import { describe, expect, test } from "vitest";
import type { MetricName } from "../../functions/core/metrics.ts";
import { measureStates } from "../../functions/core/watch-states.ts";
import { audience, configuration, rss, startSystem } from "../support/fake-system.ts";

const hour = 3_600_000;
const day = 24 * hour;

function startWatch() {
  const audiences = [audience({ name: "news", mode: "alerts" }), audience({ name: "sport", mode: "alerts" })];
  const config = { ...configuration, audiences };
  const system = startSystem(config);
  const run = async (ports: Partial<typeof system.ports> = {}) => {
    const measured = new Map<MetricName, number>();
    const measure = (name: MetricName, value: number) => void measured.set(name, value);
    const failed = await measureStates(config, { ...system.ports, ...ports, measure });
    return { failed, measured: Object.fromEntries(measured) };
  };
  const events = (event: string) => system.logged.filter((line) => line.event === event);
  return { system, run, events };
}

describe("the states of a stack", () => {
  test("are measured, 0 included", async () => {
    const { run } = startWatch();
    expect(await run()).toEqual({
      failed: 0,
      measured: {
        longPauses: 0,
        subscriptionsConfirmed: 2,
        subscriptionsPending: 0,
        subscriptionsDeleted: 0,
        feeds: 0,
        silentFeeds: 0,
      },
    });
  });

  test("name the audiences that have been paused for more than a day", async () => {
    const { system, run, events } = startWatch();
    system.ledger.pause("sport", true);
    system.clock.advance(day);
    expect((await run()).measured["longPauses"]).toBe(0);
    system.clock.advance(1);
    expect((await run()).measured["longPauses"]).toBe(1);
    expect(events("audiences paused for more than a day")).toMatchObject([
      { details: { audiences: ["sport"] } },
    ]);
  });

  test("name the feeds that became silent, and count them no more once they are gone", async () => {
    const { system, run, events } = startWatch();
    for (let i = 0; i < 10; i++) {
      await system.ingest(system.put("snapshots/daily/1.xml", rss([1])));
      if (i < 9) system.clock.advance(day);
    }
    expect((await run()).measured).toMatchObject({ feeds: 1, silentFeeds: 0 });
    const last = new Date(system.clock.now()).toISOString();
    system.clock.advance(5 * day + hour);
    expect((await run()).measured).toMatchObject({ feeds: 1, silentFeeds: 1 });
    expect(events("feeds silent")).toMatchObject([
      {
        level: "warn",
        details: { count: 1, feeds: [{ feed: "daily", lastSnapshot: last, usualSeconds: 86_400 }] },
      },
    ]);
    system.clock.advance(15 * day);
    expect((await run()).measured).toMatchObject({ feeds: 0, silentFeeds: 0 });
  });

  test("that can't be read are logged and not measured as 0; the others are", async () => {
    const { run, events } = startWatch();
    const subscriptions = { count: () => Promise.reject(new Error("AccessDenied")) };
    const { failed, measured } = await run({ subscriptions });
    expect(failed).toBe(1);
    expect(measured).toEqual({ longPauses: 0, feeds: 0, silentFeeds: 0 });
    expect(events("not measured")).toMatchObject([
      { level: "error", details: { state: "subscriptions", why: "Error: AccessDenied" } },
    ]);
  });
});

describe("a snapshot with the bytes of the last one", () => {
  test("is noted as an upload at most twice in four hours", async () => {
    const { system } = startWatch();
    let notes = 0;
    const writeRhythm: typeof system.ledger.writeRhythm = async (...given) => {
      notes++;
      await system.ledger.writeRhythm(...given);
    };
    const ports = { ...system.ports, ledger: { ...system.ledger, writeRhythm } };
    for (let i = 0; i < 16 * 7; i++) {
      await system.ingest(system.put("snapshots/often/1.xml", rss([1])), { ports });
      system.clock.advance(hour / 4);
    }
    expect(notes).toBeLessThanOrEqual(14);
    expect(notes).toBeGreaterThan(10);
  });

  test("is done although it can't be noted", async () => {
    const { system } = startWatch();
    await system.ingest(system.put("snapshots/often/1.xml", rss([1])));
    system.clock.advance(day);
    const ledger = { ...system.ledger, writeRhythm: () => Promise.reject(new Error("503")) };
    const ports = { ...system.ports, ledger };
    const result = await system.ingest(system.put("snapshots/often/1.xml", rss([1])), { ports });
    expect(result.state).toBe("unchanged");
  });

  test("that is replayed is no upload", async () => {
    const { system } = startWatch();
    const version = system.put("snapshots/often/1.xml", rss([1]));
    await system.ingest(version);
    const before = await system.ledger.readHead("often");
    system.clock.advance(day);
    await system.ingest(version, { request: { replay: true } });
    expect((await system.ledger.readHead("often"))?.rhythm).toEqual(before?.rhythm);
  });
});
