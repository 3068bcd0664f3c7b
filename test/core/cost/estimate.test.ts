import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  dollarsOfUsage,
  usageOf,
  type CountedName,
  type CountedSnapshots,
} from "../../../functions/core/cost/counted-snapshot.ts";
import counted from "../../../functions/core/cost/counted-snapshots.json" with { type: "json" };
import { estimateCost, type Volumes } from "../../../functions/core/cost/estimate.ts";
import { dollarsOf, prices, type PriceName } from "../../../functions/core/cost/prices.ts";
import { parseConfiguration } from "../../../infra/config/configuration.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

const rowNames: Readonly<Record<CountedName, string>> = {
  "same bytes": "same bytes",
  "nothing new": "100 known entries, nothing new",
  "full memory": "the same, full feed memory",
  "1 new": "99 known entries, 1 new",
  "2 new": "98 known entries, 2 new",
  "5 new": "95 known entries, 5 new",
};

describe("what the benchmark counted", () => {
  test.each(Object.entries(rowNames) as [CountedName, string][])(
    "%s: the table of test/README.md has the same figures and price",
    (name, title) => {
      const row = readme.split("\n").find((line) => line.startsWith(`| ${title} `)) ?? "";
      const cells = row
        .split("|")
        .slice(2, -1)
        .map((cell) => Number(cell));
      const { milliseconds: _, ...one } = counted[name];
      expect(cells.slice(0, -1)).toEqual(Object.values(one));
      expect(Math.abs(dollarsOfUsage(usageOf(counted[name])) * 1_000_000 - (cells.at(-1) ?? 0))).toBeLessThan(
        0.06,
      );
    },
  );
});

const stackOf = (audiences: readonly object[]) => {
  const configuration = parseConfiguration({ audiences });
  const { snapshotDays, memory } = configuration.deployment;
  return { ...configuration, snapshotDays, memoryMegabytes: memory.ingest, alarms: 0, metrics: 0 };
};
const both = stackOf([
  { name: "alerts", mode: "alerts" },
  { name: "digest", mode: "digest" },
]);

const volumes: Volumes = {
  feeds: 1,
  everyMinutes: 1_440,
  entriesPerDay: 1,
  unchanged: 1,
  snapshotBytes: 0,
  mailReaders: 0,
  telephones: 0,
  smsParts: 2,
};

const unitsIn = (change: Partial<Volumes>, stack = both, of: CountedSnapshots = counted) => {
  const { items } = estimateCost({ ...volumes, ...change }, stack, of);
  return (name: PriceName) => items.find(({ what }) => what === prices[name].unit)?.units ?? 0;
};
const idle = unitsIn({ feeds: 0 })("sqsRequest");

test("30 snapshots with one new entry use 30 times what the benchmark counted for one", () => {
  const units = unitsIn({});
  for (const [name, each] of Object.entries(usageOf(counted["1 new"])) as [PriceName, number][])
    expect(units(name) - (name === "sqsRequest" ? idle : 0)).toBeCloseTo(30 * each, 6);
});

test("uploads without news are counted as the same bytes, or as known entries", () => {
  const none = { entriesPerDay: 0, everyMinutes: 60 };
  expect(unitsIn(none)("dynamodbRead")).toBeCloseTo(720 * counted["same bytes"].readUnits);
  expect(unitsIn({ ...none, unchanged: 0 })("s3Get")).toBeCloseTo(720 * counted["nothing new"].s3Get);
});

test("between the counted numbers of new entries the cost is in proportion", () => {
  const three = (counted["1 new"].writeUnits + counted["5 new"].writeUnits) / 2;
  expect(unitsIn({ entriesPerDay: 3 })("dynamodbWrite")).toBeCloseTo(30 * three);
});

test("more entries than uploads share the snapshots", () => {
  const { snapshots, entries, messages } = estimateCost({ ...volumes, entriesPerDay: 4 }, both, counted);
  expect({ snapshots, entries, messages }).toEqual({ snapshots: 30, entries: 120, messages: 30 * 5 });
});

test("a flood is at most maxAlerts alerts and a closing message", () => {
  const { messages } = estimateCost(
    { ...volumes, entriesPerDay: 100 },
    stackOf([{ name: "a", mode: "alerts" }]),
    counted,
  );
  expect(messages).toBe(30 * 11);
});

test("a scheduled digest sends at most one message a slot", () => {
  const scheduled = stackOf([{ name: "morning", mode: "digest", schedule: "daily 07:00" }]);
  const estimate = estimateCost({ ...volumes, feeds: 50 }, scheduled, counted);
  expect(estimate.messages).toBe(30);
  expect(unitsIn({ feeds: 50 }, scheduled)("schedulerInvocation")).toBe(30);
});

test("mails and SMS are counted for each reader of each audience, at smsPartPrice", () => {
  const change = { mailReaders: 10, telephones: 3 };
  const units = unitsIn(change);
  expect(units("snsMail")).toBe(60 * 10);
  expect(units("smsPart")).toBe(60 * 3 * 2);
  const { items, usd } = estimateCost({ ...volumes, ...change }, { ...both, smsPartPrice: 0.05 }, counted);
  expect(items.find(({ service }) => service === "SMS")?.usd).toBeCloseTo(360 * 0.05);
  expect(items.reduce((sum, item) => sum + item.usd, 0)).toBeCloseTo(usd);
});

test("each further audience adds the requests of its messages", () => {
  const three = stackOf([
    { name: "alerts", mode: "alerts" },
    { name: "digest", mode: "digest" },
    { name: "more", mode: "alerts" },
  ]);
  expect(unitsIn({}, three)("snsPublish") - unitsIn({})("snsPublish")).toBe(30);
});

test("a stack without uploads costs its idle polling, its alarms and its metrics", () => {
  const { usd } = estimateCost({ ...volumes, feeds: 0 }, { ...both, alarms: 30, metrics: 20 }, counted);
  expect(usd).toBeCloseTo(dollarsOf("sqsRequest", idle) + 30 * 0.1 + 20 * 0.3);
});
