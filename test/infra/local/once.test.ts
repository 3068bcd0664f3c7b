import { expect, test } from "vitest";
import { describeWaiting } from "../../../infra/local/once.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

test.each<[string, Parameters<typeof describeWaiting>[0]]>([
  ["delivering", []],
  ["delivering", [{ receives: 0 }]],
  ["delivering", [{ receives: 1, visibleAt: now - 1 }]],
  ["attempt 1 failed; will retry within 135 s", [{ receives: 1, visibleAt: now + 134_200 }]],
  ["attempt 4 failed; will retry within 2 s", [{ receives: 0 }, { receives: 4, visibleAt: now + 2000 }]],
])("shows: %s", (shown, waiting) => {
  expect(describeWaiting(waiting, now)).toBe(shown);
});
