import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemClock } from "../../functions/aws/clock.ts";
import { s3MessageQuarantine } from "../../functions/aws/message-quarantine.ts";
import { s3Plans } from "../../functions/aws/plans.ts";
import { openClients } from "../../functions/aws/stack-clients.ts";
import { stackLedger } from "../../functions/aws/stack-ledger.ts";
import { digestCommand } from "../../functions/commands/digest.ts";
import { quarantineCommand } from "../../functions/commands/quarantine.ts";
import { localLog } from "../../functions/commands/logs/local-log.ts";
import { printEvents } from "../../functions/commands/logs/run.ts";
import { localStack } from "../../functions/commands/stack.ts";
import { statusCommand } from "../../functions/commands/status.ts";
import { collectStatus } from "../../functions/commands/status/collect-status.ts";
import { problemsIn } from "../../functions/commands/status/problems.ts";
import { traceCommand } from "../../functions/commands/trace.ts";
import type { TracedEntry } from "../../functions/commands/trace/trace-found.ts";
import type { Quarantined } from "../../functions/commands/quarantine/reasons.ts";
import { outboxMessages } from "../../functions/core/plan.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { runCommand } from "../support/run-command.ts";
import { stackArguments } from "../support/stack-arguments.ts";
import { eventually, rss } from "../support/stack-under-test.ts";

// Several commands a test, each on the running stack.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let stack: LocalStack;
let options: readonly string[];

const settings = {
  audiences: [
    { name: "alerts", mode: "alerts", messagesPerSecond: 100, maxAlerts: 2, digestItems: 2 },
    { name: "morning", mode: "digest", schedule: "daily 07:00", rules: { exclude: ["sponsored"] } },
  ],
};
const folder = mkdtempSync(path.join(tmpdir(), "feedbell-operate-"));
const config = path.join(folder, "cdk.json");

beforeAll(async () => {
  writeFileSync(config, JSON.stringify({ context: { feedbell: settings } }));
  stack = await startLocalStack({ configuration: parseConfiguration(settings) });
  options = stackArguments(stack);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stack.stop();
});

async function upload(key: string, body: string | Uint8Array): Promise<void> {
  await stack.uploader.put(`snapshots/${key}`, body);
  await stack.idle();
}

const trace = (...args: readonly string[]) =>
  runCommand(traceCommand(), [...args, "--config", config, ...options]);

const traced = async (...args: readonly string[]) =>
  jsonLines((await trace(...args, "--json")).out) as readonly TracedEntry[];

const linkOf = (title: string) => `https://feed.example/${encodeURIComponent(title)}`;

const quarantine = (...args: readonly string[]) => runCommand(quarantineCommand(), [...args, ...options]);

const jsonLines = (out: string): readonly unknown[] =>
  out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);

const quarantined = async (...args: readonly string[]) =>
  jsonLines((await quarantine(...args, "--json")).out) as readonly Quarantined[];

test("quarantine lists what is there with its reason, shows one, and replays it after a confirmation", async () => {
  const empty = await quarantine("list");
  expect(empty).toMatchObject({ code: 0, err: "" });
  expect(empty.out).toMatch(/no snapshots and no messages in quarantine\n$/);

  await upload("港口/一.xml", "not a feed");
  await upload("harbour/a.reason.json", "still not a feed");
  await upload("harbour/a.reason.json", "and again");
  const list = await quarantine("list");
  expect(list.out).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}quarantine\/港口\/一\.xml\n {2}format-unknown: found .*not a feed.*; expected .+\n/,
  );
  expect(list.out).toContain("2 snapshots and no messages in quarantine; `npx feedbell quarantine");
  const json = await quarantined("list", "--feed", "harbour");
  expect(json).toMatchObject([
    {
      kind: "snapshot",
      key: "quarantine/harbour/a.reason.json~",
      code: "format-unknown",
      feed: "harbour",
      snapshot: { key: "snapshots/harbour/a.reason.json" },
      size: "and again".length,
    },
  ]);
  expect(json[0]?.found).toContain("and again");
  expect(await quarantined("list", "--audience", "alerts")).toEqual([]);

  const shown = await quarantine("show", "quarantine/港口/一.xml");
  expect(shown.out).toMatch(/^quarantine\/港口\/一\.xml: format-unknown\n {2}quarantined {2}2/);
  expect(shown.out).toContain("meaning      The snapshot is not a feed that feedbell can read.");
  expect(shown.out).toContain("replay       npx feedbell quarantine replay 'quarantine/港口/一.xml'\n");
  const both = await quarantined("show", "quarantine/harbour/a.reason.json~");
  expect(both.map(({ found }) => found)).toEqual([
    expect.stringContaining("and again"),
    expect.stringContaining("still not a feed"),
  ]);
  expect(await quarantine("show", "quarantine/harbour/none.xml")).toMatchObject({
    code: 2,
    err: expect.stringContaining("quarantine/harbour/none.xml is not in quarantine") as string,
  });

  const unconfirmed = await quarantine("replay", "quarantine/港口/一.xml");
  expect(unconfirmed.code).toBe(2);
  expect(unconfirmed.err).toContain("confirm it with --yes");
  expect(stack.keys("quarantine/港口/")).toHaveLength(2);
  // `logs` and `upload --wait` print keys without their folder.
  for (const key of ["snapshots/港口/一.xml", "港口/一.xml"])
    expect(await quarantine("show", key)).toMatchObject({ code: 0, out: shown.out });

  const replayed = await quarantine(
    "replay",
    "quarantine/harbour/",
    "quarantine/harbour/a.reason.json~",
    "--yes",
  );
  expect(replayed).toMatchObject({ code: 0 });
  expect(replayed.out).toMatch(/2 replays on the way\n$/);
  await stack.idle();
  const again = await quarantined("show", "quarantine/harbour/a.reason.json~");
  // Each version failed again, and has one reason: the earlier ones were removed.
  expect(again).toHaveLength(2);
});

test("a quarantined message is listed with its audience and subject, and is sent again", async () => {
  await upload("bridge/1.xml", rss("Bridge", "The old bridge opens"));
  const clients = openClients({ endpoint: stack.endpoint }, {});
  try {
    const [name = ""] = stack.keys("plans/");
    const plan = await s3Plans(clients.s3, stack.bucket, systemClock).read(name);
    const [content] = outboxMessages(plan);
    if (content === undefined) throw new Error("The plan has no message.");
    const { id, audience } = content;
    const reason = {
      code: "message-refused",
      found: "InvalidParameter",
      expected: "a message",
      hint: "h",
    } as const;
    await s3MessageQuarantine(clients.s3, stack.bucket, systemClock).quarantineMessage(
      { id, audience, content },
      reason,
    );
    const key = `quarantine/~messages/${audience}/${id}.json`;
    const list = await quarantine("list", "--audience", audience);
    expect(list.out).toContain(`${key}  ${content.subject}\n  message-refused: found InvalidParameter`);
    stack.clearMessages();
    expect(await quarantine("replay", key, "--yes")).toMatchObject({ code: 0 });
    await stack.idle();
    expect(stack.messages().map(({ subject }) => subject)).toContain(content.subject);
    expect((await quarantine("list", "--audience", audience, "--json")).out).toBe("");
  } finally {
    clients.close();
  }
});

test("trace says in which message an entry was sent and when, what waits, and which rule kept it out", async () => {
  const before = Date.now();
  await upload("ferry/1.xml", rss("Ferry", "Ferry timetable changes", "Sponsored ferry tours"));
  const [timetable] = await traced(`${linkOf("Ferry timetable changes")}?utm_source=mail`);
  expect(timetable).toMatchObject({
    feed: "ferry",
    title: "Ferry timetable changes",
    claim: { state: "finished" },
    snapshot: { key: "snapshots/ferry/1.xml" },
    audiences: [
      {
        audience: "alerts",
        fate: "sent",
        message: {
          kind: "alert",
          subject: expect.stringContaining("Ferry timetable changes") as string,
          acceptedAs: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
      },
      { audience: "morning", fate: "waiting" },
    ],
  });
  const sentAt = Date.parse(timetable?.audiences[0]?.at ?? "");
  // Marks have their time in whole seconds.
  expect(sentAt).toBeGreaterThanOrEqual(before - 1000);
  expect(sentAt).toBeLessThanOrEqual(Date.now());
  expect(timetable?.audiences[1]?.at).toMatch(/T07:00:00\.000Z$/);

  const [sponsored] = await traced(linkOf("Sponsored ferry tours"), "--feed", "ferry");
  expect(sponsored?.audiences).toEqual([
    expect.objectContaining({ audience: "alerts", fate: "sent" }),
    {
      audience: "morning",
      fate: "skipped",
      why: expect.stringMatching(/exclude.*by the present rules/) as string,
    },
  ]);

  const text = await trace("FERRY  timetable");
  expect(text).toMatchObject({ code: 0, err: "" });
  expect(text.out).toMatch(
    /^Ferry timetable changes {2}ferry\n {2}link {6}https:\S+\n {2}snapshot {2}snapshots\/ferry\/1\.xml version \S+\n/,
  );
  expect(text.out).toMatch(
    /\n {2}alerts {4}sent 2\d{3}-\S+Z; alert \S+\.0\.0 “Ferry timetable changes.*”; SNS message \S+\n/,
  );
  expect(text.out).toMatch(/\n {2}morning {3}waiting for 2\d{3}-\d\d-\d\d 07:00 UTC\n/);
});

test("trace finds an entry that was sent in a digest, and one that was only counted", async () => {
  await upload("harbour/first.xml", rss("Harbour", "First light"));
  const titles = ["Crane", "Dock", "Quay", "Pier", "Buoy", "Mole"];
  await upload("harbour/second.xml", rss("Harbour", ...titles));
  await stack.fireSchedule("morning");
  await stack.idle();
  const fates = new Map<string, string>();
  for (const title of titles) {
    const [found] = await traced(linkOf(title));
    const [alerts, morning] = found?.audiences ?? [];
    expect(morning).toMatchObject({ audience: "morning", fate: "sent", message: { kind: "digest" } });
    fates.set(title, `${alerts?.fate} ${alerts?.message?.kind}${alerts?.isCounted ? " counted" : ""}`);
  }
  // Two alerts, then a closing message that shows two and counts two: the newest come first.
  expect([...fates.values()].toSorted()).toEqual([
    "sent alert",
    "sent alert",
    "sent digest",
    "sent digest",
    "sent digest counted",
    "sent digest counted",
  ]);
  const byTitle = await traced("crane", "--feed", "harbour");
  expect(byTitle).toHaveLength(1);
  expect(byTitle[0]?.audiences[0]).toMatchObject({ fate: "sent", isCounted: true });
  expect(await traced("crane")).toHaveLength(1);
});

test("trace says what it can't find, and where it has looked", async () => {
  const byLink = await trace("https://feed.example/nothing");
  expect(byLink).toMatchObject({ code: 1, out: "" });
  expect(byLink.err).toContain("https://feed.example/nothing: not-found: The entry is not found.");
  expect(byLink.err).toContain("no entry of any feed with this link or id");
  const byTitle = await trace("nothing of that name", "--feed", "ferry");
  expect(byTitle.code).toBe(1);
  expect(byTitle.err).toContain("no entry of the feed ferry with this text in its title");
  expect(await trace(" ")).toMatchObject({ code: 2 });
});

test("status shows queues, quarantine, feeds, audiences and spend, and --check fails on a problem", async () => {
  const clients = openClients({ endpoint: stack.endpoint }, {});
  try {
    const status = await collectStatus({
      stack: localStack(stack),
      clients,
      configuration: parseConfiguration(settings),
      now: Date.now(),
      isSpendWanted: false,
    });
    expect(status.queues.map(({ name, waiting }) => [name, waiting])).toEqual([
      ["intake", 0],
      ["outbox", 0],
      ["slots", 0],
      ["intake dead letters", 0],
      ["outbox dead letters", 0],
    ]);
    expect(status.quarantine).toEqual({ snapshots: 2, messages: 0, codes: { "format-unknown": 2 } });
    expect(status.feeds.map(({ feed, key, entries }) => `${feed} ${key} ${entries}`).toSorted()).toEqual(
      expect.arrayContaining([
        "bridge snapshots/bridge/1.xml 1",
        "ferry snapshots/ferry/1.xml 2",
        "harbour snapshots/harbour/second.xml 6",
      ]),
    );
    const [alerts, morning] = status.audiences;
    expect(alerts).toMatchObject({
      mode: "alerts",
      isPaused: false,
      waiting: 0,
      readers: { confirmed: 2, pending: 0 },
    });
    expect(morning).toMatchObject({ waiting: 0, nextSlot: expect.stringMatching(/T07:00:00/) as string });
    // One telephone a topic: the parts of all messages.
    const parts = stack.stored().reduce((sum, { message }) => sum + (message.parts ?? 0), 0);
    expect(parts).toBeGreaterThan(0);
    expect(status.spend?.smsParts).toBeGreaterThanOrEqual(parts);
    expect(status.spend?.usd).toBeCloseTo(
      (status.spend?.smsParts ?? 0) * parseConfiguration(settings).smsPartPrice,
    );
    expect(problemsIn(status)).toHaveLength(1);
  } finally {
    clients.close();
  }

  const run = (...args: readonly string[]) =>
    runCommand(statusCommand(), [...args, "--config", config, ...options]);
  const text = await run("--check");
  expect(text.code).toBe(1);
  expect(text.out).toMatch(
    /^the stack of the options {2}\S+\n1 problem\n {2}2 snapshots in quarantine \(2 format-unknown\)\n/,
  );
  const json = await run("--json");
  expect(json.code).toBe(0);
  expect(JSON.parse(json.out)).toMatchObject({
    working: false,
    problems: [{ next: "npx feedbell quarantine" }],
  });
});

test("logs prints one line for each upload of a feed, and the reason of a quarantine", async () => {
  const print = (feed: string, json?: true) => {
    const events = localLog(stack.inbox, { since: 0 });
    const command = new Command().action(() => printEvents(events, { feed, ...(json && { json }) }));
    return runCommand(command, []);
  };
  const { out } = await print("ferry");
  expect(out).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}ferry\/1\.xml: 2 new -> alerts 2, morning [12] waiting\n$/,
  );
  const bad = await print("港口");
  expect(bad.out).toMatch(/Z {2}港口\/一\.xml: quarantined: format-unknown: found .*; expected .*\n/);
  const json = jsonLines((await print("ferry", true)).out);
  expect(json).toEqual([expect.objectContaining({ event: "done", key: "snapshots/ferry/1.xml", new: 2 })]);
});

test("trace shows an entry of several feeds in the order of the decisions", async () => {
  const feeds = ["tern", "alder", "mole", "birch", "quay"];
  for (const feed of feeds) await upload(`${feed}/1.xml`, rss(feed, "Ferry timetable changes"));
  const found = await traced(linkOf("Ferry timetable changes"));
  expect(found.map(({ feed }) => feed)).toEqual(["ferry", ...feeds]);
});

test("status says that a topic was deleted, and shows everything else", async () => {
  const clients = openClients({ endpoint: stack.endpoint }, {});
  const named = localStack(stack);
  try {
    const status = await collectStatus({
      stack: { ...named, topicOf: (audience) => named.topicOf(audience)?.replace(/[^:]+$/, "deleted") },
      clients,
      configuration: parseConfiguration(settings),
      now: Date.now(),
      isSpendWanted: true,
    });
    expect(status.audiences.map(({ lacksTopic }) => lacksTopic)).toEqual([true, true]);
    expect(status.feeds.length).toBeGreaterThan(0);
    expect(status.spend?.smsParts).toBe(0);
    expect(problemsIn(status).map(({ what }) => what)).toContain("nobody gets alerts: its topic was deleted");
  } finally {
    clients.close();
  }
});

// The last tests: a message that is held stays in the outbox for minutes.
test("trace says that a message is held in the outbox", async () => {
  const clients = openClients({ endpoint: stack.endpoint }, {});
  try {
    await stackLedger(clients, stack.table).pause("alerts", true);
    await stack.uploader.put("snapshots/tram/1.xml", rss("Tram", "Tram stop moves"));
    await eventually(async () => {
      const [found] = await traced(linkOf("Tram stop moves"), "--feed", "tram");
      expect(found?.audiences[0]).toMatchObject({
        audience: "alerts",
        fate: "outbox",
        why: "the audience is paused",
      });
    });
  } finally {
    clients.close();
  }
});

test("digest says that a paused audience holds what it sends", async () => {
  const clients = openClients({ endpoint: stack.endpoint }, {});
  const digest = (...args: readonly string[]) =>
    runCommand(digestCommand(), ["morning", ...args, ...options]);
  try {
    await stackLedger(clients, stack.table).pause("morning", true);
    // A digest has what finished runs have left: the entry may not wait yet.
    await stack.uploader.put("snapshots/bus/1.xml", rss("The bus", "The bus lane moves"));
    await eventually(async () =>
      expect((await digest()).out).toMatch(
        /^morning is paused: this is held until `npx feedbell resume --audience morning`$/m,
      ),
    );
    await stack.uploader.put("snapshots/bike/1.xml", rss("The bike", "The bike lane moves"));
    await eventually(async () =>
      expect(JSON.parse((await digest("--json")).out)).toMatchObject({
        audience: "morning",
        messages: [{ entries: expect.any(Number) as unknown }],
        held: true,
      }),
    );
  } finally {
    clients.close();
  }
});
