import { expect, test } from "vitest";
import { settle, type Run } from "../../functions/core/dedupe/claim.ts";
import { identify } from "../../functions/core/dedupe/identity.ts";
import type { Entry } from "../../functions/core/feed/entry.ts";
import type { Ledger } from "../../functions/core/ports.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { fakeClock } from "../support/contracts/ledger.ts";
import { configuration, rss, startSystem } from "../support/fake-system.ts";

// Ways in which the delivery promise was once broken, each as small as it can be.

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const day = 86_400_000;

const entry = (title: string): Entry => ({
  title,
  link: "https://x.example/",
  dateSource: "missing",
  authors: [],
  categories: [],
});

test("an entry that its holder finished and let go while another run looked at it is not sent again", async () => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  const start = (claim: string): Run => ({
    claim,
    snapshot: claim,
    audiences: new Set(["alerts", "digest"]),
    memory: 1000,
    now: clock.now,
    hold: async () => {
      await ledger.hold(claim, 0, claim, clock.now() + 60_000);
    },
  });
  const candidate = { identity: identify("f", entry("A")), at: 0, due: () => ["alerts", "digest"] };
  const [first] = await settle([candidate], ledger, start("1"));
  const key = first?.item.key ?? "";
  let isDone = false;
  const overtaken: Ledger = {
    ...ledger,
    claims: async (ids) => {
      if (!isDone) {
        isDone = true;
        await ledger.sent([key], "alerts");
        await ledger.release("1", "1");
      }
      return ledger.claims(ids);
    },
  };
  expect(await settle([candidate], overtaken, start("2"))).toMatchObject([
    { state: "open", audiences: ["digest"] },
  ]);
});

test("what was accepted is recorded even when a message of the same call can't be put aside", async () => {
  const system = startSystem();
  system.answer(({ subject, audience }) =>
    audience === "alerts" && subject.includes("Title 2")
      ? { outcome: "refused", why: "InvalidParameter" }
      : { outcome: "accepted" },
  );
  const version = system.upload("snapshots/v/1", rss([1, 2, 3]));
  const noQuarantine = {
    ...system.ports,
    snapshots: {
      ...system.ports.snapshots,
      quarantine: () => Promise.reject(new Error("SlowDown")),
    },
  };
  await expect(system.run(version, {}, noQuarantine)).rejects.toThrow("SlowDown");
  expect(await system.run(version)).toMatchObject({ state: "done" });
  expect(system.told("alerts")).toHaveLength(2);
  expect(new Set(system.told("alerts")).size).toBe(2);
});

test("an entry that a feed shows without a change is remembered, however unevenly it is polled", async () => {
  const system = startSystem();
  const { ledgerDays } = configuration;
  await system.run(system.upload("snapshots/v/1", rss([1])));
  // Just not due for renewal when another entry changes the bytes.
  system.clock.advance((ledgerDays / 2) * day - 60_000);
  await system.run(system.upload("snapshots/v/2", rss([1, 2])));
  system.clock.advance((ledgerDays / 2) * day - 60_000);
  await system.run(system.upload("snapshots/v/3", rss([1, 2])));
  system.clock.advance(day);
  await system.run(system.upload("snapshots/v/4", rss([1, 2])));
  expect(system.told("alerts")).toHaveLength(2);
});

test("an entry that becomes free after its audience's count went out is not taken for counted", async () => {
  const system = startSystem();
  const dying = {
    ...system.ports,
    topics: { publish: () => new Promise<never>(() => undefined) },
  };
  void system.run(system.upload("snapshots/v/1", rss([1, 2, 3])), {}, dying);
  await new Promise((resolve) => setTimeout(resolve, 20));

  const flood = system.upload("snapshots/v/2", rss(numbers(1, 100)));
  const deadline = system.clock.now() + 50_000;
  system.answer(({ more }) => {
    if (more > 0) system.clock.advance(60_000);
    return { outcome: "accepted" };
  });
  const outcome = await system.run(flood, { deadline });
  expect(system.published.some(({ audience, more }) => audience === "alerts" && more > 0)).toBe(true);

  system.clock.advance(60_000);
  system.answer(() => ({ outcome: "failed", why: "Throttled" }));
  const [continuation] = system.continuations;
  await system.run(flood, continuation ? { continued: continuation[1] } : {});
  system.answer(() => ({ outcome: "accepted" }));
  system.clock.advance(600_000);
  expect(await system.run(flood)).toMatchObject({ state: "done" });
  expect(["back", "continued"]).toContain(outcome.state);

  const alerts = system.published.filter(({ audience }) => audience === "alerts");
  const shown = new Set(alerts.flatMap(({ keys }) => keys));
  expect(shown.size + (alerts.find(({ more }) => more > 0)?.more ?? 0)).toBe(100);
});

test("an entry is no edit of one that stands further down in the same large snapshot", async () => {
  const system = startSystem();
  const page = (titles: readonly string[]) =>
    `<rss version="2.0"><channel><title>Changes</title>${titles
      .map((title) => `<item><title>${title}</title><link>https://x.example/changes</link></item>`)
      .join("")}</channel></rss>`;
  const titles = numbers(1, 250).map((n) => `Change ${n}`);
  await system.run(system.upload("snapshots/v/1", page(titles)));
  system.published.length = 0;
  const young = ["Change 251", ...titles.toReversed()];
  expect(await system.run(system.upload("snapshots/v/2", page(young)))).toMatchObject({ counts: { new: 1 } });
  expect(system.published.map(({ email }) => email.includes("Change 251"))).toEqual([true, true]);
  const again = system.upload("snapshots/v/3", page(young.toReversed()));
  expect(await system.run(again)).toMatchObject({ counts: { new: 0 } });
});

test("where updates are followed, replaying an older snapshot sends nothing", async () => {
  const system = startSystem({ ...configuration, feeds: { v: { updates: "resend" } } });
  const changed = (text: string) =>
    rss([1]).replace("What happened in case number 1 is told here at some length.", text);
  const versions = [
    "Two people were injured on the bridge on Monday, the police said in the evening.",
    "Nine people were injured on the bridge on Monday; the mayor has closed it until Friday.",
  ].map((text, i) => system.upload(`snapshots/v/${i}`, changed(text)));
  for (const version of versions) await system.run(version);
  expect(system.told("alerts")).toHaveLength(2);
  for (const version of [...versions, ...versions.toReversed()])
    expect(await system.run(version, { replay: true })).toMatchObject({ messages: 0 });
});

test("a run that finds no place at its topic in time hands on, and holds its entries meanwhile", async () => {
  const system = startSystem();
  const busy = system.clock.now() + 60_000;
  await system.ledger.setPace(
    "alerts",
    [],
    numbers(1, 10).map(() => busy),
  );
  const version = system.upload("snapshots/v/1", rss([1, 2]));
  expect(await system.run(version)).toMatchObject({ state: "continued", messages: 0 });
  const [[, continued] = []] = system.continuations;
  expect(await system.run(version)).toMatchObject({ state: "back", code: "entry-held" });
  system.clock.advance(12_000);
  expect(await system.run(version, continued ? { continued } : {})).toMatchObject({
    state: "done",
    messages: 3,
  });
});

test("a run that can't go on under the claim that was handed to it hands on its own", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss([1, 2]));
  const late = () => ({ deadline: system.clock.now() - 1 });
  await system.run(version, { ...late(), continued: { claim: "gone", round: 3 } });
  const [[, continued] = []] = system.continuations;
  expect(await system.run(version, { ...late(), ...(continued && { continued }) })).toMatchObject({
    state: "continued",
  });
  const [, [, next] = []] = system.continuations;
  expect(next?.claim).toBe(continued?.claim);
  expect(next?.round).toBe((continued?.round ?? 0) + 1);
});

test("an edit that is seen when its entry is renewed is remembered as long as the entry", async () => {
  const system = startSystem();
  const item = (path: string, title: string) =>
    `<rss version="2.0"><channel><title>T</title><item><title>${title}</title><link>https://x.example/${path}</link><pubDate>Sun, 01 Feb 2026 00:00:00 GMT</pubDate></item></channel></rss>`;
  const half = (configuration.ledgerDays / 2) * day;
  await system.run(system.upload("snapshots/v/1", item("a", "One")));
  await system.run(system.upload("snapshots/v/2", item("b", "One")));
  system.clock.advance(half + day);
  await system.run(system.upload("snapshots/v/3", item("b", "Two")));
  system.clock.advance(half);
  expect(await system.run(system.upload("snapshots/v/4", item("b", "Two ")))).toMatchObject({ messages: 0 });
  expect(system.told("alerts")).toHaveLength(1);
});

test("a flood whose run fails goes on with its closing message, and not with as many alerts again", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss(numbers(1, 100)));
  system.answer(({ kind }) =>
    kind === "digest" ? { outcome: "failed", why: "Throttled" } : { outcome: "accepted" },
  );
  expect(await system.run(version)).toMatchObject({ state: "back" });
  system.answer(() => ({ outcome: "accepted" }));
  expect(await system.run(version)).toMatchObject({ state: "done" });
  const alerts = system.published.filter(({ audience }) => audience === "alerts");
  expect(alerts.map(({ kind, keys, more }) => [kind, keys.length, more])).toEqual([
    ...numbers(1, 10).map(() => ["alert", 1, 0]),
    ["digest", 50, 40],
  ]);
});

test("who handed its work on and could not learn it does not free what the next run works on", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss([1, 2, 3]));
  let goOn = () => {};
  const paused = new Promise<void>((resolve) => (goOn = resolve));
  let isPublishing = () => {};
  const publishing = new Promise<void>((resolve) => (isPublishing = resolve));
  let next: Promise<unknown> = Promise.resolve();
  const topics = {
    publish: async (...given: Parameters<typeof system.ports.topics.publish>) => {
      isPublishing();
      await paused;
      return system.ports.topics.publish(...given);
    },
  };
  const continuations = {
    send: async (_: unknown, continued: { claim: string; round: number }) => {
      next = system.run(version, { continued }, { ...system.ports, topics });
      await publishing;
      throw new Error("no answer from the queue");
    },
  };
  const late = { deadline: system.clock.now() - 1 };
  // Something is claimed, and then the time is up.
  await system.run(version, late);
  await expect(system.run(version, late, { ...system.ports, continuations })).rejects.toThrow("no answer");
  expect(await system.run(version)).toMatchObject({ state: "back", messages: 0 });
  goOn();
  await next;
  expect(system.told("alerts")).toHaveLength(3);
});

test("a claim that was taken up, counted and let go since it was read is read again before its entries are taken", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss(numbers(1, 80)));
  const busy = {
    ...system.ledger,
    pace: async (audience: string) => {
      system.clock.advance(50_001);
      return system.ledger.pace(audience);
    },
  };
  expect(await system.run(version, {}, { ...system.ports, ledger: busy })).toMatchObject({
    state: "continued",
  });
  const [[, continued] = []] = system.continuations;
  system.clock.advance(20_000);
  let taken: Promise<unknown> | undefined;
  const ledger = {
    ...system.ledger,
    end: async (claim: string, lease: number) => {
      taken ??= (async () => {
        system.answer(({ audience }) =>
          audience === "digest" ? { outcome: "failed", why: "x" } : { outcome: "accepted" },
        );
        await system.run(version, continued ? { continued } : {});
        system.answer(() => ({ outcome: "accepted" }));
      })();
      await taken;
      return system.ledger.end(claim, lease);
    },
  };
  await system.run(version, {}, { ...system.ports, ledger });
  expect(taken).toBeDefined();
  const shown = system.told("alerts");
  expect(new Set(shown).size).toBe(shown.length);
  const counts = system.published.filter(({ audience, more }) => audience === "alerts" && more > 0);
  expect(counts).toHaveLength(1);
});

test("a poll that renews an entry while somebody asks for it again does not mark it as sent", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss([1]));
  await system.run(version);
  system.clock.advance(31 * day);
  const again = { replay: true, resend: "asked" } as const;
  let isFirst = true;
  const ledger: Ledger = {
    ...system.ledger,
    renew: async (...given) => {
      if (isFirst) {
        isFirst = false;
        system.answer(() => ({ outcome: "failed", why: "x" }));
        await system.run(version, again);
        system.answer(() => ({ outcome: "accepted" }));
      }
      return system.ledger.renew(...given);
    },
  };
  await system.run(system.upload("snapshots/v/1", `${rss([1])} `), {}, { ...system.ports, ledger });
  system.clock.advance(70_000);
  await system.run(version, again);
  expect(system.told("alerts")).toHaveLength(2);
});

test("a rendering that another one keeps in memory is recognised as long as its feed shows it", async () => {
  const system = startSystem();
  const one = (id: string, link: string) =>
    `<rss version="2.0"><channel><title>F</title><item>${id}<title>One</title><link>https://x.example/${link}</link><pubDate>Sun, 01 Feb 2026 00:00:00 GMT</pubDate></item></channel></rss>`;
  for (let n = 0; n < 70; n++) {
    const edited = one('<guid isPermaLink="false">g</guid>', n === 0 ? "1" : "1-new");
    // Never the same bytes, so that each is read.
    await system.run(system.upload("snapshots/v/a.xml", `${edited}<!-- ${n} -->`));
    await system.run(system.upload("snapshots/v/b.xml", `${one("", "1")}<!-- ${n} -->`));
    system.clock.advance(day);
  }
  expect(system.told("alerts")).toHaveLength(1);
});

test("an entry that stands twice in its feed with two texts is no update of itself", async () => {
  const system = startSystem({ ...configuration, feeds: { v: { updates: "resend" } } });
  const item = (text: string) =>
    `<item><guid isPermaLink="false">g</guid><title>One</title><link>https://x.example/1</link><description>${text}</description></item>`;
  for (let n = 0; n < 3; n++) {
    const items = item("The first text of the story.") + item("Quite another text of the same story.");
    const feed = `<rss version="2.0"><channel><title>F</title>${items}<!-- ${n} --></channel></rss>`;
    await system.run(system.upload("snapshots/v/a.xml", feed));
    system.clock.advance(900_000);
  }
  expect(system.told("alerts")).toHaveLength(1);
});

test("a snapshot that never comes to its end goes back for good after its rounds, and not round for ever", async () => {
  const system = startSystem();
  const version = system.upload("snapshots/v/1", rss([1, 2]));
  let state = "continued";
  let rounds = 0;
  while (state === "continued" && rounds < 300) {
    const continued = system.continuations.at(-1)?.[1];
    const late = { deadline: system.clock.now() - 1, ...(continued && { continued }) };
    ({ state } = await system.run(version, late));
    rounds++;
    system.clock.advance(60_000);
  }
  expect(state).toBe("back");
  const continued = system.continuations.at(-1)?.[1];
  const again = { deadline: system.clock.now() - 1, ...(continued && { continued }) };
  expect(await system.run(version, again)).toMatchObject({ state: "back" });
});
