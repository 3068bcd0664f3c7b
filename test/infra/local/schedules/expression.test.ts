import { expect, test } from "vitest";
import {
  parseScheduleExpression,
  ScheduleExpressionError,
} from "../../../../infra/local/schedules/expression.ts";

const origin = Date.parse("2026-11-26T10:20:30Z");
const berlin = { created: origin, timeZone: "Europe/Berlin" };
const minute = 60_000;

test.each([
  ["rate(1 minute)", 1],
  ["rate(5 minutes)", 5],
  ["rate(1 hour)", 60],
  ["rate(12 hours)", 720],
  ["rate(1 day)", 1440],
  ["rate(30 days)", 43_200],
])("%s fires every %d minutes from its origin on", (expression, minutes) => {
  const { next } = parseScheduleExpression(expression, berlin);
  const period = minutes * minute;
  expect(next(origin)).toBe(origin + period);
  expect(next(origin + period - 1)).toBe(origin + period);
  expect(next(origin + period)).toBe(origin + 2 * period);
  expect(next(origin - 10 * period)).toBe(origin + period);
});

test("a cron expression fires at its local time", () => {
  const { next } = parseScheduleExpression("cron(0 7 * * ? *)", berlin);
  expect(next(origin)).toBe(Date.parse("2026-11-27T06:00:00Z"));
  expect(next(Date.parse("2027-03-28T00:00:00Z")), "in summer time").toBe(Date.parse("2027-03-28T05:00:00Z"));
});

test("a cron expression whose years are over never fires", () => {
  const { next } = parseScheduleExpression("cron(0 7 * * ? 2025)", berlin);
  expect(next(origin)).toBeUndefined();
});

test.each([
  "rate(0 hours)",
  "rate(1.5 hours)",
  "rate(1 week)",
  "rate(1  hour)",
  "rate(hour)",
  "rate(1 hour) ",
  "rate(1 hour",
  "cron(0 7 * * * *)",
  "cron(0 7 * * ?)",
  "cron(0 7 * * ? * ?)",
  "cron()",
  "at(2027-01-01T07:00:00)",
  "toString()",
  "every hour",
  "",
])("%j is refused", (expression) => {
  expect(() => parseScheduleExpression(expression, berlin)).toThrow(ScheduleExpressionError);
});
