import { expect, test } from "vitest";
import { openAudienceSchedules } from "../../../../infra/local/schedules/audience-schedules.ts";
import type { ScheduleDefinition } from "../../../../infra/local/resources/resource-type.ts";

const at = Date.parse("2026-11-26T07:00:00Z");

function start() {
  const fired: unknown[][] = [];
  const daily: ScheduleDefinition = {
    name: "stack-daily-1",
    arn: "arn:daily",
    expression: "cron(0 7 * * ? *)",
    timeZone: "UTC",
    isEnabled: true,
    target: { kind: "queue", queueArn: "arn:slots", input: '{"audience":"daily"}' },
  };
  const scheduler = {
    schedules: () => [daily],
    fire: async (...firing: unknown[]) => void fired.push(firing),
  };
  const schedules = openAudienceSchedules({ schedules: [daily], functions: new Map() }, scheduler);
  return { schedules, fired };
}

test("a time makes a slot of the schedule, and no time is a request by hand", async () => {
  const { schedules, fired } = start();
  expect([await schedules.fire("daily", at), await schedules.fire("daily")]).toEqual([true, true]);
  expect(fired).toEqual([
    ["stack-daily-1", at],
    ["stack-daily-1", undefined, { byHand: true }],
  ]);
});

test("an audience without a schedule fires nothing", async () => {
  const { schedules, fired } = start();
  expect(await schedules.fire("alerts", at)).toBe(false);
  expect(fired).toEqual([]);
});
