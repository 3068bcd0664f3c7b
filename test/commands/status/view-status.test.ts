import { describe, expect, test } from "vitest";
import { problemsIn } from "../../../functions/commands/status/problems.ts";
import type { AudienceStatus, StackStatus } from "../../../functions/commands/status/stack-status.ts";
import { ago, viewStatus } from "../../../functions/commands/status/view-status.ts";
import { plain } from "../../../functions/console/terminal.ts";
import { textWidth } from "../../../functions/core/text-width.ts";
import { parseConfiguration } from "../../../infra/config/configuration.ts";

const configuration = parseConfiguration({
  audiences: [
    { name: "alerts", mode: "alerts" },
    { name: "morning", mode: "digest", schedule: "daily 07:00", timeZone: "Asia/Shanghai" },
  ],
});

const queue = (name: string, waiting: number, isDeadLetters = false) => ({
  name,
  isDeadLetters,
  waiting,
  inFlight: 0,
  delayed: 0,
});

const alerts: AudienceStatus = {
  audience: "alerts",
  mode: "alerts",
  isPaused: false,
  waiting: 0,
  readers: { confirmed: 2, pending: 1, deleted: 0 },
};
const morning: AudienceStatus = {
  audience: "morning",
  mode: "digest",
  isPaused: false,
  waiting: 12,
  since: "2026-11-26T01:00:00.000Z",
  nextSlot: "2026-11-26T23:00:00.000Z",
  readers: { confirmed: 1, pending: 0, deleted: 0 },
};
const healthy: StackStatus = {
  stack: "the deployed stack feedbell",
  at: "2026-11-26T12:00:00.000Z",
  queues: [queue("intake", 3), queue("outbox", 1_200), queue("intake dead letters", 0, true)],
  quarantine: { snapshots: 0, messages: 0, codes: {} },
  feeds: [
    { feed: "haifeng-1a2b3c4d", read: "2026-11-23T12:00:00.000Z", key: "snapshots/海风市/一.md", entries: 3 },
    { feed: "voa", read: "2026-11-26T11:58:00.000Z", key: "snapshots/voa/latest.xml", entries: 100 },
  ],
  audiences: [alerts, morning],
  spend: { since: "2026-11-01", messages: 40, smsParts: 80, usd: 0.52 },
};

describe("the verdict", () => {
  test("messages in queues, pending readers and waiting entries are no problem", () => {
    expect(problemsIn(healthy)).toEqual([]);
  });

  test.each<[string, Partial<StackStatus>, string, string]>([
    [
      "dead letters",
      { queues: [queue("outbox dead letters", 2, true)] },
      "2 messages in outbox dead letters",
      "replay --dead-letter --dry-run",
    ],
    [
      "quarantine",
      { quarantine: { snapshots: 1, messages: 2, codes: { "snapshot-gone": 1, "message-refused": 2 } } },
      "1 snapshot and 2 messages in quarantine (1 snapshot-gone, 2 message-refused)",
      "quarantine",
    ],
    [
      "a pause",
      { audiences: [{ ...alerts, isPaused: true }] },
      "alerts is paused",
      "resume --audience alerts",
    ],
    [
      "an audience without readers",
      { audiences: [{ ...alerts, readers: { confirmed: 0, pending: 0, deleted: 2 } }] },
      "nobody gets alerts: no confirmed reader",
      "subscribe --audience alerts ADDRESS",
    ],
    [
      "readers who have not confirmed",
      { audiences: [{ ...alerts, readers: { confirmed: 0, pending: 3, deleted: 0 } }] },
      "nobody gets alerts: no confirmed reader, 3 pending",
      "resend --audience alerts --pending",
    ],
    [
      "a slot that was not handled",
      { audiences: [{ ...morning, lateSlot: "2026-11-25T23:00:00.000Z" }] },
      "morning: 12 entries wait since the slot of 2026-11-25T23:00:00.000Z",
      "digest morning",
    ],
    [
      "entries of a removed audience",
      { audiences: [{ audience: "evening", isRemoved: true, isPaused: false, waiting: 1 }] },
      "1 entry waits for evening, which is not in the configuration",
      "waiting move --from evening --to NAME, or waiting drop",
    ],
  ])("%s: says what is wrong and which command continues", (_name, change, what, next) => {
    expect(problemsIn({ ...healthy, ...change })).toEqual([{ what, next: `npx feedbell ${next}` }]);
  });
});

const view = (status: StackStatus, width?: number) =>
  viewStatus(status, problemsIn(status), { paint: plain, width, configuration });

test("silent feeds are one problem that names them", () => {
  const feeds = Array.from({ length: 7 }, (_, n) => ({
    feed: `f${n}`,
    read: "2026-11-20T12:00:00.000Z",
    key: `snapshots/f${n}/1.xml`,
    entries: 1,
    ...(n > 0 && { silent: { since: `2026-11-2${n}T12:00:00.000Z`, usualSeconds: 900 } }),
  }));
  const [problem, ...others] = problemsIn({ ...healthy, feeds });
  expect(others).toEqual([]);
  expect(problem?.what).toMatch(
    /^no uploads for much longer than usual: f1 since 2026-11-21T\S+, f2 .*, f5 \S+ \S+, 1 more$/,
  );
});

test("the view starts with the verdict; slots are in the audience's time zone", () => {
  expect(view(healthy)).toBe(`the deployed stack feedbell  2026-11-26T12:00:00.000Z
working

queue                waiting  in flight  delayed
intake                     3          0        0
outbox                 1,200          0        0
intake dead letters        0          0        0

audience  mode    readers                 waiting  next slot                       today
alerts    alerts  2 confirmed, 1 pending        0
morning   digest  1 confirmed                  12  2026-11-27 07:00 Asia/Shanghai

feed (2)             changed  entries  snapshot
haifeng-1a2b3c4d  3 days ago        3  snapshots/海风市/一.md
voa                2 min ago      100  snapshots/voa/latest.xml

since 2026-11-01: 40 messages, 80 SMS parts, about 0.52 USD for SMS (estimate: telephones subscribed now, smsPartPrice)`);
});

test("a pause of all audiences is one problem", () => {
  const audiences = [alerts, morning].map((audience) => ({ ...audience, isPaused: true }));
  expect(problemsIn({ ...healthy, audiences })).toEqual([
    { what: "all 2 audiences are paused", next: "npx feedbell resume" },
  ]);
});

test("problems are listed first, each with its next command", () => {
  const lines = view({ ...healthy, audiences: [{ ...alerts, isPaused: true }, morning] }).split("\n");
  expect(lines.slice(1, 5)).toEqual([
    "1 problem",
    "  alerts is paused",
    "    -> npx feedbell resume --audience alerts",
    "",
  ]);
});

test("tables fit a terminal of 60 columns", () => {
  const lines = view(healthy, 60).split("\n");
  const tables = lines.slice(2, -1);
  expect(tables.filter((line) => textWidth(line) > 60)).toEqual([]);
  expect(tables.join("\n")).toContain("…");
});

test("of many feeds the longest silent ones are shown, and the others counted", () => {
  const feeds = Array.from({ length: 25 }, (_, n) => ({
    feed: `f${n}`,
    read: "2026-11-26T11:58:00.000Z",
    key: `snapshots/f${n}/1.xml`,
    entries: n,
  }));
  const text = view({ ...healthy, feeds });
  expect(text).toContain("\nf19 ");
  expect(text).not.toContain("\nf20 ");
  expect(text).toContain("5 more, which changed later");
});

test.each([
  [0, "0 s ago"],
  [-5_000, "0 s ago"],
  [59_999, "59 s ago"],
  [3_599_000, "59 min ago"],
  [47 * 3_600_000, "47 h ago"],
  [49 * 3_600_000, "2 days ago"],
])("%s milliseconds are %s", (milliseconds, expected) => {
  expect(ago(milliseconds)).toBe(expected);
});
