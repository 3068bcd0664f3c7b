import { expect, test } from "vitest";
import { describeFaults } from "../../../infra/local/faults.ts";

test("describes the warnings in a log line", () => {
  const line = { event: "done", key: "snapshots/a/1.xml", faults: { "entry-truncated": 1, truncated: 2 } };
  expect(describeFaults(JSON.stringify(line))).toBe(
    "snapshots/a/1.xml: warnings: entry-truncated, truncated 2 times; for details: npx feedbell parse FILE",
  );
});

test.each([
  '{"event":"done","key":"snapshots/a/1.xml"}',
  '{"event":"failed","faults":{}}',
  "START RequestId",
])("ignores %s", (line) => {
  expect(describeFaults(line)).toBeUndefined();
});
