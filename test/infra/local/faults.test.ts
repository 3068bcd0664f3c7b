import { expect, test } from "vitest";
import { describeFaults } from "../../../infra/local/faults.ts";

test("a line of the log tells what was mended or dropped in a snapshot", () => {
  const line = { event: "done", key: "snapshots/a/1.xml", faults: { "entry-truncated": 1, truncated: 2 } };
  expect(describeFaults(JSON.stringify(line))).toBe(
    "snapshots/a/1.xml: read with entry-truncated, truncated 2 times; 'npm run -s feedbell -- parse FILE' shows where",
  );
});

test.each([
  '{"event":"done","key":"snapshots/a/1.xml"}',
  '{"event":"failed","faults":{}}',
  "START RequestId",
])("%s tells nothing", (line) => {
  expect(describeFaults(line)).toBeUndefined();
});
