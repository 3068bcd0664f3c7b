import { describe, expect, it } from "vitest";
import { nextSlot } from "../../../functions/core/schedule/next-slot.ts";
import { ScheduleError } from "../../../functions/core/schedule/schedule-error.ts";
import * as fc from "../../support/properties.ts";
import { firings, walk, type Walk } from "../../support/cron-walk.ts";

const day = 86_400_000;

/** Zones with the days around which their clocks change, or any days where they never do. */
const walks: readonly Walk[] = [
  ...["2027-03-20", "2027-10-20"].flatMap((from) => [
    walk("Europe/Berlin", Date.parse(from), 40),
    walk("Europe/Dublin", Date.parse(from), 40),
  ]),
  ...["2027-03-05", "2027-10-28"].flatMap((from) => [
    walk("America/New_York", Date.parse(from), 40),
    walk("America/Havana", Date.parse(from), 40),
  ]),
  ...["2027-03-28", "2027-09-25"].map((from) => walk("Australia/Lord_Howe", Date.parse(from), 40)),
  ...["2027-04-20", "2027-10-20"].map((from) => walk("Africa/Cairo", Date.parse(from), 40)),
  walk("Asia/Shanghai", Date.parse("2028-02-10"), 60),
  walk("Asia/Kathmandu", Date.parse("2027-12-20"), 40),
  walk("UTC", Date.parse("2027-01-20"), 60),
  // The island skipped a whole day.
  walk("Pacific/Apia", Date.parse("2011-12-10"), 40),
];

const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
const range = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const step = (min: number, max: number) =>
  fc
    .tuple(fc.oneof(fc.constant("*"), number(min, max), range(min, max)), fc.integer({ min: 1, max }))
    .map(([start, every]) => `${start}/${every}`);
const list = (min: number, max: number, hasSteps = true) =>
  fc
    .array(fc.oneof(number(min, max), range(min, max), ...(hasSteps ? [step(min, max)] : [])), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.join(","));
const any = fc.constant("*");
const weekday = fc.constantFrom("1", "2", "7", "SUN", "MON", "WED", "FRI", "SAT");
const dayFields = fc.oneof(
  fc
    .oneof(
      any,
      list(1, 31),
      fc.constant("L"),
      number(1, 31).map((n) => `${n}W`),
    )
    .map((dayOfMonth) => [dayOfMonth, "?"] as const),
  fc
    .oneof(
      any,
      list(1, 7, false),
      fc.constantFrom("MON-FRI", "TUE,THU-SAT", "L", "SUN"),
      weekday.map((name) => `${name}L`),
      fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([name, n]) => `${name}#${n}`),
    )
    .map((dayOfWeek) => ["?", dayOfWeek] as const),
);
const expression = fc
  .tuple(
    fc.oneof(list(0, 59), any, number(0, 59)),
    fc.oneof(list(0, 23), any, number(0, 3)),
    dayFields,
    fc.oneof(
      { weight: 4, arbitrary: any },
      { arbitrary: list(1, 12), weight: 1 },
      fc.constantFrom("MAR-NOV", "JAN,FEB"),
    ),
    fc.oneof({ weight: 6, arbitrary: any }, fc.constantFrom("2027", "2026-2030", "1971/4")),
  )
  .map(
    ([minutes, hours, [dayOfMonth, dayOfWeek], months, years]) =>
      `cron(${minutes} ${hours} ${dayOfMonth} ${months} ${dayOfWeek} ${years})`,
  );

describe("the next slot", () => {
  it("of 1,000 random expressions is what a walk over the minutes of a zone finds", () => {
    let found = 0;
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom(...walks),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
          minLength: 3,
          maxLength: 3,
        }),
        (cron, walked, starts) => {
          const expected = firings(walked, cron);
          const end = walked.from + walked.minutes.length * 60_000;
          // Not in the first day: a repeated minute is known only if its first one was walked over.
          for (const start of starts) {
            const after = walked.from + day + Math.floor(start * (end - walked.from - day));
            const next = nextSlot(cron, walked.timeZone, after);
            const wanted = expected.find((time) => time > after);
            // A slot after the end of the walk is none that the walk can find.
            expect(next !== undefined && next < end ? next : undefined).toBe(wanted);
            if (wanted !== undefined) found++;
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(found, "most expressions fire during their walk").toBeGreaterThan(1_500);
  });

  it.each([
    ["Europe/Berlin", "cron(30 2 * * ? *)", "2027-03-27T12:00Z", "2027-03-29T00:30Z"],
    ["Europe/Berlin", "cron(30 2 * * ? *)", "2027-10-30T12:00Z", "2027-10-31T00:30Z"],
    ["Europe/Berlin", "cron(30 2 * * ? *)", "2027-10-31T00:30Z", "2027-11-01T01:30Z"],
    ["Europe/Berlin", "cron(0 * * * ? *)", "2027-10-31T00:00Z", "2027-10-31T02:00Z"],
    ["America/New_York", "cron(0 7 * * ? *)", "2027-03-14T00:00Z", "2027-03-14T11:00Z"],
    ["America/New_York", "cron(0 7 * * ? *)", "2027-11-07T00:00Z", "2027-11-07T12:00Z"],
    ["America/Havana", "cron(30 0 * * ? *)", "2027-03-13T12:00Z", "2027-03-15T04:30Z"],
    ["Africa/Cairo", "cron(0 0 ? * FRI *)", "2027-04-29T12:00Z", "2027-05-06T21:00Z"],
    ["Australia/Lord_Howe", "cron(15 2 * * ? *)", "2027-10-02T00:00Z", "2027-10-03T15:15Z"],
    ["Asia/Shanghai", "cron(0 7 * * ? *)", "2026-11-26T23:00Z", "2026-11-27T23:00Z"],
    ["UTC", "cron(0 12 29 2 ? *)", "2026-11-26T00:00Z", "2028-02-29T12:00Z"],
    ["UTC", "cron(0 12 1W * ? *)", "2027-04-30T00:00Z", "2027-05-03T12:00Z"],
    ["UTC", "cron(0 12 31W * ? *)", "2027-01-01T00:00Z", "2027-01-29T12:00Z"],
    ["UTC", "cron(0 12 ? * 6L *)", "2026-11-26T00:00Z", "2026-11-27T12:00Z"],
    ["UTC", "cron(0 12 ? * MON#1 *)", "2026-11-26T00:00Z", "2026-12-07T12:00Z"],
    ["UTC", "cron(0/15 * * * ? *)", "2026-11-26T10:15Z", "2026-11-26T10:30Z"],
    ["UTC", "cron(0 0 ? * 2-6 *)", "2026-11-27T00:00Z", "2026-11-30T00:00Z"],
  ])("in %s of %s after %s is %s", (timeZone, cron, after, next) => {
    expect(nextSlot(cron, timeZone, Date.parse(after))).toBe(Date.parse(next));
  });

  it.each([
    "cron(0 0 30 2 ? *)",
    "cron(0 0 31 4,6,9,11 ? *)",
    "cron(0 0 1 1 ? 2026)",
    "cron(0 0 ? FEB SUN#5 2027)",
  ])("of %s is absent: it never fires again", (cron) => {
    expect(nextSlot(cron, "UTC", Date.parse("2026-11-26T00:00Z"))).toBeUndefined();
  });

  it("at the end of the calendar of EventBridge Scheduler is absent", () => {
    expect(nextSlot("cron(0 0 * * ? *)", "UTC", Date.parse("2199-12-31T00:00Z"))).toBeUndefined();
  });
});

describe("an expression", () => {
  it.each([
    "cron(0 7 * * * *)",
    "cron(0 7 ? * ? *)",
    "cron(0 7 1 * MON *)",
    "cron(0 7 * * ?)",
    "cron(0 7 * * ? * *)",
    "cron(0  7 * * ? *)",
    "cron( 0 7 * * ? *)",
    "cron(60 7 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 7 0 * ? *)",
    "cron(0 7 32 * ? *)",
    "cron(0 7 ? * 0 *)",
    "cron(0 7 ? * 8 *)",
    "cron(0 7 ? * MON/2 *)",
    "cron(0 7 ? * FRI-MON *)",
    "cron(0 7 ? * MON#6 *)",
    "cron(0 7 ? * MON#0 *)",
    "cron(0 7 ? * MON#1#2 *)",
    "cron(0 7 L-3 * ? *)",
    "cron(0 7 LW * ? *)",
    "cron(0 7 1,L * ? *)",
    "cron(0 7 W * ? *)",
    "cron(0 7 * 13 ? *)",
    "cron(0 7 * FOO ? *)",
    "cron(0 7 * * ? 1969)",
    "cron(0 7 * * ? 2200)",
    "cron(0/0 7 * * ? *)",
    "cron(0/60 7 * * ? *)",
    "cron(0/ 7 * * ? *)",
    "cron(/5 7 * * ? *)",
    "cron(1-2-3 7 * * ? *)",
    "cron(5-1 7 * * ? *)",
    "cron(1, 7 * * ? *)",
    "cron(-1 7 * * ? *)",
    "cron(1.5 7 * * ? *)",
    "cron(? 7 * * ? *)",
    "cron(０ 7 * * ? *)",
    `cron(${"0,".repeat(150)}0 7 * * ? *)`,
    "rate(1 hour)",
    "0 7 * * ? *",
  ])("%s is refused", (cron) => {
    expect(() => nextSlot(cron, "UTC", 0)).toThrow(ScheduleError);
  });

  it("may have names in lower case", () => {
    const after = Date.parse("2026-11-26T00:00Z");
    expect(nextSlot("cron(0 7 ? dec mon#1 *)", "UTC", after)).toBe(Date.parse("2026-12-07T07:00Z"));
  });
});
