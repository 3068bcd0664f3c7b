import { expect, test } from "vitest";
import { describeWaiting } from "../../../infra/local/once.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

test.each([
  ["delivering", []],
  ["delivering", [{ receives: 0 }]],
  ["delivering", [{ receives: 1, visibleAt: now - 1 }]],
  ["handed back once; next attempt within 135 s", [{ receives: 1, visibleAt: now + 134_200 }]],
  ["handed back 4 times; next attempt within 2 s", [{ receives: 0 }, { receives: 4, visibleAt: now + 2000 }]],
])("says %s", (said, waiting) => {
  expect(describeWaiting(waiting, now)).toBe(said);
});
