import { describe, expect, test } from "vitest";
import { packBatches } from "../../functions/core/deliver.ts";
import type { Message } from "../../functions/core/message/message.ts";
import { audience, configuration, rss, startSystem } from "../support/fake-system.ts";

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("a snapshot", () => {
  test("goes to each audience in its own way, and once", async () => {
    const system = startSystem();
    const version = system.upload("snapshots/voa/1.xml", rss([1, 2, 3]));
    expect(await system.run(version)).toMatchObject({
      state: "done",
      feed: "voa",
      messages: 4,
      counts: { entries: 3, new: 3 },
    });
    expect(system.published.map(({ audience, kind }) => `${audience} ${kind}`)).toEqual([
      "alerts alert",
      "alerts alert",
      "alerts alert",
      "digest digest",
    ]);
    expect(system.published[0]?.subject).toContain("Title 1");
    expect(await system.run(version, { replay: true })).toMatchObject({
      state: "done",
      messages: 0,
      counts: { known: 3 },
    });
  });

  test("with the same bytes costs one read of the ledger and none of the bucket", async () => {
    const system = startSystem();
    await system.run(system.upload("snapshots/voa/1.xml", rss([1])));
    const opens = system.opens();
    expect(await system.run(system.upload("snapshots/voa/2.xml", rss([1])))).toMatchObject({
      state: "unchanged",
    });
    expect(system.opens()).toBe(opens);
  });

  test("sends only what is new in it", async () => {
    const system = startSystem();
    await system.run(system.upload("snapshots/voa/1.xml", rss([1, 2, 3])));
    system.published.length = 0;
    await system.run(system.upload("snapshots/voa/2.xml", rss([4, 3, 2])));
    expect(system.published).toHaveLength(2);
    for (const { email } of system.published) expect(email.match(/Title \d/g)).toEqual(["Title 4"]);
  });

  test("that is older than the last one sends nothing that is known and loses nothing", async () => {
    const system = startSystem();
    const [old, young] = [
      system.upload("snapshots/v/1", rss([1, 2])),
      system.upload("snapshots/v/1", rss([2, 3])),
    ];
    await system.run(young);
    await system.run(old);
    expect(system.told("alerts")).toHaveLength(3);
    expect(new Set(system.told("alerts")).size).toBe(3);
  });

  test("without a feed in its key belongs to the feed that it names", async () => {
    const system = startSystem();
    expect(await system.run(system.upload("snapshots/1.xml", rss([1])))).toMatchObject({
      feed: expect.stringMatching(/^a-feed-[0-9a-f]{8}$/),
    });
    const markdown = "[A title](https://news.example/1)\n---\n\nA text that is long enough to be one.\n";
    expect(await system.run(system.upload("snapshots/1.md", markdown))).toMatchObject({
      feed: "news.example",
    });
  });
});

test("a text behind a large embedded picture is summarised", async () => {
  const system = startSystem();
  const picture = `&lt;img src="data:image/png;base64,${"iVBORw0KGgo".repeat(4000)}"&gt;`;
  const text = "What happened in case number 1 is told here at some length.";
  await system.run(
    system.upload("snapshots/v/1", rss([1]).replace(text, `${picture}&lt;p&gt;${text}&lt;/p&gt;`)),
  );
  expect(system.published[0]?.email).toContain(text);
});

test("the bucket's stream is closed when the ledger fails", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss([1, 2]));
  let isClosed = false;
  const snapshots = {
    ...system.ports.snapshots,
    open: async () => ({
      chunks: (async function* () {
        try {
          for (;;) yield Buffer.from(rss(numbers(1, 300)).replace("</channel></rss>", ""));
        } finally {
          isClosed = true;
        }
      })(),
    }),
  };
  const ledger = { ...system.ledger, create: () => Promise.reject(new Error("throttled")) };
  await expect(system.run(version, {}, { ...system.ports, snapshots, ledger })).rejects.toThrow("throttled");
  expect(isClosed).toBe(true);
});

describe("the flood guard", () => {
  test("sends the newest one by one, shows the next newest in one closing message and counts the rest", async () => {
    const system = startSystem();
    expect(await system.run(system.upload("snapshots/voa/1.xml", rss(numbers(1, 400))))).toMatchObject({
      state: "done",
    });
    const alerts = system.published.filter(({ audience }) => audience === "alerts");
    expect(alerts.map(({ kind, keys, more }) => [kind, keys.length, more])).toEqual([
      ...Array.from({ length: 10 }, () => ["alert", 1, 0]),
      ["digest", 50, 340],
    ]);
    expect(alerts[0]?.subject).toContain("Title 391");
    expect(alerts[9]?.subject).toContain("Title 400");
    expect(alerts[10]?.email).toContain("Title 390");
    expect(alerts[10]?.email).toContain("340");
    const [digest] = system.published.filter(({ audience }) => audience === "digest");
    expect(digest).toMatchObject({ more: 350 });
    const again = system.upload("snapshots/voa/2.xml", rss(numbers(2, 400)));
    expect(await system.run(again)).toMatchObject({ state: "done", messages: 0, counts: { known: 399 } });
  });

  test("sends the counting message last and alone", () => {
    const message = (more: number, bytes = 1000) => ({ more, bytes }) as Message;
    const sizes = (messages: readonly Message[]) => packBatches(messages).map((batch) => batch.length);
    expect(sizes(Array.from({ length: 23 }, () => message(0)))).toEqual([10, 10, 3]);
    expect(sizes([message(5), message(0), message(0)])).toEqual([2, 1]);
    expect(sizes([message(0, 200_000), message(0, 62_144), message(0, 1)])).toEqual([2, 1]);
  });
});

describe("what fails", () => {
  test("is tried again, and nothing that was accepted is sent again", async () => {
    const system = startSystem();
    let failures = 3;
    system.answer(({ subject }) =>
      subject.includes("Title 2") && failures-- > 0
        ? { outcome: "failed", why: "Throttled" }
        : { outcome: "accepted" },
    );
    expect(await system.run(system.upload("snapshots/v/1", rss([1, 2, 3])))).toMatchObject({ state: "done" });
    expect(new Set(system.told("alerts")).size).toBe(3);
    expect(system.told("alerts")).toHaveLength(3);
  });

  test("for long is handed back and goes on from there", async () => {
    const system = startSystem();
    system.answer(({ audience }) =>
      audience === "digest" ? { outcome: "failed", why: "Throttled" } : { outcome: "accepted" },
    );
    const version = system.upload("snapshots/v/1", rss([1, 2]));
    expect(await system.run(version)).toMatchObject({
      state: "back",
      code: "service-unavailable",
      why: "Throttled",
    });
    system.answer(() => ({ outcome: "accepted" }));
    expect(await system.run(version)).toMatchObject({ state: "done", messages: 1 });
    expect(system.published.map(({ audience }) => audience)).toEqual(["alerts", "alerts", "digest"]);
  });

  test("a closing message waits until everything before it is accepted", async () => {
    const system = startSystem();
    system.answer(({ subject, audience }) =>
      audience === "alerts" && subject.includes("Title 99")
        ? { outcome: "failed", why: "x" }
        : { outcome: "accepted" },
    );
    const version = system.upload("snapshots/v/1", rss(numbers(1, 100)));
    expect(await system.run(version)).toMatchObject({ state: "back" });
    expect(
      system.published.filter(({ kind, audience }) => kind === "digest" && audience === "alerts"),
    ).toEqual([]);
    system.answer(() => ({ outcome: "accepted" }));
    expect(await system.run(version)).toMatchObject({ state: "done" });
    expect(new Set(system.told("alerts")).size).toBe(system.told("alerts").length);
  });

  test("at one topic keeps no other from its messages", async () => {
    const system = startSystem();
    system.answer(({ audience }) =>
      audience === "alerts" ? { outcome: "failed", why: "AuthorizationError" } : { outcome: "accepted" },
    );
    const version = system.upload("snapshots/v/1", rss([1, 2]));
    expect(await system.run(version)).toMatchObject({
      state: "back",
      code: "service-unavailable",
      messages: 1,
    });
    expect(system.told("digest")).toHaveLength(2);
    expect(await system.run(version)).toMatchObject({ state: "back", messages: 0 });
    system.answer(() => ({ outcome: "accepted" }));
    expect(await system.run(version)).toMatchObject({ state: "done", messages: 2 });
    expect([system.told("alerts"), system.told("digest")].map(({ length }) => length)).toEqual([2, 2]);
  });

  test("for good is put aside with its message and does not block the others", async () => {
    const system = startSystem();
    system.answer(({ subject, audience }) =>
      audience === "alerts" && subject.includes("Title 2")
        ? { outcome: "refused", why: "InvalidParameter" }
        : { outcome: "accepted" },
    );
    const version = system.upload("snapshots/v/1", rss([1, 2, 3]));
    expect(await system.run(version)).toMatchObject({ state: "done" });
    expect(system.told("alerts")).toHaveLength(2);
    expect(system.quarantined).toMatchObject([
      { reason: { code: "message-refused", message: { audience: "alerts" } } },
    ]);
    expect(await system.run(version, { replay: true })).toMatchObject({ messages: 0 });
  });

  test("a snapshot that is no feed is put aside with what was found and what was expected", async () => {
    const system = startSystem();
    expect(await system.run(system.upload("snapshots/v/1", "just a note"))).toMatchObject({
      state: "quarantined",
    });
    expect(system.quarantined).toMatchObject([
      { reason: { code: "format-unknown", hint: expect.stringContaining("login page") } },
    ]);
  });

  test("a snapshot larger than the limit is not read at all", async () => {
    const system = startSystem({ ...configuration, limits: { ...configuration.limits, bytes: 100 } });
    expect(await system.run(system.upload("snapshots/v/1", rss([1])))).toMatchObject({
      state: "quarantined",
    });
    expect(system.quarantined[0]?.reason.code).toBe("snapshot-too-large");
  });

  test("entries before the point at which a snapshot becomes unreadable are sent", async () => {
    const system = startSystem({ ...configuration, limits: { ...configuration.limits, entries: 3 } });
    expect(await system.run(system.upload("snapshots/v/1", rss(numbers(1, 9))))).toMatchObject({
      state: "quarantined",
      messages: 4,
    });
    expect(system.quarantined[0]?.reason.code).toBe("too-many-entries");
  });
});

describe("two runs", () => {
  test("at the same time send each entry once, and neither acknowledges what the other has only claimed", async () => {
    const system = startSystem();
    const version = system.upload("snapshots/v/1", rss(numbers(1, 8)));
    const outcomes = await Promise.all([system.run(version), system.run(version)]);
    expect(system.told("alerts")).toHaveLength(8);
    expect(outcomes.map(({ state }) => state)).toContain("back");
    expect(outcomes.find(({ state }) => state === "back")).toMatchObject({
      code: "entry-held",
      until: expect.any(Number),
    });
    system.clock.advance(70_000);
    expect(await system.run(version)).toMatchObject({ messages: 0 });
  });

  test("a run that has no time left hands on, and the next one goes on under the same claim", async () => {
    const system = startSystem();
    const version = system.upload("snapshots/v/1", rss(numbers(1, 5)));
    expect(await system.run(version, { deadline: system.clock.now() - 1 })).toMatchObject({
      state: "continued",
    });
    const [sent] = system.continuations;
    expect(sent?.[1]).toMatchObject({ round: 1 });
    expect(await system.run(version, { continued: sent?.[1] ?? { claim: "", round: 0 } })).toMatchObject({
      state: "done",
      messages: 6,
    });
    expect(await system.run(version, { continued: sent?.[1] ?? { claim: "", round: 0 } })).toMatchObject({
      messages: 0,
    });
  });

  test("a run that dies after publishing and before recording repeats only what was in that call", async () => {
    const system = startSystem();
    const version = system.upload("snapshots/v/1", rss(numbers(1, 12)));
    const dying = {
      ...system.ports,
      ledger: { ...system.ledger, sent: () => new Promise<void>(() => undefined) },
    };
    void system.run(version, {}, dying);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const first = system.told("alerts");
    expect(first).toHaveLength(10);
    expect(await system.run(version)).toMatchObject({ state: "back", code: "entry-held" });
    system.clock.advance(70_000);
    expect(await system.run(version)).toMatchObject({ state: "done" });
    const counts = Map.groupBy(system.told("alerts"), (key) => key);
    expect(counts.size).toBe(12);
    expect([...counts.values()].filter(({ length }) => length > 1)).toHaveLength(10);
  });
});

describe("rules", () => {
  test("decide who gets what, and preview's notes tell why", async () => {
    const audiences = [
      audience({ name: "all", cadence: "each" }),
      audience({ name: "seconds", cadence: "each", rules: { include: ["title 2"] } }),
      audience({ name: "others", cadence: "upload", rules: { feeds: ["elsewhere"] } }),
    ];
    const system = startSystem({ ...configuration, audiences });
    await system.run(system.upload("snapshots/v/1", rss([1, 2])));
    expect(system.published.map(({ audience }) => audience).toSorted()).toEqual(["all", "all", "seconds"]);
    expect(system.notes.map(({ fate, why }) => [fate, why])).toEqual([
      [
        "sent",
        "it is new; due to all; seconds: it contains none of the words to include; others: the feed v is not among its feeds",
      ],
      ["sent", "it is new; due to all, seconds; others: the feed v is not among its feeds"],
    ]);
  });
});

describe("updates", () => {
  const changed = (text: string) =>
    rss([1]).replace("What happened in case number 1 is told here at some length.", text);
  const longer = "The number of the injured has risen, the police said this morning after the search ended.";

  test.each([
    ["ignore", 0, false],
    ["resend", 2, false],
    ["mark", 2, true],
  ] as const)("%s", async (updates, messages, isMarked) => {
    const system = startSystem({ ...configuration, feeds: { v: { updates } } });
    await system.run(system.upload("snapshots/v/1", rss([1])));
    system.published.length = 0;
    expect(await system.run(system.upload("snapshots/v/2", changed(longer)))).toMatchObject({
      state: "done",
      messages,
    });
    for (const { email } of system.published) expect(/updated/i.test(email)).toBe(isMarked);
    expect(
      await system.run(system.upload("snapshots/v/3", changed(longer).replace("A feed", "The feed"))),
    ).toMatchObject({ messages: 0 });
  });
});
