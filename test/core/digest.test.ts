import { describe, expect, test } from "vitest";
import type { Audience, Configuration } from "../../functions/core/configuration.ts";
import { digest } from "../../functions/core/digest.ts";
import { watchWaiting } from "../../functions/core/digest/watch-waiting.ts";
import { isDigestPlan } from "../../functions/core/plan.ts";
import {
  audience,
  configuration,
  machineView,
  numbers,
  rss,
  startSystem,
  type FakeSystem,
} from "../support/fake-system.ts";

const hour = 3_600_000;
const day = 24 * hour;

const daily = audience({ name: "daily", mode: "digest", schedule: "daily 07:00" });

/** A system with one audience; the clock is at midnight. */
const start = (changes: Partial<Audience> = {}, more: Partial<Configuration> = {}) =>
  startSystem({ ...configuration, audiences: [{ ...daily, ...changes }], ...more });

/** The messages that an audience got: titles, and the number of entries that are only counted. */
const inbox = (system: FakeSystem, name = "daily") =>
  system.published
    .filter((one) => one.audience === name)
    .map(({ message }) => {
      const { entries, more } = machineView(message);
      return [...entries.map(({ title }) => title), ...(more > 0 ? [`+${more}`] : [])];
    });

const events = (system: FakeSystem, name: string) => system.logged.filter(({ event }) => event === name);

describe("digest", () => {
  test("sends the entries of three feeds in one message, newest first", async () => {
    const system = start();
    system.upload(
      "snapshots/a/1",
      rss([1], (n) => `A ${n}`),
    );
    system.upload(
      "snapshots/b/1",
      rss([3], (n) => `B ${n}`),
    );
    system.upload(
      "snapshots/c/1",
      rss([2], (n) => `C ${n}`),
    );
    await system.drain();
    expect(inbox(system)).toEqual([]);
    system.clock.advance(7 * hour);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["B 3", "C 2", "A 1"]]);
    const [message] = system.published;
    expect(message?.message.subject).toMatch(/^3 headlines from 3 feeds/);
    expect(message?.message.id).toBe(`digest-daily-${message?.at}.0`);
    expect(system.ledger.waits()).toBe(0);
  });

  test("sends an entry that arrives later with the next slot", async () => {
    const system = start();
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.fire("daily");
    await system.drain();
    system.upload("snapshots/a/2", rss([2, 1]));
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    system.clock.advance(day);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"], ["Title 2"]]);
  });

  test("sends one digest for a slot that is fired twice, and none for an earlier slot", async () => {
    const system = start();
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    const slot = system.clock.now();
    system.fire("daily", slot);
    system.fire("daily", slot);
    await system.drain();
    system.upload("snapshots/a/2", rss([2]));
    await system.drain();
    system.fire("daily", slot);
    system.fire("daily", slot - day);
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    expect(events(system, "done before")).toHaveLength(3);
  });

  test("sends nothing if nothing waits, and marks the slot as done", async () => {
    const system = start();
    const slot = system.clock.now();
    system.fire("daily", slot);
    await system.drain();
    expect(inbox(system)).toEqual([]);
    expect(await system.ledger.readAudience("daily")).toEqual({ slot });
    expect(events(system, "nothing waits")).toHaveLength(1);
  });

  test("waits for minItems entries, but not longer than maxWaitDays", async () => {
    const system = start({ minItems: 3, maxWaitDays: 2 });
    system.upload("snapshots/a/1", rss([1, 2]));
    await system.drain();
    system.clock.advance(7 * hour);
    for (let n = 0; n < 2; n++) {
      system.fire("daily");
      await system.drain();
      expect(inbox(system)).toEqual([]);
      system.clock.advance(day);
    }
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 2", "Title 1"]]);
    system.upload("snapshots/a/2", rss([3, 4, 5]));
    await system.drain();
    system.clock.advance(day);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)[1]).toEqual(["Title 5", "Title 4", "Title 3"]);
  });

  test("sends fewer than minItems entries at a slot that was asked for by hand", async () => {
    const system = start({ minItems: 3, maxWaitDays: 2 });
    system.upload("snapshots/a/1", rss([1, 2]));
    await system.drain();
    system.clock.advance(7 * hour);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([]);
    system.askFor("daily", system.clock.now() + 1);
    await system.drain();
    expect(inbox(system)).toEqual([["Title 2", "Title 1"]]);
  });

  test("waits for minItems entries at a slot of a schedule that has changed since", async () => {
    const system = start({ minItems: 3, maxWaitDays: 2 });
    system.upload("snapshots/a/1", rss([1, 2]));
    await system.drain();
    system.fire("daily", system.clock.now() + 17 * 60_000);
    await system.drain();
    expect(inbox(system)).toEqual([]);
    expect(events(system, "too few")).toHaveLength(1);
  });

  test("shows the newest entries of a flood and counts the others, those of other feeds too", async () => {
    const system = start({ digestItems: 4 });
    system.upload("snapshots/a/1", rss(numbers(1, 20)));
    system.upload(
      "snapshots/b/1",
      rss([30, 5], (n) => `B ${n}`),
    );
    await system.drain();
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["B 30", "Title 20", "Title 19", "Title 18", "+18"]]);
    expect(system.published[0]?.message.email).toContain("+18 more");
  });

  test("sends what one digest can't cover directly after it, and not at the next slot", async () => {
    const system = start({ digestItems: 1 });
    const source = { slug: "a", title: "A" };
    const share = { audience: "daily", entries: [], rest: { count: 1, source } };
    for (let i = 0; i < 20_003; i++) await system.ledger.putWaiting(`c${i}.0`, i, [share]);
    system.clock.advance(7 * hour);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["+20000"], ["+3"]]);
    expect(system.slots.messages).toEqual([]);
    expect(system.ledger.waits()).toBe(0);
  });

  test("shows an entry whose text changed while it waited once, as it is now", async () => {
    const system = start({}, { feeds: { a: { updates: "mark" } } });
    const edited = rss([1]).replace(
      "What happened in case number 1 is told here at some length.",
      "The number of the injured has risen, the police said after the search for survivors had ended.",
    );
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.clock.advance(hour);
    system.upload("snapshots/a/2", edited);
    await system.drain();
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    expect(system.published[0]?.message.email).toContain("The number of the injured has risen");
    expect(system.ledger.waits()).toBe(0);
  });

  test("leaves the entries of a claim that is not finished for the next slot", async () => {
    const system = start();
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.upload("snapshots/b/1", rss([2]));
    system.fault(({ name }) => (name === "ledger.finishClaim" ? "die before" : undefined));
    await system.ingestNext();
    system.fault(() => undefined);
    expect(system.ledger.waits()).toBe(2);
    system.fire("daily");
    await system.digestNext();
    await system.deliverNext();
    expect(inbox(system)).toEqual([["Title 1"]]);
    await system.drain();
    system.clock.advance(day);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"], ["Title 2"]]);
  });

  test("does not send again what a slow run stores after the digest was sent", async () => {
    const system = start();
    system.upload("snapshots/a/1", rss([1]));
    system.fault(({ name, process }) =>
      name === "ledger.putWaiting" && process.number === 0 ? "stall" : undefined,
    );
    expect(await system.ingestNext()).toBe("stalled");
    system.clock.advance(hour);
    await system.drain();
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    await system.wakeAll();
    expect(system.ledger.waits()).toBe(1);
    system.clock.advance(day);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    expect(system.ledger.waits()).toBe(0);
  });

  test("does not seal what it collected before another run sent it", async () => {
    const system = start();
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.fire("daily", system.clock.now() + hour);
    system.fault(({ name, process }) =>
      name === "plans.write" && process.function === "digest" ? "stall" : undefined,
    );
    expect(await system.digestNext()).toBe("stalled");
    system.fault(() => undefined);
    system.fire("daily", system.clock.now());
    await system.digestNext();
    await system.wakeAll();
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    expect(system.plans.written.filter(isDigestPlan)).toHaveLength(2);
  });

  test("continues to delete where the run before reached its deadline", async () => {
    const system = start();
    for (let n = 0; n < 60; n++)
      system.upload(
        `snapshots/f${n}/1`,
        rss([n], (i) => `Story ${i}`),
      );
    await system.drain();
    const slot = system.clock.now();
    const late = { audience: daily, deadline: slot - 1 };
    await expect(digest({ slot, attempts: 0 }, late, system.ports)).rejects.toMatchObject({
      code: "out-of-time",
    });
    expect(system.ledger.waits()).toBe(60);
    await digest({ slot, attempts: 1 }, { ...late, deadline: slot + hour }, system.ports);
    await system.drain();
    expect(inbox(system).flat()).toHaveLength(51);
    expect(inbox(system)).toHaveLength(1);
    expect(system.ledger.waits()).toBe(0);
  });

  test("ignores a slot of an audience that is not in the configuration", async () => {
    const system = start();
    system.fire("former");
    await system.drain();
    expect(events(system, "audience unknown")).toMatchObject([{ details: { audience: "former" } }]);
    expect(system.slots.messages).toEqual([]);
  });
});

describe("alerts", () => {
  const alerts = (changes: Partial<Audience>) => {
    const own = audience({ name: "alerts", mode: "alerts", timeZone: "Europe/Berlin", ...changes });
    return startSystem({ ...configuration, audiences: [own] });
  };
  /** A system whose feed is known, at a time of day in UTC on 2026-03-02. */
  const at = async (time: string, changes: Partial<Audience>) => {
    const system = alerts(changes);
    system.upload("snapshots/a/0", rss([0]));
    system.clock.advance(12 * hour);
    await system.drain();
    system.published.length = 0;
    system.clock.advance(Date.parse(`2026-03-02T${time}Z`) - system.clock.now());
    return system;
  };

  test("in quiet hours wait, and come as one digest when these end", async () => {
    const system = await at("20:59:00", { quietHours: "22:00-07:00" });
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([["Title 1"]]);
    system.clock.advance(hour);
    system.upload("snapshots/a/2", rss([2, 3]));
    await system.drain();
    system.upload("snapshots/a/3", rss([4]));
    await system.drain();
    expect(inbox(system, "alerts")).toHaveLength(1);
    system.clock.advance(Date.parse("2026-03-03T06:00:00Z") - system.clock.now());
    system.fire("alerts");
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([["Title 1"], ["Title 4", "Title 3", "Title 2"]]);
    expect(system.published[1]?.message.subject).toMatch(/^3 headlines/);
  });

  test("beyond maxPerHour wait for the next full hour", async () => {
    const system = await at("12:00:00", { maxPerHour: 3 });
    system.upload("snapshots/a/1", rss([1, 2]));
    await system.drain();
    system.upload("snapshots/a/2", rss([3, 4, 5]));
    await system.drain();
    system.upload("snapshots/a/3", rss([6]));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([["Title 1"], ["Title 2"], ["Title 5"]]);
    system.clock.advance(Date.parse("2026-03-02T13:00:00Z") - system.clock.now());
    system.fire("alerts");
    await system.drain();
    expect(inbox(system, "alerts")[3]).toEqual(["Title 6", "Title 4", "Title 3"]);
    system.upload("snapshots/a/4", rss([7]));
    await system.drain();
    expect(inbox(system, "alerts")[4]).toEqual(["Title 7"]);
  });

  test("of a flood that maxPerHour just allows come with their closing message", async () => {
    const system = await at("12:00:00", { maxPerHour: 4, maxAlerts: 3, digestItems: 2 });
    system.upload("snapshots/a/1", rss(numbers(1, 9)));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([
      ["Title 7"],
      ["Title 8"],
      ["Title 9"],
      ["Title 6", "Title 5", "+4"],
    ]);
  });

  test("of a flood beyond maxPerHour wait without a closing message", async () => {
    const system = await at("12:00:00", { maxPerHour: 3, maxAlerts: 3, digestItems: 2 });
    system.upload("snapshots/a/1", rss(numbers(1, 9)));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([["Title 7"], ["Title 8"], ["Title 9"]]);
    system.clock.advance(hour);
    system.fire("alerts");
    await system.drain();
    expect(inbox(system, "alerts")[3]).toEqual(["Title 6", "Title 5", "+4"]);
  });

  test("an hourly slot in the quiet hours sends nothing, a request by hand does", async () => {
    const system = await at("23:10:00", { quietHours: "22:00-07:30", maxPerHour: 5 });
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.fire("alerts", Date.parse("2026-03-02T23:30:00Z"));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([]);
    expect(events(system, "quiet")).toHaveLength(1);
    system.askFor("alerts", Date.parse("2026-03-02T23:31:00Z"));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([["Title 1"]]);
  });

  test("a slot that is retried into the next quiet hours sends nothing then", async () => {
    const system = await at("23:10:00", { quietHours: "22:00-07:30" });
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.clock.advance(Date.parse("2026-03-03T06:30:00Z") - system.clock.now());
    system.fire("alerts");
    system.fault(({ name }) => (name === "ledger.readAudience" ? "fail before" : undefined));
    await system.digestNext();
    system.fault(() => undefined);
    system.clock.advance(15 * hour);
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([]);
    system.fire("alerts", Date.parse("2026-03-04T06:30:00Z"));
    await system.drain();
    expect(inbox(system, "alerts")).toEqual([["Title 1"]]);
  });
});

describe("the first import of a feed", () => {
  const all = ["digest", "silent", "newest 2"] as const;
  const system = async (firstImport: Audience["firstImport"]) => {
    const started = startSystem({
      ...configuration,
      audiences: [
        audience({ name: "alerts", mode: "alerts", firstImport }),
        audience({ name: "upload", mode: "digest", firstImport }),
        { ...daily, firstImport },
      ],
    });
    started.upload("snapshots/a/1", rss(numbers(1, 5)));
    await started.drain();
    started.fire("daily");
    await started.drain();
    return started;
  };

  test.each(all)("follows firstImport %s", async (firstImport) => {
    const played = await system(firstImport);
    const five = ["Title 5", "Title 4", "Title 3", "Title 2", "Title 1"];
    const expected = {
      digest: { alerts: [five], upload: [five], daily: [five] },
      silent: { alerts: [], upload: [], daily: [] },
      "newest 2": {
        alerts: [["Title 4"], ["Title 5"]],
        upload: [["Title 5", "Title 4"]],
        daily: [["Title 5", "Title 4"]],
      },
    } as const;
    const found = Object.fromEntries(
      ["alerts", "upload", "daily"].map((name) => [name, inbox(played, name)]),
    );
    expect(found).toEqual(expected[firstImport]);
  });

  test.each(all)("with firstImport %s later entries come as usual", async (firstImport) => {
    const played = await system(firstImport);
    played.published.length = 0;
    played.upload("snapshots/a/2", rss(numbers(4, 6)));
    await played.drain();
    played.clock.advance(day);
    played.fire("daily");
    await played.drain();
    for (const name of ["alerts", "upload", "daily"]) expect(inbox(played, name)).toEqual([["Title 6"]]);
  });
});

describe("what waits after the configuration changed", () => {
  /** An entry that waits for `daily`, in a ledger that a system with another configuration goes on to use. */
  const changed = async (audiences: readonly Audience[]) => {
    const before = start();
    before.upload("snapshots/a/1", rss([1]));
    await before.drain();
    const [share] = before.plans.written.flatMap((plan) => (isDigestPlan(plan) ? [] : (plan.waiting ?? [])));
    const after = startSystem({ ...configuration, audiences });
    if (share) await after.ledger.putWaiting("earlier.0", before.clock.now(), [share]);
    await after.watchOnce();
    await after.drain();
    return after;
  };

  test("is sent by watch if the audience has no schedule any more", async () => {
    for (const mode of ["alerts", "digest"] as const) {
      const system = await changed([audience({ name: "daily", mode })]);
      expect(inbox(system)).toEqual([["Title 1"]]);
      expect(events(system, "audience without a schedule")).toHaveLength(1);
      await system.watchOnce();
      await system.drain();
      expect(inbox(system)).toHaveLength(1);
    }
  });

  test("waits on if the audience has another schedule", async () => {
    const system = await changed([{ ...daily, schedule: "weekly mon 07:00" }]);
    expect(inbox(system)).toEqual([]);
    system.fire("daily");
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
  });

  test("stays, and is logged with its amount, if the audience was renamed or removed", async () => {
    const system = await changed([{ ...daily, name: "morning" }]);
    expect(system.published).toEqual([]);
    expect(events(system, "entries wait for no audience")).toMatchObject([
      { details: { audience: "daily", entries: 1 } },
    ]);
    expect(events(system, "watched").at(-1)).toMatchObject({ details: { stranded: 1 } });
    expect(await system.ledger.waitingClaims("daily")).toHaveLength(1);
  });
});

describe("watch", () => {
  test("finishes the digest of a run that died after its seal, when no run can be alive", async () => {
    const system = start();
    system.upload("snapshots/a/1", rss([1]));
    await system.drain();
    system.fire("daily");
    system.fault(({ name }) => (name === "ledger.sealDigest" ? "die after" : undefined));
    await system.digestNext();
    system.fault(() => undefined);
    system.slots.messages.length = 0;
    await system.watchOnce();
    expect(system.outbox.messages).toEqual([]);
    system.clock.advance(hour);
    await system.watchOnce();
    await system.drain();
    expect(inbox(system)).toEqual([["Title 1"]]);
    expect(system.ledger.waits()).toBe(0);
  });

  test("sends nothing after its deadline, and does not measure what waits", async () => {
    const audiences = [audience({ name: "daily", mode: "alerts" })];
    const system = startSystem({ ...configuration, audiences });
    const share = { audience: "daily", entries: [], rest: { count: 2, source: { slug: "a", title: "A" } } };
    await system.ledger.putWaiting("c.0", 1, [share]);
    const now = system.clock.now();
    const context = { audiences, before: now, deadline: now - 1 };
    expect(await watchWaiting(context, system.ports)).toEqual({
      digests: 0,
      stranded: 0,
      failedAudiences: 0,
    });
    expect(await system.ledger.waitingClaims("daily")).toHaveLength(1);
  });

  test("goes on to other audiences if one fails, and fails in the end", async () => {
    const system = startSystem({
      ...configuration,
      audiences: ["one", "two"].map((name) => audience({ name, mode: "alerts" })),
    });
    const former = start({ name: "one" });
    former.upload("snapshots/a/1", rss([1]));
    await former.drain();
    const [share] = former.plans.written.flatMap((plan) => (isDigestPlan(plan) ? [] : (plan.waiting ?? [])));
    if (!share) throw new Error("Nothing waits.");
    await system.ledger.putWaiting("c.0", 1, [share, { ...share, audience: "two" }]);
    let calls = 0;
    system.fault(({ name }) => (name === "ledger.readAudience" && calls++ === 0 ? "fail before" : undefined));
    expect(await system.watchOnce()).toBe("failed");
    await system.drain();
    expect(inbox(system, "one")).toEqual([]);
    expect(inbox(system, "two")).toEqual([["Title 1"]]);
  });
});
