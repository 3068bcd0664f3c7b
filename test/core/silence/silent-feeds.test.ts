import { describe, expect, test } from "vitest";
import { judgeFeeds, silenceOf } from "../../../functions/core/silence/silent-feeds.ts";
import { noteUpload, type UploadRhythm } from "../../../functions/core/silence/upload-rhythm.ts";

const minute = 60;
const hour = 3_600;
const day = 86_400;
/** A Monday. */
const start = Date.parse("2026-03-02T00:00:00Z") / 1000;

function rhythmOf(times: readonly number[], isChanged: (i: number) => boolean = () => false): UploadRhythm {
  let rhythm: UploadRhythm | undefined;
  for (const [i, at] of times.entries())
    rhythm = noteUpload(rhythm, at, { isWritten: rhythm === undefined || isChanged(i) }) ?? rhythm;
  if (!rhythm) throw new Error("There was no upload.");
  return rhythm;
}

const every = (gap: number, length: number, from = start) =>
  Array.from({ length: Math.ceil(length / gap) }, (_, i) => from + i * gap);

const stateAt = (rhythm: UploadRhythm, now: number, periods = 5) => silenceOf(rhythm, { periods, now }).state;

/** The first time, in steps of an hour, at which a feed is silent after its last upload; seconds after that upload. */
function silentAfter(times: readonly number[], periods?: number): number {
  const rhythm = rhythmOf(times);
  const last = times.at(-1) ?? start;
  for (let now = last; now < last + 60 * day; now += hour)
    if (stateAt(rhythm, now, periods) === "silent") return now - last;
  return Infinity;
}

/** Hours of a life of uploads at which the feed would have been reported. */
function falseAlarms(times: readonly number[], isChanged?: (i: number) => boolean): readonly number[] {
  const found: number[] = [];
  let rhythm: UploadRhythm | undefined;
  let next = 0;
  for (let now = start; now < (times.at(-1) ?? start); now += hour) {
    for (; (times[next] ?? Infinity) <= now; next++) {
      const isWritten = rhythm === undefined || isChanged?.(next) === true;
      rhythm = noteUpload(rhythm, times[next] ?? 0, { isWritten }) ?? rhythm;
    }
    if (rhythm && stateAt(rhythm, now) === "silent") found.push((now - start) / day);
  }
  return found;
}

describe("a feed", () => {
  test.each([
    ["15 minutes", 15 * minute, 1, 6],
    ["an hour", hour, 5, 10],
    ["six hours", 6 * hour, 30, 31],
    ["a day", day, 120, 121],
  ])("that came every %s and stops is silent after five periods, or four hours later", (_, gap, min, max) => {
    const hours = silentAfter(every(gap, 30 * day)) / hour;
    expect(hours).toBeGreaterThanOrEqual(min);
    expect(hours).toBeLessThanOrEqual(max);
  });

  test("is never silent while it comes", () => {
    for (const gap of [10 * minute, hour, 5 * hour, day, 7 * day]) {
      expect(falseAlarms(every(gap, 90 * day))).toEqual([]);
      expect(falseAlarms(every(gap, 90 * day), (i) => i % 3 === 0)).toEqual([]);
    }
  });

  test("with one upload only is never silent, and is gone in the end", () => {
    const rhythm = rhythmOf([start]);
    expect(stateAt(rhythm, start + 20 * day)).toBe("learning");
    expect(stateAt(rhythm, start + 29 * day)).toBe("gone");
  });

  test("is not judged in its first week", () => {
    const times = every(hour, 2 * day);
    const rhythm = rhythmOf(times);
    expect(stateAt(rhythm, start + 6 * day)).toBe("learning");
    expect(stateAt(rhythm, start + 7 * day)).toBe("silent");
  });

  test("that pauses at weekends is not reported at weekends", () => {
    const workdays = every(hour, 12 * 7 * day).filter((at) => {
      const date = new Date(at * 1000);
      return ![0, 6].includes(date.getUTCDay()) && date.getUTCHours() >= 7 && date.getUTCHours() < 19;
    });
    expect(falseAlarms(workdays)).toEqual([]);
    expect(falseAlarms(workdays, () => true)).toEqual([]);
    // It is reported when it stays away for longer than a weekend.
    expect(silentAfter(workdays) / day).toBeLessThan(4.5);
  });

  test("with irregular uploads is not reported", () => {
    const gaps = [1, 2, 26, 3, 9, 1, 30, 5, 2, 14, 8, 1, 40, 2, 6];
    let at = start;
    const times = Array.from({ length: 300 }, (_, i) => (at += (gaps[(i * 7) % gaps.length] ?? 1) * hour));
    const alarms = falseAlarms(times, (i) => i % 2 === 0);
    expect(alarms.filter((days) => days > 14)).toEqual([]);
    expect(silentAfter(times)).toBeLessThan(5 * day);
  });

  test("that failed for a week once is reported as fast as before when it fails again", () => {
    const times = [...every(hour, 40 * day), ...every(hour, 30 * day, start + 47 * day)];
    expect(silentAfter(times) / hour).toBeLessThanOrEqual(10);
  });

  test("keeps its limit over a change to summer time", () => {
    const local = Array.from({ length: 40 }, (_, i) => start + i * day - (i >= 20 ? hour : 0));
    expect(falseAlarms(local)).toEqual([]);
  });

  test("that was removed is reported for two weeks and then gone", () => {
    const rhythm = rhythmOf(every(hour, 30 * day));
    expect(stateAt(rhythm, rhythm.seen + 2 * day)).toBe("silent");
    expect(stateAt(rhythm, rhythm.seen + 14 * day)).toBe("silent");
    expect(stateAt(rhythm, rhythm.seen + 15 * day)).toBe("gone");
  });

  test("that returns is active again with its next upload", () => {
    const before = rhythmOf(every(hour, 30 * day));
    const back = before.seen + 40 * day;
    const after = noteUpload(before, back, { isWritten: false });
    expect(after && stateAt(after, back)).toBe("active");
  });

  test("is never silent where its limit is 0", () => {
    const rhythm = rhythmOf(every(hour, 30 * day));
    expect(stateAt(rhythm, rhythm.seen + 3 * day, 0)).toBe("active");
  });
});

test("a feed's own limit takes precedence over the stack's", () => {
  const rhythm = rhythmOf(every(day, 30 * day));
  const feeds = ["news", "sport", "weather"].map((place) => ({ place, key: `snapshots/${place}/1`, rhythm }));
  const settings = {
    silentPeriods: 5,
    feeds: { sport: { silentPeriods: 20 }, weather: { silentPeriods: 0 } },
  };
  const judged = judgeFeeds(feeds, settings, rhythm.seen + 6 * day);
  expect(judged.map(({ place, state }) => [place, state])).toEqual([
    ["news", "silent"],
    ["sport", "active"],
    ["weather", "active"],
  ]);
});
