import { describe, expect, test } from "vitest";
import { openMeter } from "../../functions/aws/meter.ts";
import { metrics, type MetricName, type MetricSource } from "../../functions/core/metrics.ts";

interface LoggedLine {
  readonly level: string;
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const now = 1_772_000_000_000;

function openTestMeter(source: MetricSource) {
  const lines: LoggedLine[] = [];
  const meter = openMeter(source, {
    stack: "paper",
    clock: { now: () => now },
    log: (level, event, details) => void lines.push({ level, event, details }),
  });
  return { meter, lines };
}

const namesFrom = (source: MetricSource) =>
  (Object.keys(metrics) as MetricName[]).filter((name) => {
    const { from, statistic } = metrics[name];
    return statistic === "Sum" && (from as readonly MetricSource[]).includes(source);
  });

describe("a report", () => {
  test("is in CloudWatch's embedded metric format, with the stack as its dimension", () => {
    const { meter, lines } = openTestMeter("digest");
    meter.measure("digests", 2);
    meter.report("info", "sent", { audience: "news" });
    expect(lines).toEqual([
      {
        level: "info",
        event: "sent",
        details: {
          audience: "news",
          _aws: {
            Timestamp: now,
            CloudWatchMetrics: [
              {
                Namespace: "feedbell",
                Dimensions: [["stack"]],
                Metrics: [
                  { Name: "digests", Unit: "Count" },
                  { Name: "retries", Unit: "Count" },
                  { Name: "manyAttempts", Unit: "Count" },
                ],
              },
            ],
          },
          stack: "paper",
          digests: 2,
          retries: 0,
          manyAttempts: 0,
        },
      },
    ]);
  });

  test.each(["ingest", "deliver", "digest", "watch"] as const)(
    "has every sum of %s, also when it is 0",
    (source) => {
      const { meter, lines } = openTestMeter(source);
      meter.report("info", "done", {});
      const names = namesFrom(source);
      expect(names.length).toBeGreaterThan(1);
      expect(lines[0]?.details).toMatchObject(Object.fromEntries(names.map((name) => [name, 0])));
    },
  );

  test("starts over", () => {
    const { meter, lines } = openTestMeter("ingest");
    meter.measure("new", 3);
    meter.report("info", "done", {});
    meter.report("info", "done", {});
    expect(lines.map(({ details }) => details["new"])).toEqual([3, 0]);
  });

  test("has every age as a value of its own, and none where nothing has an age", () => {
    const { meter, lines } = openTestMeter("deliver");
    meter.report("info", "delivered", {});
    meter.measure("deliveryAge", 1_500);
    meter.report("info", "delivered", {});
    meter.measure("deliveryAge", 1_500);
    meter.measure("deliveryAge", 9_000);
    meter.report("info", "delivered", {});
    expect(lines.map(({ details }) => details["deliveryAge"])).toEqual([undefined, 1_500, [1_500, 9_000]]);
    const directive = { Metrics: expect.arrayContaining([{ Name: "deliveryAge", Unit: "Milliseconds" }]) };
    expect(lines[2]?.details).toMatchObject({ _aws: { CloudWatchMetrics: [directive] } });
  });

  test("has at most the 100 values of a metric that CloudWatch accepts", () => {
    const { meter, lines } = openTestMeter("deliver");
    for (let i = 0; i < 150; i++) meter.measure("outboxAge", i);
    meter.report("info", "delivered", {});
    expect(lines[0]?.details["outboxAge"]).toHaveLength(100);
  });

  test("is followed by a line for each audience that has a value; the total has them too", () => {
    const { meter, lines } = openTestMeter("deliver");
    for (const audience of ["news", "sport", "news"]) meter.measure("sent", 1, { audience });
    meter.measure("smsParts", 2, { audience: "news" });
    meter.measure("smsParts", 0, { audience: "sport" });
    meter.report("info", "delivered", {});
    expect(lines.map(({ event }) => event)).toEqual(["delivered", "measured", "measured"]);
    expect(lines[0]?.details).toMatchObject({ sent: 3, smsParts: 2 });
    expect(lines[1]?.details).toMatchObject({ stack: "paper", audience: "news", sent: 2, smsParts: 2 });
    expect(lines[1]?.details["_aws"]).toMatchObject({
      CloudWatchMetrics: [{ Dimensions: [["stack", "audience"]] }],
    });
    expect(lines[2]?.details).toMatchObject({ audience: "sport", sent: 1 });
    expect(lines[2]?.details).not.toHaveProperty("smsParts");
  });

  test("names the code of what was quarantined", () => {
    const { meter, lines } = openTestMeter("ingest");
    meter.measure("quarantined", 1, { code: "format-unknown" });
    meter.report("info", "quarantined", {});
    expect(lines.map(({ details }) => [details["code"], details["quarantined"]])).toEqual([
      [undefined, 1],
      ["format-unknown", 1],
    ]);
  });
});

test("emit logs what is not 0 at once, and the next report does not say 0 for it", () => {
  const { meter, lines } = openTestMeter("ingest");
  meter.emit();
  meter.measure("new", 2);
  meter.measure("skipped", 0);
  meter.emit();
  meter.report("info", "done", { new: 2 });
  meter.report("info", "done", {});
  const counted = lines.map(({ event, details }) => [
    event,
    details["new"],
    details["skipped"],
    JSON.stringify(details["_aws"]).includes('"new"'),
  ]);
  expect(counted).toEqual([
    ["measured", 2, undefined, true],
    ["done", 2, 0, false],
    ["done", 0, 0, true],
  ]);
});

test("flush reports what was measured, and nothing where nothing was", () => {
  const { meter, lines } = openTestMeter("ingest");
  meter.flush();
  meter.measure("retries", 1);
  meter.flush();
  meter.flush();
  expect(lines.map(({ event, details }) => [event, details["retries"]])).toEqual([["measured", 1]]);
});
