import { expect, test } from "vitest";
import { openMeter } from "../../../functions/aws/meter.ts";
import { logLine } from "../../../functions/aws/telemetry.ts";
import { collectMetrics } from "../../../infra/local/collected-metrics.ts";

test("the metrics of log lines are kept by minute and by their dimensions", () => {
  const metrics = collectMetrics();
  let now = Date.parse("2026-03-01T08:00:10Z");
  const meter = openMeter("deliver", {
    stack: "paper",
    clock: { now: () => now },
    log: (level, event, details) => metrics.readLogLine(logLine({ level, event, ...details })),
  });
  meter.measure("sent", 2, { audience: "news" });
  meter.measure("outboxAge", 10);
  meter.measure("outboxAge", 40);
  meter.report("info", "delivered", {});
  now += 20_000;
  meter.measure("sent", 1, { audience: "news" });
  meter.report("info", "delivered", {});
  now += 60_000;
  meter.report("info", "delivered", {});
  const of = (name: string, ...dimensions: readonly string[]) =>
    metrics
      .all()
      .find((one) => one.name === name && Object.keys(one.dimensions).join() === dimensions.join());
  const [first, second] = ["2026-03-01T08:00:00.000Z", "2026-03-01T08:01:00.000Z"];
  expect(of("sent", "stack")).toEqual({
    namespace: "feedbell",
    name: "sent",
    unit: "Count",
    dimensions: { stack: "paper" },
    periods: [
      { at: first, sum: 3, count: 2, minimum: 1, maximum: 2 },
      { at: second, sum: 0, count: 1, minimum: 0, maximum: 0 },
    ],
  });
  expect(of("sent", "stack", "audience")).toMatchObject({
    dimensions: { stack: "paper", audience: "news" },
    periods: [{ at: first, sum: 3 }],
  });
  expect(of("outboxAge", "stack")?.periods).toEqual([
    { at: first, sum: 50, count: 2, minimum: 10, maximum: 40 },
  ]);
});

test("other lines, and what only looks like a metric, are ignored", () => {
  const metrics = collectMetrics();
  for (const line of ["", "START RequestId: 1", '{"event":"done"}', '{"_aws"', '{"_aws":null}', '["_aws"]'])
    metrics.readLogLine(line);
  expect(metrics.all()).toEqual([]);
});
