import { describe, expect, it } from "vitest";
import { isQuiet, scheduleOf, type Timing } from "../../../functions/core/schedule/audience-schedule.ts";
import { ScheduleError } from "../../../functions/core/schedule/schedule-error.ts";

const alerts: Timing = { mode: "alerts", timeZone: "Europe/Berlin" };
const digest = (schedule: string, timeZone = "Asia/Shanghai"): Timing => ({
  mode: "digest",
  schedule,
  timeZone,
});
const at = (iso: string): number => Date.parse(iso);

describe("the schedule of an audience", () => {
  it.each([
    ["hourly", "cron(0 * * * ? *)", "UTC"],
    ["daily 07:00", "cron(0 7 * * ? *)", "Asia/Shanghai"],
    ["daily 23:59", "cron(59 23 * * ? *)", "Asia/Shanghai"],
    ["weekdays 07:30", "cron(30 7 ? * MON-FRI *)", "Asia/Shanghai"],
    ["weekly mon 07:00", "cron(0 7 ? * MON *)", "Asia/Shanghai"],
    ["monthly 1 07:00", "cron(0 7 1 * ? *)", "Asia/Shanghai"],
    ["monthly last 00:05", "cron(5 0 L * ? *)", "Asia/Shanghai"],
    ["cron(0 7 ? * mon#1 *)", "cron(0 7 ? * MON#1 *)", "Asia/Shanghai"],
  ])("%s is %s in %s", (schedule, expression, timeZone) => {
    expect(scheduleOf(digest(schedule))).toEqual({ expression, timeZone });
  });

  it("has no slots for a digest on upload, nor for alerts that never wait", () => {
    expect(scheduleOf(digest("upload"))).toBeUndefined();
    expect(scheduleOf(alerts)).toBeUndefined();
  });

  it("of alerts has a slot at the end of the quiet hours, hourly slots with maxPerHour, and both in step", () => {
    expect(scheduleOf({ ...alerts, quietHours: "22:00-06:30" })).toEqual({
      expression: "cron(30 6 * * ? *)",
      timeZone: "Europe/Berlin",
    });
    expect(scheduleOf({ ...alerts, maxPerHour: 3 })).toEqual({
      expression: "cron(0 * * * ? *)",
      timeZone: "UTC",
    });
    expect(scheduleOf({ ...alerts, quietHours: "22:00-06:30", maxPerHour: 3 })).toEqual({
      expression: "cron(30 * * * ? *)",
      timeZone: "Europe/Berlin",
    });
  });

  it.each([
    "Daily 07:00",
    "daily 7:00",
    "daily 24:00",
    "daily 07:60",
    "daily  07:00",
    "daily 07:00 ",
    "weekly 07:00",
    "weekly monday 07:00",
    "monthly 29 07:00",
    "monthly 0 07:00",
    "rate(1 hour)",
    "at(2027-01-01T07:00:00)",
    "cron(0 7 * * * *)",
    "",
  ])("%j is refused", (schedule) => {
    expect(() => scheduleOf(digest(schedule))).toThrow(ScheduleError);
  });
});

describe("quiet hours", () => {
  const night = { quietHours: "22:00-07:00", timeZone: "Europe/Berlin" };
  it("start at the first time and end before the second, over midnight", () => {
    const quiet = (time: string) => isQuiet(night, at(time));
    expect(quiet("2026-11-26T20:59:59.999Z")).toBe(false);
    expect(quiet("2026-11-26T21:00:00Z")).toBe(true);
    expect(quiet("2026-11-27T05:59:59.999Z")).toBe(true);
    expect(quiet("2026-11-27T06:00:00Z")).toBe(false);
  });

  it("within a day", () => {
    const lunch = { quietHours: "12:00-13:30", timeZone: "Asia/Kolkata" };
    expect(isQuiet(lunch, at("2026-11-26T06:29:59Z"))).toBe(false);
    expect(isQuiet(lunch, at("2026-11-26T06:30:00Z"))).toBe(true);
    expect(isQuiet(lunch, at("2026-11-26T08:00:00Z"))).toBe(false);
  });

  it("that end in the hour that the clocks repeat are over after its first", () => {
    // On 2026-10-25 the hour from 02:00 to 03:00 comes twice in Berlin, first from 00:00 to 01:00 UTC.
    const early = { quietHours: "22:00-02:30", timeZone: "Europe/Berlin" };
    expect(isQuiet(early, at("2026-10-25T00:29:00Z"))).toBe(true);
    expect(isQuiet(early, at("2026-10-25T00:30:00Z"))).toBe(false);
    expect(isQuiet(early, at("2026-10-25T01:00:00Z"))).toBe(false);
  });

  it("are absent by default", () => {
    expect(isQuiet({ timeZone: "UTC" }, 0)).toBe(false);
  });
});
