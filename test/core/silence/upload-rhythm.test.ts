import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import {
  noteUpload,
  usualGap,
  usualPause,
  type UploadRhythm,
} from "../../../functions/core/silence/upload-rhythm.ts";

const minute = 60;
const hour = 3_600;
const day = 86_400;
const start = Date.parse("2026-03-02T00:00:00Z") / 1000;

/** Uploads at these times, each of them changed or not; returns the rhythm and the number of writes for unchanged ones. */
function upload(
  times: readonly number[],
  { isChanged = () => false, before }: { isChanged?: (i: number) => boolean; before?: UploadRhythm } = {},
) {
  let rhythm = before;
  let writes = 0;
  for (const [i, at] of times.entries()) {
    const isWritten = rhythm === undefined || isChanged(i);
    const next = noteUpload(rhythm, at, { isWritten });
    if (next && !isWritten) writes++;
    rhythm = next ?? rhythm;
  }
  if (!rhythm) throw new Error("There was no upload.");
  return { rhythm, writes };
}

const every = (gap: number, length: number, from = start) =>
  Array.from({ length: Math.ceil(length / gap) }, (_, i) => from + i * gap);

describe("the usual gap", () => {
  test.each([
    ["5 minutes", 5 * minute],
    ["15 minutes", 15 * minute],
    ["an hour", hour],
    ["six hours", 6 * hour],
    ["a day", day],
  ])("of a feed that comes every %s is found, whether its bytes change or not", (_, gap) => {
    const times = every(gap, 20 * day);
    expect(usualGap(upload(times).rhythm)).toBe(gap);
    expect(usualGap(upload(times, { isChanged: () => true }).rhythm)).toBe(gap);
    expect(usualGap(upload(times, { isChanged: (i) => i % 7 === 0 }).rhythm)).toBe(gap);
  });

  test("is unknown after one upload, and after two", () => {
    expect(usualGap(upload([start]).rhythm)).toBeUndefined();
    expect(usualGap(upload([start, start + day]).rhythm)).toBeUndefined();
  });

  test("is not changed by one long gap", () => {
    const times = [...every(hour, 3 * day), ...every(hour, day, start + 9 * day)];
    expect(usualGap(upload(times).rhythm)).toBe(hour);
  });

  test("is not changed by a burst of uploads", () => {
    const before = every(day, 20 * day);
    const burst = Array.from({ length: 20 }, (_, i) => start + 20 * day + i * 2 * minute);
    expect(usualGap(upload([...before, ...burst], { isChanged: () => true }).rhythm)).toBe(day);
  });

  test("of a daily feed in local time survives the change to summer time", () => {
    const local = Array.from({ length: 30 }, (_, i) => start + i * day - (i >= 20 ? hour : 0));
    expect(usualGap(upload(local).rhythm)).toBe(day);
  });
});

test("the usual pause is the second longest of four weeks, of a newer feed the longest", () => {
  const now = start + 60 * day;
  const pauses = [
    { at: now - day, length: 7 * day },
    { at: now - 2 * day, length: 2 * day },
  ];
  const known = (days: number): UploadRhythm => ({
    since: now - days * day,
    seen: now,
    measured: now,
    isMeasuring: false,
    gaps: [hour, hour, hour],
    pauses,
  });
  expect(usualPause(known(28), now)).toBe(2 * day);
  expect(usualPause(known(27), now)).toBe(7 * day);
  expect(usualPause(known(60), now + 27 * day)).toBe(0);
});

describe("an unchanged upload", () => {
  test("directly after another one is not noted", () => {
    const { writes } = upload([start, start, start + 1, start + 30]);
    expect(writes).toBe(0);
  });

  test("of a feed that comes every 15 minutes is noted 12 times a day", () => {
    const before = upload(every(15 * minute, 2 * day)).rhythm;
    const { writes } = upload(every(15 * minute, 10 * day, start + 2 * day), { before });
    expect(writes / 10).toBeLessThanOrEqual(12);
    expect(writes / 10).toBeGreaterThan(10);
  });

  test("that arrives late or a second time changes nothing", () => {
    const { rhythm } = upload(every(hour, day));
    expect(noteUpload(rhythm, rhythm.seen, { isWritten: false })).toBeUndefined();
    expect(noteUpload(rhythm, rhythm.seen - day, { isWritten: false })).toBeUndefined();
    expect(noteUpload(rhythm, rhythm.seen - day, { isWritten: true })).toEqual(rhythm);
  });

  test("of a feed without a rhythm, as an earlier version left it, is not noted", () => {
    expect(noteUpload(undefined, start, { isWritten: false })).toBeUndefined();
  });
});

test("for any uploads: few writes, few values, and the last noted upload is less than four hours old", () => {
  const gaps = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 2 * hour }), fc.integer({ min: 0, max: 5 * day })),
    {
      minLength: 1,
      maxLength: 80,
    },
  );
  fc.assert(
    fc.property(gaps, fc.infiniteStream(fc.boolean()), (steps, changes) => {
      let at = start;
      const times = steps.map((step) => (at += step));
      const changed = [...changes.take(times.length)];
      const { rhythm, writes } = upload(times, { isChanged: (i) => changed[i] === true });
      const elapsed = (times.at(-1) ?? start) - (times[0] ?? start);
      expect(at - rhythm.seen).toBeLessThan(4 * hour);
      expect(writes).toBeLessThanOrEqual(
        2 * (Math.floor(elapsed / (4 * hour)) + 1) + changed.filter(Boolean).length,
      );
      expect(rhythm.gaps.length).toBeLessThanOrEqual(9);
      expect(rhythm.pauses.length).toBeLessThanOrEqual(3);
      expect(JSON.stringify(rhythm).length).toBeLessThan(400);
    }),
  );
});
