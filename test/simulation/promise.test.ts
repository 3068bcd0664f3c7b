import { expect, test } from "vitest";
import { settle, type Run } from "../../functions/core/audience/claim.ts";
import { identify } from "../../functions/core/audience/identity.ts";
import type { Entry } from "../../functions/core/feed/entry.ts";
import type { Ledger } from "../../functions/core/ports.ts";
import { memoryLedger } from "../../functions/memory/ledger.ts";
import { fakeClock } from "../contracts/ledger.ts";
import { configuration, rss, startSystem } from "../core/ports.ts";

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
        await ledger.release("1");
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
