import { describe, expect, it } from "vitest";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import { ConfigurationError } from "../../../infra/config/mistakes.ts";

const now = Date.parse("2026-11-26T00:00:00Z");

/** The lines of the error message; none for a valid configuration. */
function mistakes(...audiences: readonly object[]): readonly string[] {
  try {
    parseConfiguration(
      { audiences: audiences.map((audience, index) => ({ name: `a${index}`, ...audience })) },
      { now },
    );
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
}

const digest = (schedule: string, timeZone = "Europe/Berlin") => ({ mode: "digest", schedule, timeZone });
const night = (quietHours: string, timeZone = "Europe/Berlin") => ({ mode: "alerts", quietHours, timeZone });

describe("a schedule", () => {
  it.each([
    digest("upload"),
    digest("hourly"),
    digest("daily 07:00"),
    digest("daily 03:00"),
    digest("daily 01:59"),
    digest("weekly mon 02:30"),
    digest("monthly 1 02:30"),
    digest("cron(0/15 * * * ? *)"),
    digest("cron(30 2 ? 4-9 * *)"),
    digest("daily 02:30", "Asia/Shanghai"),
    night("22:00-07:00"),
    { ...night("23:30-06:00"), maxPerHour: 5 },
    { mode: "alerts", maxPerHour: 5 },
    { ...digest("daily 07:00"), minItems: 5, maxWaitDays: 3 },
  ])("like %j is accepted", (audience) => {
    expect(mistakes(audience)).toEqual([]);
  });

  it.each<[object, string]>([
    [digest("weekly"), 'schedule: found "weekly"; expected one of upload, hourly, "daily 07:00"'],
    [digest("daily 7:00"), 'schedule: found "daily 7:00"; expected one of upload'],
    [digest("monthly 31 07:00"), "a day from 1 to 28, or last"],
    [
      digest("cron(0 7 * * * *)"),
      'schedule: found "cron(0 7 * * * *)"; expected ? in the field day of month or in the field day of week',
    ],
    [digest("cron(0 25 * * ? *)"), "expected values from 0 to 23 in the field hours, not 25"],
    [digest("cron(0 7 ? * MON-FUN *)"), "in the field day of week, not MON-FUN"],
    [digest("cron(nonsense)"), "expected cron(minutes hours day-of-month month day-of-week year)"],
    [digest("cron(0 7 * * ? 2025)"), "expected a schedule that fires after today"],
    [digest("cron(0 7 30 2 ? *)"), "expected a schedule that fires after today"],
    [
      { mode: "alerts", schedule: "daily 07:00" },
      'schedule: found "daily 07:00" in mode alerts; expected mode digest',
    ],
    [
      { mode: "digest", quietHours: "22:00-07:00" },
      'quietHours: found "22:00-07:00" in mode digest; expected mode alerts',
    ],
    [{ mode: "digest", maxPerHour: 5 }, "maxPerHour: found 5 in mode digest; expected mode alerts"],
    [{ mode: "digest", minItems: 2 }, "minItems: found 2; expected 1, because only a digest with a schedule"],
    [{ ...night("22:00-07:00"), minItems: 2 }, "minItems: found 2; expected 1"],
  ])("like %j is refused", (audience, expected) => {
    const found = mistakes(audience);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^feedbell\.audiences\[0\]\./);
    expect(found[0]).toContain(expected);
  });

  it.each<[object, string, string]>([
    [digest("daily 02:30"), "Europe/Berlin skip 02:30 on 2027-03-28", "03:00"],
    [digest("daily 02:10"), "Europe/Berlin skip 02:10 on 2027-03-28", "01:59"],
    [digest("weekly sun 02:30"), "Europe/Berlin skip 02:30 on 2027-03-28", "03:00"],
    [digest("cron(30 2,14 * * ? *)"), "Europe/Berlin skip 02:30 on 2027-03-28", "03:00"],
    [digest("daily 02:00", "America/New_York"), "America/New_York skip 02:00 on 2027-03-14", "01:59"],
    [digest("daily 02:15", "Australia/Lord_Howe"), "Australia/Lord_Howe skip 02:15 on 2027-10-03", "02:30"],
    [digest("daily 00:30", "America/Havana"), "America/Havana skip 00:30 on 2027-03-14", "01:00"],
    [digest("daily 00:00", "America/Havana"), "America/Havana skip 00:00 on 2027-03-14", "23:59"],
    [digest("weekly fri 00:00", "Africa/Cairo"), "Africa/Cairo skip 00:00 on 2027-04-30", "23:59"],
    [night("22:00-02:30"), "Europe/Berlin skip 02:30 on 2027-03-28", "03:00"],
  ])("like %j is refused, because the clocks of %s; the nearest time is %s", (audience, skipped, nearest) => {
    const [line = "", ...others] = mistakes(audience);
    expect(others).toEqual([]);
    expect(line).toContain(`the clocks of ${skipped}`);
    expect(line).toContain(`the nearest time that always exists is ${nearest}`);
  });

  it("of an audience after an invalid one is reported with its own index", () => {
    expect(mistakes({ mode: "often" }, digest("daily 02:30"), digest("daily 7:00"))).toEqual([
      expect.stringContaining("feedbell.audiences[0].mode:"),
      expect.stringContaining("feedbell.audiences[1].schedule:"),
      expect.stringContaining("feedbell.audiences[2].schedule:"),
    ]);
  });

  it("is checked from the given time on", () => {
    const parse = (from: string) =>
      parseConfiguration(
        { audiences: [{ name: "a", ...digest("cron(0 7 * * ? 2026)") }] },
        { now: Date.parse(from) },
      );
    expect(parse("2026-12-31T00:00:00Z").audiences).toHaveLength(1);
    expect(() => parse("2026-12-31T07:00:00Z")).toThrow("fires after today");
  });
});
