import { expect, test } from "vitest";
import { describeOutcome, describeQuarantine, readOutcome } from "../../functions/console/outcomes.ts";

const line = (fields: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ level: "info", key: "snapshots/harbour/1.xml", ...fields });

test.each([
  [
    { event: "done", new: 2, known: 30, byAudience: { alerts: 2, digest: 1 } },
    "harbour/1.xml: 2 new, 30 known -> alerts 2, digest 1",
  ],
  [
    { event: "done", new: 3, byAudience: { alerts: 2 }, waiting: { weekly: 1 } },
    "harbour/1.xml: 3 new -> alerts 2, weekly 1 waiting",
  ],
  [
    { event: "done", new: 1, byAudience: {}, waiting: { weekly: 1 } },
    "harbour/1.xml: 1 new -> weekly 1 waiting",
  ],
  [
    { event: "done", known: 30, rejected: 1, byAudience: {} },
    "harbour/1.xml: nothing new (30 known, 1 rejected)",
  ],
  [{ event: "unchanged" }, "harbour/1.xml: unchanged"],
  [{ event: "retry", code: "entry-held", why: "busy" }, "harbour/1.xml: will retry: entry-held: busy"],
  [{ event: "quarantined", code: "format-unknown" }, undefined],
])("%j", (fields, expected) => {
  expect(describeOutcome(line(fields))).toBe(expected);
});

test("a quarantine has its reason", () => {
  const fields = { event: "quarantined", code: "format-unknown", found: "a picture", expected: "a feed" };
  expect(describeQuarantine(line(fields))).toBe(
    "harbour/1.xml: quarantined: format-unknown: found a picture; expected a feed",
  );
  expect(describeQuarantine(line({ event: "done" }))).toBeUndefined();
});

test("other lines of the log are no uploads", () => {
  for (const text of [
    "START RequestId: 1",
    "{",
    line({ event: "failed", message: "m" }),
    '{"event":"sent"}',
  ]) {
    expect(describeOutcome(text)).toBeUndefined();
    expect(describeQuarantine(text)).toBeUndefined();
  }
});

test.each([
  [
    { event: "done", new: 1, byAudience: { alerts: 1 } },
    { isEnd: true, isWaiting: false },
  ],
  [
    { event: "done", new: 1, waiting: { weekly: 1 } },
    { isEnd: true, isWaiting: true },
  ],
  [{ event: "unchanged" }, { isEnd: true, isWaiting: false }],
  [
    { event: "quarantined", code: "format-unknown" },
    { isEnd: true, isWaiting: false, words: undefined },
  ],
  [
    { event: "continued", entries: 900 },
    { isEnd: false, isWaiting: false },
  ],
  [
    { event: "retry", code: "entry-held" },
    { isEnd: false, isWaiting: false },
  ],
])("%j ends a snapshot or not, and tells what waits", (fields, expected) => {
  expect(readOutcome(line(fields))).toMatchObject({ key: "snapshots/harbour/1.xml", ...expected });
});
