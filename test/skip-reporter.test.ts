import { expect, test } from "vitest";
import { describeSkipped } from "./support/skip-reporter.ts";

test("reasons are counted, the most frequent first", () => {
  expect(describeSkipped(["no Python", "no seed", "no seed"])).toBe(
    "Skipped tests:\n   2  no seed\n   1  no Python",
  );
});
