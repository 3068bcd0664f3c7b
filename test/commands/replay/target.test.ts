import { expect, test } from "vitest";
import { UsageError } from "../../../functions/console/usage-error.ts";
import { exactOrAll, isWithin, readTarget } from "../../../functions/commands/replay/target.ts";

test("a key, a prefix, a period, the dead-letter queue", () => {
  expect(readTarget("snapshots/voa/", {})).toEqual({ kind: "snapshots", prefix: "snapshots/voa/" });
  expect(readTarget("quarantine/voa/1.md", {})).toEqual({
    kind: "quarantine",
    prefix: "quarantine/voa/1.md",
  });
  expect(readTarget(undefined, { since: 5 })).toEqual({
    kind: "snapshots",
    prefix: "snapshots/",
    period: { since: 5, until: Infinity },
  });
  expect(readTarget("snapshots/a", { until: 7 })).toEqual({
    kind: "snapshots",
    prefix: "snapshots/a",
    period: { since: -Infinity, until: 7 },
  });
  expect(readTarget(undefined, { deadLetter: true })).toEqual({ kind: "dead letters" });
});

test.each([
  [undefined, {}, "Say what to replay"],
  ["voa/1.md", {}, "starts with snapshots/ or quarantine/"],
  ["snapshots/a", { since: 7, until: 7 }, "--since must be earlier"],
  ["snapshots/a", { deadLetter: true } as const, "leave the target"],
  [undefined, { deadLetter: true, until: 7 } as const, "leave the target"],
])("%j with %j makes no sense", (given, options, says) => {
  expect(() => readTarget(given, options)).toThrow(UsageError);
  expect(() => readTarget(given, options)).toThrow(says);
});

test("a key that is there is meant alone, not as the prefix of others", () => {
  const keys = ["snapshots/a", "snapshots/ab"].map((key) => ({ key }));
  expect(exactOrAll(keys, "snapshots/a")).toEqual([{ key: "snapshots/a" }]);
  expect(exactOrAll(keys, "snapshots/")).toEqual(keys);
});

test("a period has its beginning and not its end", () => {
  const period = { since: 5, until: 7 };
  expect([4, 5, 6, 7].map((at) => isWithin(at, period))).toEqual([false, true, true, false]);
  expect(isWithin(4, undefined)).toBe(true);
});
