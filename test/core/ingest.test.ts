import { describe, expect, test } from "vitest";
import type { IngestPorts } from "../../functions/core/ports.ts";
import {
  audience,
  configuration,
  machineView,
  numbers,
  rss,
  startSystem,
  type FakeSystem,
} from "../support/fake-system.ts";

const day = 86_400_000;

/** What is in the outbox: audience, kind, entries shown and counted. */
const shapes = (system: FakeSystem) =>
  system.enqueued().map((message) => {
    const { kind, entries, more } = machineView(message);
    return [message.audience, kind, entries.length, more] as const;
  });

const shapesFor = (system: FakeSystem, name: string) =>
  shapes(system).filter(([audience]) => audience === name);

const titlesFor = (system: FakeSystem, name: string): readonly string[] =>
  system
    .enqueued()
    .filter((message) => message.audience === name)
    .flatMap((message) => machineView(message).entries.map(({ title }) => title));

/** A system that already knows the feed `v`, with an empty outbox. */
async function startKnown(...given: Parameters<typeof startSystem>): Promise<FakeSystem> {
  const system = startSystem(...given);
  await system.ingest(system.put("snapshots/v/0.xml", rss([0])));
  system.outbox.messages.length = 0;
  return system;
}

/** Ports of which one call never returns: its process has died. */
const dyingAt = (system: FakeSystem, name: `${"ledger" | "plans" | "outbox"}.${string}`): IngestPorts => {
  const [port = "", method = ""] = name.split(".");
  const never = () => new Promise<never>(() => undefined);
  return { ...system.ports, [port]: { ...system.ports[port as "ledger"], [method]: never } };
};

/** Lets a run go on until it waits for something that never comes. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 15));

const leaseOver = (system: FakeSystem) => system.clock.advance(66_000);

describe("a snapshot", () => {
  test("becomes an alert per entry, oldest first, and one digest", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1.xml", rss([3, 2, 1]));
    expect(await system.ingest(version)).toMatchObject({
      state: "done",
      feed: "v",
      messages: { alerts: 3, digest: 1 },
      counts: { entries: 3, new: 3 },
    });
    expect(shapes(system)).toEqual([
      ["alerts", "alert", 1, 0],
      ["alerts", "alert", 1, 0],
      ["alerts", "alert", 1, 0],
      ["digest", "digest", 3, 0],
    ]);
    expect(titlesFor(system, "alerts")).toEqual(["Title 1", "Title 2", "Title 3"]);
  });

  test("sends nothing when it is replayed", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1.xml", rss([1, 2]));
    await system.ingest(version);
    system.outbox.messages.length = 0;
    expect(await system.ingest(version, { request: { replay: true } })).toMatchObject({
      state: "done",
      messages: {},
      counts: { known: 2, new: 0 },
    });
    expect(shapes(system)).toEqual([]);
  });

  test("that is replayed does not count as an upload of its feed", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1.xml", rss([1, 2]));
    await system.ingest(version);
    const rhythm = async () => (await system.ledger.readHead("v"))?.rhythm;
    const before = await rhythm();
    system.clock.advance(5 * 3_600_000);
    await system.ingest(version, { request: { replay: true } });
    expect(before).toBeDefined();
    expect(await rhythm()).toEqual(before);
  });

  test("sends only what is new in it", async () => {
    const system = await startKnown();
    await system.ingest(system.put("snapshots/v/1.xml", rss([1, 2, 3])));
    system.outbox.messages.length = 0;
    await system.ingest(system.put("snapshots/v/2.xml", rss([4, 3, 2])));
    expect([titlesFor(system, "alerts"), titlesFor(system, "digest")]).toEqual([["Title 4"], ["Title 4"]]);
  });

  test("that is older than the last one sends what is new and nothing again", async () => {
    const system = await startKnown();
    const [older, newer] = [
      system.put("snapshots/v/1", rss([1, 2])),
      system.put("snapshots/v/1", rss([2, 3])),
    ];
    await system.ingest(newer);
    await system.ingest(older);
    expect(titlesFor(system, "alerts").toSorted()).toEqual(["Title 1", "Title 2", "Title 3"]);
  });

  test("with the bytes of the last one costs one read of the ledger and none of the bucket", async () => {
    const system = await startKnown();
    await system.ingest(system.put("snapshots/v/1.xml", rss([1])));
    const opens = system.opens();
    const version = system.upload("snapshots/v/2.xml", rss([1]));
    const before = system.calls.length;
    await system.ingestNext();
    expect(system.calls.slice(before).map(({ name }) => name)).toEqual(["ledger.readHead"]);
    expect(system.opens()).toBe(opens);
    expect(await system.ingest(version)).toMatchObject({ state: "unchanged" });
  });

  test.each([
    ["another version of the code", { codeHash: "new code" }, {}],
    ["another configuration", {}, { smsPartPrice: 0.5 }],
  ])("with the bytes of the last one is read again under %s", async (_, context, changes) => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1.xml", rss([1]));
    await system.ingest(version);
    Object.assign(system.context, context, { configuration: { ...configuration, ...changes } });
    expect(await system.ingest(version)).toMatchObject({ state: "done", counts: { known: 1 } });
    expect(await system.ingest(version)).toMatchObject({ state: "unchanged" });
  });

  test("with known entries only reads the head and the memory and writes the head", async () => {
    const system = await startKnown();
    await system.ingest(system.put("snapshots/v/1.xml", rss(numbers(1, 100))));
    system.upload("snapshots/v/2.xml", `${rss(numbers(1, 100))} `);
    const before = system.calls.length;
    await system.ingestNext();
    const names = system.calls.slice(before).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("ledger."))).toEqual([
      "ledger.readHead",
      "ledger.readMemory",
      "ledger.writeHead",
    ]);
    expect(shapes(system)).toHaveLength(12);
  });

  test("with news writes the plan before it seals, and enqueues only then", async () => {
    const system = await startKnown();
    system.upload("snapshots/v/1.xml", rss([1]));
    const before = system.calls.length;
    await system.ingestNext();
    const names = system.calls.slice(before).map(({ name }) => name);
    const order = [
      "ledger.acquireClaim",
      "ledger.create",
      "plans.write",
      "ledger.sealClaim",
      "outbox.enqueue",
      "ledger.finishClaim",
      "ledger.writeMemory",
      "ledger.writeHead",
    ];
    expect(names.filter((name) => order.includes(name))).toEqual(order);
  });

  test("tells the trace of each entry why it was sent or not", async () => {
    const audiences = [
      audience({ name: "all", mode: "alerts" }),
      audience({ name: "seconds", mode: "alerts", rules: { include: ["title 2"] } }),
    ];
    const system = startSystem({ ...configuration, audiences });
    await system.ingest(system.put("snapshots/v/1", rss([1, 2])));
    expect(system.traces.map(({ title, fate, due }) => [title, fate, due])).toEqual([
      ["Title 1", "sent", ["all"]],
      ["Title 2", "sent", ["all", "seconds"]],
    ]);
  });

  test("whose entries no audience wants is done without a message", async () => {
    const system = startSystem({
      ...configuration,
      audiences: [audience({ name: "alerts", mode: "alerts", rules: { feeds: ["elsewhere"] } })],
    });
    const version = system.put("snapshots/v/1", rss([1]));
    expect(await system.ingest(version)).toMatchObject({
      state: "done",
      messages: {},
      counts: { skipped: 1 },
    });
    expect(system.plans.written).toEqual([]);
    expect([...(await system.ledger.claims([await claimIdOf(system, version, 0)])).values()]).toMatchObject([
      { state: "finished" },
    ]);
  });
});

/** The claim's id as the core derives it. */
async function claimIdOf(
  system: FakeSystem,
  version: Parameters<FakeSystem["ingest"]>[0],
  pass: number,
): Promise<string> {
  const { claimId } = await import("../../functions/core/dedupe/run.ts");
  expect(system.objects.size).toBeGreaterThan(0);
  return claimId(version, undefined, pass);
}

describe("a feed's first import", () => {
  test("of three entries is sent one by one, of more than three as one digest", async () => {
    const few = startSystem();
    await few.ingest(few.put("snapshots/v/1", rss([1, 2, 3])));
    expect(shapesFor(few, "alerts")).toEqual(numbers(1, 3).map(() => ["alerts", "alert", 1, 0]));
    const many = startSystem();
    await many.ingest(many.put("snapshots/v/1", rss([1, 2, 3, 4])));
    expect(shapesFor(many, "alerts")).toEqual([["alerts", "digest", 4, 0]]);
  });

  test("counts what one digest can't show", async () => {
    const system = startSystem();
    await system.ingest(system.put("snapshots/v/1", rss(numbers(1, 400))));
    expect(shapes(system)).toEqual([
      ["alerts", "digest", 50, 350],
      ["digest", "digest", 50, 350],
    ]);
  });

  test("is the first snapshot of which an entry was read", async () => {
    const system = startSystem();
    expect(await system.ingest(system.put("snapshots/v/1", "no feed"))).toMatchObject({
      state: "quarantined",
    });
    await system.ingest(system.put("snapshots/v/2", rss(numbers(1, 6))));
    expect(shapesFor(system, "alerts")).toEqual([["alerts", "digest", 6, 0]]);

    const empty = startSystem();
    await empty.ingest(empty.put("snapshots/v/1", rss([])));
    await empty.ingest(empty.put("snapshots/v/2", rss(numbers(1, 6))));
    expect(shapesFor(empty, "alerts"), "an empty feed is known").toHaveLength(6);
  });

  test("is known from the feed's head, not from its memory", async () => {
    const forgetful = await startKnown();
    const noMemory = { ...forgetful.ledger, readMemory: async () => undefined };
    const version = forgetful.put("snapshots/v/1", rss(numbers(1, 5)));
    await forgetful.ingest(version, { ports: { ...forgetful.ports, ledger: noMemory } });
    expect(shapesFor(forgetful, "alerts")).toHaveLength(5);

    const headless = await startKnown();
    const noHead = { ...headless.ledger, readHead: async () => undefined };
    const again = headless.put("snapshots/v/1", rss(numbers(1, 5)));
    await headless.ingest(again, { ports: { ...headless.ports, ledger: noHead } });
    expect(shapesFor(headless, "alerts")).toEqual([["alerts", "digest", 5, 0]]);
  });

  test("that is taken over before its seal is one digest all the same", async () => {
    const system = startSystem();
    const version = system.put("snapshots/v/1", rss(numbers(1, 6)));
    void system.ingest(version, { ports: dyingAt(system, "ledger.sealClaim") });
    await settle();
    leaseOver(system);
    await system.ingest(system.put("snapshots/v/2", rss(numbers(2, 7))));
    expect(shapesFor(system, "alerts")).toEqual([["alerts", "digest", 6, 0]]);
  });

  test("is over once a snapshot was sent, even one that could not be read to its end", async () => {
    const system = startSystem({ ...configuration, limits: { ...configuration.limits, entries: 5 } });
    await system.ingest(system.put("snapshots/v/1", rss(numbers(1, 9))));
    system.outbox.messages.length = 0;
    await system.ingest(system.put("snapshots/v/2", rss(numbers(20, 24))));
    expect(shapesFor(system, "alerts")).toHaveLength(5);
  });
});

describe("the flood guard", () => {
  test("sends the newest one by one, shows the next newest in one closing message and counts the rest", async () => {
    const system = await startKnown();
    await system.ingest(system.put("snapshots/v/1.xml", rss(numbers(1, 400))));
    expect(shapes(system)).toEqual([
      ...numbers(1, 10).map(() => ["alerts", "alert", 1, 0]),
      ["alerts", "digest", 50, 340],
      ["digest", "digest", 50, 350],
    ]);
    expect(titlesFor(system, "alerts").slice(0, 11)).toEqual([
      ...numbers(391, 400).map((n) => `Title ${n}`),
      "Title 390",
    ]);
    const again = system.put("snapshots/v/2.xml", rss(numbers(2, 400)));
    expect(await system.ingest(again)).toMatchObject({ messages: {}, counts: { known: 399 } });
  });
});

describe("a snapshot without a feed in its key", () => {
  test("belongs to the feed that its head names, and is opened once", async () => {
    const system = startSystem();
    expect(await system.ingest(system.put("snapshots/1.xml", rss([1, 2])))).toMatchObject({
      state: "done",
      feed: expect.stringMatching(/^a-feed-[0-9a-f]{8}$/),
    });
    expect(system.opens()).toBe(1);
  });

  test("belongs to the host of its links where its head names none", async () => {
    const system = startSystem();
    const markdown = "[A title](https://news.example/1)\n---\n\nA text that is long enough to be one.\n";
    expect(await system.ingest(system.put("snapshots/1.md", markdown))).toMatchObject({
      feed: "news.example",
    });
  });

  test("meets the entries of its feed's other snapshots", async () => {
    const system = startSystem();
    const named = rss([1, 2]).replace("A feed", "voa");
    await system.ingest(system.put("snapshots/voa/1.xml", named));
    expect(await system.ingest(system.put("snapshots/1.xml", `${named} `))).toMatchObject({
      feed: "voa",
      counts: { known: 2, new: 0 },
    });
  });

  test("with the same bytes under the same key is not read again", async () => {
    const system = startSystem();
    await system.ingest(system.put("snapshots/1.xml", rss([1])));
    const opens = system.opens();
    expect(await system.ingest(system.put("snapshots/1.xml", rss([1])))).toMatchObject({
      state: "unchanged",
    });
    expect(system.opens()).toBe(opens);
  });
});

describe.each([
  ["with", "snapshots/v/1.xml"],
  ["without", "snapshots/1.xml"],
])("a snapshot %s a feed in its key", (_, key) => {
  test("is sent up to the point at which it becomes unreadable, and quarantined with its reason", async () => {
    const system = startSystem({ ...configuration, limits: { ...configuration.limits, entries: 3 } });
    expect(await system.ingest(system.put(key, rss(numbers(1, 9))))).toMatchObject({
      state: "quarantined",
      error: { code: "too-many-entries" },
      messages: { alerts: 3, digest: 1 },
    });
    expect(titlesFor(system, "digest").toSorted()).toEqual(["Title 1", "Title 2", "Title 3"]);
    expect(system.quarantined).toMatchObject([{ version: { key }, reason: { code: "too-many-entries" } }]);
  });

  test("that was quarantined is read again when it comes with the same bytes", async () => {
    const system = startSystem({ ...configuration, limits: { ...configuration.limits, entries: 3 } });
    await system.ingest(system.put(key, rss(numbers(1, 9))));
    expect(await system.ingest(system.put(key, rss(numbers(1, 9))))).toMatchObject({
      state: "quarantined",
      messages: {},
    });
  });

  test.each([
    ["no feed", "just a note", "format-unknown"],
    ["empty", "", "snapshot-empty"],
  ])("that is %s is quarantined with what was found and what was expected", async (_, content, code) => {
    const system = startSystem();
    expect(await system.ingest(system.put(key, content))).toMatchObject({
      state: "quarantined",
      error: { code },
    });
    expect(system.quarantined).toMatchObject([{ reason: { code, hint: expect.stringMatching(/./) } }]);
    expect(shapes(system)).toEqual([]);
  });

  test("that is larger than the limit is not read at all, and its stream is closed", async () => {
    const system = startSystem({ ...configuration, limits: { ...configuration.limits, bytes: 100 } });
    expect(await system.ingest(system.put(key, rss([1])))).toMatchObject({
      state: "quarantined",
      error: { code: "snapshot-too-large" },
    });
  });

  test("that is gone is quarantined", async () => {
    const system = startSystem();
    expect(await system.ingest({ bucket: "b", key, versionId: "none" })).toMatchObject({
      state: "quarantined",
      error: { code: "snapshot-gone" },
    });
  });

  test.each(["readHead", "readMemory", "acquireClaim", "create", "read", "sealClaim", "writeHead"] as const)(
    "closes the bucket's stream when ledger.%s fails",
    async (method) => {
      const system = startSystem();
      const version = system.put(key, rss(numbers(1, 300)));
      let opened = 0;
      let closed = 0;
      const snapshots = {
        ...system.ports.snapshots,
        open: async () => {
          opened++;
          return {
            chunks: {
              [Symbol.asyncIterator]: () => {
                const whole = rss(numbers(1, 300));
                let at = 0;
                return {
                  next: async () => {
                    if (at >= whole.length) {
                      closed = opened;
                      return { done: true as const, value: undefined };
                    }
                    at += 2_000;
                    return { done: false as const, value: Buffer.from(whole.slice(at - 2_000, at)) };
                  },
                  return: async () => {
                    closed = opened;
                    return { done: true as const, value: undefined };
                  },
                };
              },
            },
          };
        },
      };
      const ledger = { ...system.ledger, [method]: () => Promise.reject(new Error("throttled")) };
      await expect(system.ingest(version, { ports: { ...system.ports, snapshots, ledger } })).rejects.toThrow(
        "throttled",
      );
      expect(closed).toBe(opened);
    },
  );
});

describe("a run that died", () => {
  test("before its seal is taken over, its entries regrouped with the newer ones, and sends nothing itself", async () => {
    const system = await startKnown();
    void system.ingest(system.put("snapshots/v/1", rss([1, 2])), { ports: dyingAt(system, "plans.write") });
    await settle();
    const next = system.put("snapshots/v/2", rss([1, 2, 3]));
    expect(await system.ingest(next)).toMatchObject({
      state: "retry",
      code: "entry-held",
      until: expect.any(Number),
      counts: { held: 2, new: 1 },
    });
    leaseOver(system);
    expect(await system.ingest(next, { request: { attempts: 1 } })).toMatchObject({
      state: "done",
      messages: { alerts: 2, digest: 1 },
    });
    expect(titlesFor(system, "alerts").toSorted()).toEqual(["Title 1", "Title 2", "Title 3"]);
  });

  test("before its seal can't seal any more once its entries were taken over", async () => {
    const system = await startKnown();
    let goOn = () => {};
    const stalled = new Promise<void>((resolve) => (goOn = resolve));
    const plans = {
      ...system.plans,
      write: async (...given: Parameters<typeof system.plans.write>) => {
        await stalled;
        return system.plans.write(...given);
      },
    };
    const first = system.put("snapshots/v/1", rss([1, 2]));
    const zombie = system.ingest(first, { ports: { ...system.ports, plans } });
    await settle();
    leaseOver(system);
    await system.ingest(system.put("snapshots/v/2", rss([1, 2])));
    goOn();
    expect(await zombie).toMatchObject({ state: "retry", code: "entry-held" });
    expect(titlesFor(system, "alerts").toSorted()).toEqual(["Title 1", "Title 2"]);
    expect(await system.ingest(first, { request: { attempts: 1, replay: true } })).toMatchObject({
      state: "done",
      messages: {},
    });
    expect(titlesFor(system, "alerts")).toHaveLength(2);
  });

  test("after its seal is finished by the redelivered message, and its entries count as known meanwhile", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1, 2]));
    void system.ingest(version, { ports: dyingAt(system, "outbox.enqueue") });
    await settle();
    leaseOver(system);
    expect(await system.ingest(system.put("snapshots/v/2", rss([1, 2, 3])))).toMatchObject({
      state: "done",
      counts: { known: 2, new: 1 },
    });
    expect(titlesFor(system, "alerts")).toEqual(["Title 3"]);
    expect(await system.ingest(version, { request: { receives: 2 } })).toMatchObject({ state: "done" });
    expect(titlesFor(system, "alerts").toSorted()).toEqual(["Title 1", "Title 2", "Title 3"]);
    await system.ingest(version, { request: { receives: 3, replay: true } });
    expect(titlesFor(system, "alerts")).toHaveLength(3);
  });

  test("after its plan was enqueued is not told again", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1, 2]));
    void system.ingest(version, { ports: dyingAt(system, "ledger.finishClaim") });
    await settle();
    leaseOver(system);
    await system.ingest(version, { request: { receives: 2 } });
    const ids = system.enqueued().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    await system.drain();
    expect(system.told("alerts").toSorted()).toEqual(["Title 1", "Title 2"]);
  });

  test("and whose message is redelivered while its lease lasts is retried when the lease is over", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1]));
    void system.ingest(version, { ports: dyingAt(system, "plans.write") });
    await settle();
    const lease = system.clock.now() + 65_000;
    expect(await system.ingest(version, { request: { receives: 2 } })).toMatchObject({
      state: "retry",
      code: "entry-held",
      until: lease,
    });
    leaseOver(system);
    expect(await system.ingest(version, { request: { receives: 3 } })).toMatchObject({ state: "done" });
    expect(titlesFor(system, "alerts")).toEqual(["Title 1"]);
  });

  test("with a request to send again is neither forgotten nor doubled by a poll in between", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1]));
    await system.ingest(version);
    system.outbox.messages.length = 0;
    const request = { replay: true, resend: "request-1" };
    void system.ingest(version, { request, ports: dyingAt(system, "plans.write") });
    await settle();
    leaseOver(system);
    const noMemory = { ...system.ledger, readMemory: async () => undefined };
    await system.ingest(system.put("snapshots/v/2", `${rss([1])} `), {
      ports: { ...system.ports, ledger: noMemory },
    });
    await system.ingest(version, { request: { ...request, receives: 2 } });
    expect(titlesFor(system, "alerts")).toEqual(["Title 1"]);
  });
});

describe("a run that fails", () => {
  test("before its seal leaves its entries to the next one at once", async () => {
    const system = await startKnown();
    const plans = { ...system.plans, write: () => Promise.reject(new Error("503")) };
    const version = system.put("snapshots/v/1", rss([1, 2]));
    await expect(system.ingest(version, { ports: { ...system.ports, plans } })).rejects.toThrow("503");
    expect(await system.ingest(system.put("snapshots/v/2", rss([1, 2])))).toMatchObject({
      state: "done",
      messages: { alerts: 2, digest: 1 },
    });
    expect(await system.ingest(version, { request: { attempts: 1, replay: true } })).toMatchObject({
      state: "done",
      messages: {},
    });
  });

  test("and can't release its claim either reports its own failure", async () => {
    const system = await startKnown();
    const plans = { ...system.plans, write: () => Promise.reject(new Error("first")) };
    const ledger = { ...system.ledger, releaseClaim: () => Promise.reject(new Error("second")) };
    const version = system.put("snapshots/v/1", rss([1, 2]));
    await expect(system.ingest(version, { ports: { ...system.ports, plans, ledger } })).rejects.toThrow(
      "first",
    );
  });
});

describe("two runs at the same time", () => {
  test("of one snapshot send each entry once, and the second is retried", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss(numbers(1, 8)));
    const results = await Promise.all([system.ingest(version), system.ingest(version)]);
    expect(results.map(({ state }) => state).toSorted()).toEqual(["done", "retry"]);
    expect(titlesFor(system, "alerts")).toHaveLength(8);
    leaseOver(system);
    expect(await system.ingest(version, { request: { attempts: 1 } })).toMatchObject({ messages: {} });
    expect(titlesFor(system, "alerts")).toHaveLength(8);
  });
});

describe("a run without time", () => {
  const handedOn = async (system: FakeSystem, version: Parameters<FakeSystem["ingest"]>[0]) => {
    const late = { deadline: system.clock.now() - 1 };
    expect(await system.ingest(version, { invocation: late })).toMatchObject({ state: "continued" });
    const { request } = system.requests.at(-1) ?? {};
    if (!request) throw new Error("Nothing was handed on.");
    return request;
  };

  test("hands its claim on, and the next round ends under the same claim", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1, 2]));
    const request = await handedOn(system, version);
    expect(request.continued).toMatchObject({ round: 1, claim: await claimIdOf(system, version, 0) });
    expect(await system.ingest(version, { request })).toMatchObject({
      state: "done",
      messages: { alerts: 2 },
    });
    expect(system.enqueued().every(({ id }) => id.startsWith(`${request.continued?.claim}.`))).toBe(true);
  });

  test("supersedes the message of an earlier round", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1, 2]));
    const request = await handedOn(system, version);
    expect(await system.ingest(version, { request: { receives: 2 } })).toMatchObject({ state: "superseded" });
    await system.ingest(version, { request });
    expect(
      await system.ingest(version, { request: { ...request, receives: 2, replay: true } }),
    ).toMatchObject({ state: "done", messages: {} });
    expect(titlesFor(system, "alerts")).toHaveLength(2);
  });

  test("that can't learn whether its message was sent does not free the claim of the next round", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1, 2, 3]));
    let next: Promise<unknown> = Promise.resolve();
    const requests = {
      send: async (request: Parameters<typeof system.ports.requests.send>[0]) => {
        system.clock.advance(70_000);
        next = system.ingest(version, { request, ports: dyingAt(system, "plans.write") });
        await settle();
        throw new Error("no answer from the queue");
      },
    };
    const late = { deadline: system.clock.now() - 1 };
    await expect(
      system.ingest(version, { invocation: late, ports: { ...system.ports, requests } }),
    ).rejects.toThrow("no answer");
    void next;
    expect(await system.ingest(version, { request: { attempts: 1 } })).toMatchObject({ state: "superseded" });
    expect(await system.ingest(system.put("snapshots/v/2", rss([3])))).toMatchObject({
      state: "retry",
      code: "entry-held",
    });
  });

  test("whose claim was ended reads the snapshot from its start", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss(numbers(1, 150)));
    let polls = 0;
    const busy = {
      ...system.ledger,
      create: async (...given: Parameters<typeof system.ledger.create>) => {
        if (++polls === 100) system.clock.advance(46_000);
        return system.ledger.create(...given);
      },
    };
    expect(await system.ingest(version, { ports: { ...system.ports, ledger: busy } })).toMatchObject({
      state: "continued",
    });
    const { request } = system.requests.at(-1) ?? {};
    leaseOver(system);
    leaseOver(system);
    await system.ingest(system.put("snapshots/v/2", rss([1])));
    expect(titlesFor(system, "alerts")).toEqual(["Title 1"]);
    system.outbox.messages.length = 0;
    expect(await system.ingest(version, { request: request ?? {} })).toMatchObject({
      state: "done",
      counts: { new: 149, known: 1 },
    });
    expect(shapesFor(system, "digest")).toEqual([["digest", "digest", 50, 99]]);
  });

  test("again and again is retried in the end, and goes on where it is", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1]));
    let request: Parameters<FakeSystem["ingest"]>[1] = {};
    let state = "continued";
    for (let round = 0; state === "continued" && round < 300; round++) {
      const result = await system.ingest(version, {
        ...request,
        invocation: { deadline: system.clock.now() - 1 },
      });
      ({ state } = result);
      request = { request: system.requests.at(-1)?.request ?? {} };
      system.clock.advance(70_000);
    }
    expect(state).toBe("retry");
    expect(await system.ingest(version, request)).toMatchObject({ state: "done", messages: { alerts: 1 } });
  });
});

describe("updates", () => {
  const told = (text: string) =>
    rss([1]).replace("What happened in case number 1 is told here at some length.", text);
  const first = "Two people were injured on the bridge on Monday, the police said in the evening.";
  const second = "Nine people were injured on the bridge on Monday; the mayor has closed it until Friday.";
  const start = (updates: "ignore" | "mark" | "resend") =>
    startSystem({ ...configuration, feeds: { v: { updates } } });

  test.each([
    ["ignore", 0, undefined],
    ["resend", 1, undefined],
    ["mark", 1, true],
  ] as const)("%s", async (updates, messages, revised) => {
    const system = start(updates);
    await system.ingest(system.put("snapshots/v/1", told(first)));
    system.outbox.messages.length = 0;
    await system.ingest(system.put("snapshots/v/1", told(second)));
    expect(shapesFor(system, "alerts")).toHaveLength(messages);
    for (const message of system.enqueued()) expect(machineView(message).entries[0]?.revised).toBe(revised);
    await system.ingest(system.put("snapshots/v/1", `${told(second)} `));
    expect(shapesFor(system, "alerts")).toHaveLength(messages);
  });

  test.each(["mark", "resend"] as const)(
    "%s: versions of a key that come in the wrong order send no old text",
    async (updates) => {
      const system = start(updates);
      const versions = [told(first), told(second)].map((text) => system.put("snapshots/v/1", text));
      for (const version of versions.toReversed()) await system.ingest(version);
      expect(system.enqueued().filter(({ audience }) => audience === "alerts")).toHaveLength(1);
      for (const version of versions) await system.ingest(version, { request: { replay: true } });
      expect(system.enqueued().filter(({ audience }) => audience === "alerts")).toHaveLength(1);
    },
  );

  test("an entry that stands twice in its feed with two texts is no update of itself", async () => {
    const system = start("resend");
    const item = (text: string) =>
      `<item><guid isPermaLink="false">g</guid><title>One</title><link>https://x.example/1</link><description>${text}</description></item>`;
    for (let n = 0; n < 3; n++)
      await system.ingest(
        system.put(
          "snapshots/v/1",
          `<rss version="2.0"><channel><title>F</title>${item(first)}${item(second)}<!-- ${n} --></channel></rss>`,
        ),
      );
    expect(shapesFor(system, "alerts")).toHaveLength(1);
  });
});

describe("a request to send again", () => {
  test("sends everything once more under ids of its own, once per request", async () => {
    const system = await startKnown();
    const version = system.put("snapshots/v/1", rss([1, 2]));
    await system.ingest(version);
    await system.ingest(version, { request: { replay: true, resend: "request-1" } });
    await system.ingest(version, { request: { replay: true, resend: "request-1" } });
    expect(titlesFor(system, "alerts").toSorted()).toEqual(["Title 1", "Title 1", "Title 2", "Title 2"]);
    await system.ingest(version, { request: { replay: true, resend: "request-2" } });
    const ids = system.enqueued().map(({ id }) => id);
    expect(ids).toHaveLength(9);
    expect(new Set(ids).size).toBe(9);
  });
});

test("two entries that could both be the edit of a known one are new", async () => {
  const system = startSystem();
  const feed = (...titles: readonly string[]) =>
    `<rss version="2.0"><channel><title>F</title>${titles
      .map((title) => `<item><title>${title}</title><link>https://x.example/live</link></item>`)
      .join("")}</channel></rss>`;
  await system.ingest(system.put("snapshots/v/1", feed("Bridge opens")));
  await system.ingest(system.put("snapshots/v/2", feed("Ferry stops", "Tunnel floods")));
  expect(titlesFor(system, "alerts")).toEqual(["Bridge opens", "Tunnel floods", "Ferry stops"]);
  await system.ingest(system.put("snapshots/v/3", `${feed("Ferry stops", "Tunnel floods")} `));
  expect(shapesFor(system, "alerts")).toHaveLength(3);
});

test("the rhythm of uploads is noted at their place, not at the feed that a snapshot names", async () => {
  const system = startSystem();
  await system.ingest(system.put("snapshots/loose.xml", rss([1])));
  const places = (await system.ledger.knownFeeds()).map(({ place }) => place);
  expect(places).toEqual([expect.stringMatching(/^~/u)]);
});

describe("recognition over time", () => {
  test("an entry that its feed still shows is remembered, however unevenly it is polled", async () => {
    const system = await startKnown();
    const half = (configuration.ledgerDays / 2) * day;
    await system.ingest(system.put("snapshots/v/1", rss([1])));
    // Just not due for renewal when another entry changes the bytes.
    system.clock.advance(half - 60_000);
    await system.ingest(system.put("snapshots/v/2", rss([1, 2])));
    system.clock.advance(half - 60_000);
    await system.ingest(system.put("snapshots/v/3", rss([1, 2])));
    system.clock.advance(day);
    await system.ingest(system.put("snapshots/v/4", rss([1, 2])));
    expect(titlesFor(system, "alerts")).toEqual(["Title 1", "Title 2"]);
  });

  test("an entry of a feed whose memory is lost is found in the ledger", async () => {
    const system = await startKnown();
    await system.ingest(system.put("snapshots/v/1", rss(numbers(1, 5))));
    system.outbox.messages.length = 0;
    const ledger = { ...system.ledger, readMemory: async () => undefined };
    await system.ingest(system.put("snapshots/v/2", rss(numbers(1, 6))), {
      ports: { ...system.ports, ledger },
    });
    expect(titlesFor(system, "alerts")).toEqual(["Title 6"]);
  });

  test("an entry is no edit of one further down in the same large snapshot", async () => {
    const system = await startKnown();
    const page = (titles: readonly string[]) =>
      `<rss version="2.0"><channel><title>Changes</title>${titles
        .map((title) => `<item><title>${title}</title><link>https://x.example/changes</link></item>`)
        .join("")}</channel></rss>`;
    const titles = numbers(1, 250).map((n) => `Change ${n}`);
    await system.ingest(system.put("snapshots/v/1", page(titles)));
    system.outbox.messages.length = 0;
    const young = ["Change 251", ...titles.toReversed()];
    expect(await system.ingest(system.put("snapshots/v/2", page(young)))).toMatchObject({
      counts: { new: 1 },
    });
    expect(titlesFor(system, "alerts")).toEqual(["Change 251"]);
    const again = system.put("snapshots/v/3", page(young.toReversed()));
    expect(await system.ingest(again)).toMatchObject({ counts: { new: 0 } });
  });

  test("a text after a large embedded picture is summarised", async () => {
    const system = startSystem();
    const picture = `&lt;img src="data:image/png;base64,${"iVBORw0KGgo".repeat(4000)}"&gt;`;
    const text = "What happened in case number 1 is told here at some length.";
    await system.ingest(
      system.put("snapshots/v/1", rss([1]).replace(text, `${picture}&lt;p&gt;${text}&lt;/p&gt;`)),
    );
    expect(system.enqueued()[0]?.email).toContain(text);
  });
});

test("an entry of Unicode text is one entry in each of its forms", async () => {
  const system = await startKnown();
  const names = ["京都議定書 🌍", "مؤتمر المناخ", "Ça déjà\u0301", "ไม่มีช่องว่าง"];
  const feed = (form: "NFC" | "NFD") =>
    `<rss version="2.0"><channel><title>F</title>${names
      .map(
        (name, i) =>
          `<item><title>${name.normalize(form)}</title><link>https://unicode.example/${i}</link></item>`,
      )
      .join("")}</channel></rss>`;
  await system.ingest(system.put("snapshots/v/1", feed("NFC")));
  expect(await system.ingest(system.put("snapshots/v/2", feed("NFD")))).toMatchObject({ counts: { new: 0 } });
  expect(titlesFor(system, "alerts")).toHaveLength(names.length);
});
