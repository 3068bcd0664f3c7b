import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import {
  dollarsOfUsage,
  usageOf,
  type CountedName,
  type CountedSnapshots,
} from "../../../functions/core/cost/counted-snapshot.ts";
import counted from "../../../functions/core/cost/counted-snapshots.json" with { type: "json" };
import { estimateCost, type Volumes } from "../../../functions/core/cost/estimate.ts";
import {
  dollarsOf,
  prices,
  pricesDate,
  unverifiedPrices,
  type PriceName,
} from "../../../functions/core/cost/prices.ts";
import { defaults, parseConfiguration } from "../../../infra/config/configuration.ts";

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
      const { ingestMilliseconds: ingest, deliverMilliseconds: deliver, ...one } = counted[name];
      expect(cells.slice(0, -1)).toEqual([...Object.values(one), Math.round(ingest), Math.round(deliver)]);
      const dollars = dollarsOfUsage(usageOf(counted[name], defaults.deployment.memory)) * 1_000_000;
      expect(Math.abs(dollars - (cells.at(-1) ?? 0))).toBeLessThan(0.06);
    },
  );
});

const stackOf = (audiences: readonly object[]) => {
  const configuration = parseConfiguration({ audiences });
  const { snapshotDays, memory } = configuration.deployment;
  return { ...configuration, snapshotDays, memory, alarms: 0, metrics: 0 };
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
/** What a month without uploads uses. */
const idle = unitsIn({ feeds: 0 });

test("30 snapshots with one new entry use 30 times what the benchmark counted for one", () => {
  const units = unitsIn({});
  for (const [name, each] of Object.entries(usageOf(counted["1 new"], both.memory)) as [PriceName, number][])
    expect(units(name) - idle(name)).toBeCloseTo(30 * each, 6);
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

test("a stack without uploads costs its idle polling, watch, its alarms, its metrics and its dashboard", () => {
  const { usd } = estimateCost({ ...volumes, feeds: 0 }, { ...both, alarms: 30, metrics: 20 }, counted);
  const polls = (5 * 30 * 86_400) / 20;
  const polling = dollarsOf("sqsRequest", 2 * polls) + dollarsOf("sqsFifoRequest", polls);
  const watch =
    dollarsOf("lambdaRequest", 720) + dollarsOf("lambdaGigabyteSecond", idle("lambdaGigabyteSecond"));
  expect(usd).toBeCloseTo(polling + watch + 30 * 0.1 + 20 * 0.3 + 3);
  expect(watch).toBeLessThan(0.01);
});

describe("each function is priced with its own memory", () => {
  const changed = (name: "ingest" | "deliver" | "digest" | "watch", change: Partial<Volumes> = {}) => {
    const schedule = [
      { name: "alerts", mode: "alerts" },
      { name: "morning", mode: "digest", schedule: "daily 07:00" },
    ];
    const stack = stackOf(schedule);
    const more = { ...stack, memory: { ...stack.memory, [name]: 2 * stack.memory[name] } };
    const units = (of: typeof stack) => unitsIn(change, of)("lambdaGigabyteSecond");
    return units(more) - units(stack);
  };
  const one = counted["1 new"];
  const { memory } = defaults.deployment;
  const inGigabytes = (milliseconds: number, megabytes: number) =>
    (milliseconds / 1_000) * (megabytes / 1_024);

  it("ingest and deliver by their counted time", () => {
    // With twice the memory it has a whole processor, with half of that 1,024 of 1,769 parts.
    const [before, after] = [1_769, 2 * memory.ingest];
    expect(changed("ingest")).toBeCloseTo(
      30 * (inGigabytes(one.ingestMilliseconds, after) - inGigabytes(one.ingestMilliseconds, before)),
      6,
    );
    expect(changed("deliver")).toBeCloseTo(30 * inGigabytes(one.deliverMilliseconds, memory.deliver), 6);
  });

  it("digest by its slots and watch by its hours: twice the memory makes only their waiting dearer", () => {
    expect(changed("digest")).toBeCloseTo(30 * inGigabytes(262, memory.digest), 6);
    expect(changed("watch")).toBeCloseTo(720 * inGigabytes(101, memory.watch), 6);
    expect(changed("digest", { feeds: 0 })).toBe(changed("digest"));
  });
});

test("every price has a dated source, or is listed as unverified", () => {
  const listed = new Set(unverifiedPrices);
  const undated = Object.values(prices).filter(
    ({ source }) =>
      !("page" in source) ||
      !/^(?:[\w-]+\.)+[a-z]{2,3}\b/.test(source.page) ||
      !/^20\d\d-\d\d-\d\d$/.test(source.date) ||
      source.date > `${pricesDate}-31`,
  );
  expect(undated.map(({ unit }) => unit)).toEqual([...listed]);
});
