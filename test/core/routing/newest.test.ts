import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { newestFirst, topN, type Dated } from "../../../functions/core/routing/newest.ts";

describe("newestFirst", () => {
  test("sorts by date, then by position; entries without a date are last", () => {
    const entries: Dated[] = [
      { at: 0 },
      { at: 1, date: "2026-11-24T00:00:00.000Z" },
      { at: 2, date: "2026-11-26T00:00:00.000Z" },
      { at: 3 },
      { at: 4, date: "2026-11-24T00:00:00.000Z" },
      { at: 5, date: "2026-11-25T23:59:59.999Z" },
    ];
    expect(entries.toSorted(newestFirst).map(({ at }) => at)).toEqual([2, 5, 1, 4, 0, 3]);
    expect(
      entries
        .toReversed()
        .sort(newestFirst)
        .map(({ at }) => at),
    ).toEqual([2, 5, 1, 4, 0, 3]);
  });
});

describe("topN", () => {
  const dated = fc
    .array(fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }), { maxLength: 40 })
    .map((days) =>
      days.map((day, at): Dated => ({ at, ...(day !== undefined && { date: `2026-11-0${day}` }) })),
    );

  test("holds the first items of the sorted list at every moment, and counts all", () => {
    fc.assert(
      fc.property(dated, fc.integer({ min: 0, max: 12 }), (entries, limit) => {
        const top = topN<Dated>(limit);
        for (const [i, entry] of entries.entries()) {
          top.add(entry, () => entry);
          const sorted = entries.slice(0, i + 1).sort(newestFirst);
          expect(top.items).toEqual(sorted.slice(0, limit));
          expect(top.count).toBe(i + 1);
        }
      }),
    );
  });

  test("does not make an item that is not among the newest", () => {
    const top = topN<Dated>(2);
    const made: number[] = [];
    const add = (at: number, date: string) => {
      const entry = { at, date };
      top.add(entry, () => {
        made.push(at);
        return entry;
      });
    };
    add(0, "2026-11-25");
    add(1, "2026-11-26");
    add(2, "2026-11-24");
    add(3, "2026-11-25");
    add(4, "2026-11-27");
    expect(made).toEqual([0, 1, 4]);
    expect(top.items.map(({ at }) => at)).toEqual([4, 1]);
  });
});
