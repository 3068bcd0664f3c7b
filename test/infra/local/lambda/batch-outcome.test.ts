import { expect, test } from "vitest";
import { describeReturn, succeeded } from "../../../../infra/local/lambda/batch-outcome.ts";
import type { InvocationOutcome } from "../../../../infra/local/lambda/function-process.ts";

const ids = ["a", "b", "c"];
const done = (payload: unknown): InvocationOutcome => ({ kind: "done", payload });
const failing = (...items: unknown[]) =>
  done({ batchItemFailures: items.map((itemIdentifier) => ({ itemIdentifier })) });

// AWS Lambda developer guide, "Implementing partial batch responses", success and failure conditions.
test.each<[string, InvocationOutcome, readonly string[]]>([
  ["an empty list", failing(), ids],
  ["null", done(null), ids],
  ["an empty object", done({}), ids],
  ["a null list", done({ batchItemFailures: null }), ids],
  ["one failure", failing("b"), ["a", "c"]],
  ["all failures", failing("a", "b", "c"), []],
  ["the same failure twice", failing("b", "b"), ["a", "c"]],
  ["an empty identifier", failing("b", ""), []],
  ["a null identifier", failing(null), []],
  ["an unknown identifier", failing("d"), []],
  ["an item without an identifier", done({ batchItemFailures: [{ id: "a" }] }), []],
  ["an item that is a string", done({ batchItemFailures: ["a"] }), []],
  ["a list that is none", done({ batchItemFailures: "a" }), []],
  ["a text", done("fine"), []],
  ["an error", { kind: "failed", type: "Error", message: "x" }, []],
  ["a time-out", { kind: "timed out" }, []],
  ["a crash", { kind: "crashed", how: "killed" }, []],
])("%s", (_, outcome, expected) => {
  expect(succeeded(ids, outcome, true)).toEqual(expected);
});

test("without partial failures any answer is success for all", () => {
  expect(succeeded(ids, failing("b"), false)).toEqual(ids);
  expect(succeeded(ids, { kind: "failed", type: "Error", message: "x" }, false)).toEqual([]);
});

test.each([
  ["A message goes back to the queue (the function failed)", "failed", [1, 1, 0]],
  ["A message goes to the dead-letter queue (the function timed out)", "timed out", [1, 1, 1]],
  ["2 of 3 messages go back to the queue", "done", [3, 2, 0]],
  ["1 of 3 messages goes back to the queue, 2 of 3 messages go to the dead-letter queue", "done", [3, 3, 2]],
] as const)("%s", (said, kind, [messages, failed, givenUp]) => {
  expect(describeReturn(kind, { messages, failed, givenUp })).toBe(said);
});
