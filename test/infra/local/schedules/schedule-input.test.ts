import { expect, test } from "vitest";
import { fillInput, unknownAttributes } from "../../../../infra/local/schedules/schedule-input.ts";

const firing = { scheduleArn: "arn:s", at: Date.parse("2022-03-22T18:59:43.120Z") };

test("context attributes are replaced wherever they stand", () => {
  const input =
    '{"a":"<aws.scheduler.scheduled-time>","b":"<aws.scheduler.schedule-arn> <aws.scheduler.attempt-number>"}';
  expect(fillInput(input, firing)).toBe('{"a":"2022-03-22T18:59:43Z","b":"arn:s 1"}');
});

test("each firing has its own execution id", () => {
  const ids = [1, 2].map(() => fillInput("<aws.scheduler.execution-id>", firing));
  expect(ids[0]).not.toBe(ids[1]);
});

test("unknown attributes are found", () => {
  expect(unknownAttributes("<aws.scheduler.scheduled-time> <aws.scheduler.slot> <aws.other>")).toEqual([
    "slot",
  ]);
});
