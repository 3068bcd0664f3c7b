import { expect, test } from "vitest";
import { isFailure, readLogLine } from "../../functions/core/log-line.ts";

test("a failure line names the queue message, the code and the reason", () => {
  const line = { event: "failed", message: "m1", code: "out-of-time", why: "Error: slow", receives: 2 };
  const read = readLogLine(JSON.stringify({ level: "error", ...line }));
  expect(read).toEqual(line);
  expect(read && isFailure(read)).toBe(true);
});

test("a failure line of an older function has defaults for what it lacks", () => {
  expect(readLogLine('{"event":"failed","message":"m1"}')).toEqual({
    event: "failed",
    message: "m1",
    code: "unexpected",
    why: "",
    receives: 1,
  });
});

test("a snapshot line has the key, the outcome and the faults", () => {
  const line = { event: "done", key: "snapshots/a/1.xml", feed: "a", faults: { "entry-truncated": 1 } };
  const read = readLogLine(JSON.stringify(line));
  expect(read).toMatchObject(line);
  expect(read && isFailure(read)).toBe(false);
});

test.each([
  "START RequestId: 1",
  "",
  "{",
  "null",
  '"text"',
  "[]",
  '{"event":"failed"}',
  '{"event":"done"}',
  '{"key":"snapshots/a/1.xml"}',
  '{"event":1,"key":"snapshots/a/1.xml"}',
])("%j is no line for a reader", (text) => {
  expect(readLogLine(text)).toBeUndefined();
});
