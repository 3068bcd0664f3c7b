import { describe, expect, test } from "vitest";
import { allTraits } from "./feeds.ts";
import { day, simulate, week, year, type SimulationResult } from "./polling.ts";

/** Each audience was told of each entry that appeared, once; of nothing else. */
function expectEachOnce({ audiences, appeared, broken }: SimulationResult): void {
  expect(broken).toEqual([]);
  expect(Object.keys(audiences).toSorted()).toEqual(["alerts", "digest"]);
  for (const tally of Object.values(audiences))
    expect(tally).toEqual({ once: appeared, again: 0, never: 0, madeUp: 0 });
}

describe("feeds that drift are told of exactly", () => {
  test("a day of polls every quarter of an hour, every way of naming entries", async () => {
    const result = await simulate(week(allTraits.length, 96, 7));
    expectEachOnce(result);
    expect(result.appeared).toBeGreaterThan(300);
    // An entry takes its item, a pointer from its link or date, and one from each other form in which it was seen.
    for (const { slots } of result.sizes) expect(slots).toBeLessThan(4 * result.appeared);
  });

  test("a year in steps of a day: what never leaves its feed is sent once, what has left is forgotten", async () => {
    const result = await simulate(year(allTraits.length, 11));
    expectEachOnce(result);
    const settled = result.sizes.filter(({ at }) => at > 120 * day).map(({ slots }) => slots);
    expect(settled.length).toBeGreaterThan(4);
    expect(Math.max(...settled)).toBeLessThan(1.5 * Math.min(...settled));
  });
});
