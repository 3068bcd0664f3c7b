import { describe, expect, test } from "vitest";
import { dateLine, period, shortDate } from "../../../functions/core/message/format-dates.ts";
import type { Alert } from "../../../functions/core/message/message.ts";
import { wordsFor } from "../../../functions/core/message/locales/words.ts";

const alert = (date: string): Alert => ({
  key: "k",
  source: { slug: "s", title: "S" },
  title: "T",
  date,
  dateSource: "published",
  authors: [],
  categories: [],
  summary: "",
});

const evening = alert("2024-01-25T20:28:16.000Z");

test.each([
  ["en", "UTC", "Thursday, 2024-01-25, 20:28 UTC", "2024-01-25, 20:28 UTC"],
  ["en", "Asia/Shanghai", "Friday, 2024-01-26, 04:28 GMT+8", "2024-01-26, 04:28 GMT+8"],
  ["en-US", "UTC", "Thursday, January 25, 2024 at 8:28 PM UTC", "Jan 25, 2024, 8:28 PM UTC"],
  ["en-GB", "Europe/London", "Thursday, 25 January 2024 at 20:28 GMT", "25 Jan 2024, 20:28 GMT"],
  ["hi-IN", "Asia/Kolkata", "शुक्रवार, 26 जनवरी 2024 को रात 1:58 बजे IST", "26 जन॰ 2024, रात 1:58 बजे IST"],
  [
    "fa-IR",
    "Asia/Tehran",
    "پنجشنبه ۵ بهمن ۱۴۰۲ ساعت ۲۳:۵۸ ‎+۳:۳۰ گرینویچ",
    "۵ بهمن ۱۴۰۲، ۲۳:۵۸ ‎+۳:۳۰ گرینویچ",
  ],
  ["vi-VN", "Asia/Ho_Chi_Minh", "Thứ Sáu, 26 tháng 1, 2024 lúc 03:28 GMT+7", "26 thg 1, 2024, 03:28 GMT+7"],
  ["de-DE", "Europe/Berlin", "Donnerstag, 25. Januar 2024 um 21:28 MEZ", "25.01.2024, 21:28 MEZ"],
])("a date in %s, %s", (locale, timeZone, long, medium) => {
  const place = { locale, timeZone };
  expect(dateLine(evening, place, wordsFor(locale), "long")).toBe(long);
  expect(dateLine(evening, place, wordsFor(locale), "medium")).toBe(medium);
});

test("midnight belongs to the day that starts", () => {
  const midnight = alert("2024-01-25T00:00:00.000Z");
  expect(dateLine(midnight, { locale: "en", timeZone: "UTC" }, wordsFor("en"), "medium")).toBe(
    "2024-01-25, 00:00 UTC",
  );
});

test("the short date is the day in the audience's time zone", () => {
  expect(shortDate(evening, "UTC")).toBe("2024-01-25");
  expect(shortDate(evening, "Asia/Shanghai")).toBe("2024-01-26");
});

test("a period of one day is that day", () => {
  const place = { locale: "en", timeZone: "UTC" };
  expect(period([evening], place)).toBe("2024-01-25");
  expect(period([evening, alert("2024-01-23T00:00:00.000Z")], place)).toBe("2024-01-23 – 2024-01-25");
  expect(period([], place)).toBeUndefined();
});

describe("a day without a time of day", () => {
  // Midnight in the zone that was assumed, which is another day in New York.
  const dayOnly: Alert = {
    ...alert("2026-11-23T00:00:00Z"),
    dateNote: { assumedZone: "UTC", day: "2026-11-23" },
  };

  test.each([
    ["en", "UTC", "Monday, 2026-11-23", "2026-11-23"],
    ["en-US", "America/New_York", "Monday, November 23, 2026", "Nov 23, 2026"],
    ["en-GB", "Pacific/Auckland", "Monday, 23 November 2026", "23 Nov 2026"],
    ["zh-CN", "Asia/Shanghai", "2026年11月23日星期一", "2026年11月23日"],
    ["zh-TW", "America/New_York", "2026年11月23日 星期一", "2026年11月23日"],
  ])("is that day in %s, %s", (locale, timeZone, long, medium) => {
    const place = { locale, timeZone };
    expect(dateLine(dayOnly, place, wordsFor(locale), "long")).toBe(long);
    expect(dateLine(dayOnly, place, wordsFor(locale), "medium")).toBe(medium);
    expect(shortDate(dayOnly, timeZone)).toBe("2026-11-23");
    expect(period([dayOnly], place)).toBe(medium);
  });

  test("keeps its notes", () => {
    const later: Alert = {
      ...dayOnly,
      dateSource: "updated",
      dateNote: { day: "2026-11-23", future: true },
    };
    const say = (locale: string) => dateLine(later, { locale, timeZone: "UTC" }, wordsFor(locale), "medium");
    expect(say("en")).toBe("Last changed 2026-11-23 (in the future)");
    expect(say("zh")).toBe("最后修改于 2026年11月23日（日期在未来）");
  });

  test("is part of a period together with instants", () => {
    const place = { locale: "en-US", timeZone: "America/New_York" };
    expect(period([dayOnly, alert("2026-11-25T03:00:00Z")], place)).toBe("Nov 23 – 24, 2026");
  });
});

test.each(["he-IL", "ar-EG", "fa-IR", "ur-PK"])(
  "a period in %s is without direction marks, which are not allowed in a subject, and in digits that no text around it reorders",
  (locale) => {
    const place = { locale, timeZone: "UTC" };
    expect(period([evening, alert("2024-01-23T00:00:00.000Z")], place)).toBe("2024-01-23 – 2024-01-25");
  },
);

test("a period ignores dates in the future", () => {
  const future: Alert = { ...alert("2028-11-23T09:00:00Z"), dateNote: { future: true } };
  const place = { locale: "en", timeZone: "UTC" };
  expect(period([evening, future], place)).toBe("2024-01-25");
  expect(period([future], place)).toBeUndefined();
});

test("a day is exact to the minute where a zone's clocks are changed, in any order of the dates", () => {
  const zones = ["America/St_Johns", "Asia/Kathmandu", "Africa/Monrovia", "Pacific/Apia", "UTC"];
  const times = [
    "1971-06-01T00:44:29Z",
    "1971-06-01T00:44:31Z",
    "2006-10-29T02:29:59Z",
    "2006-10-29T02:31:00Z",
  ];
  const days = [
    "2011-12-30T09:59:59Z",
    "2011-12-30T10:00:00Z",
    "2024-01-25T18:14:59Z",
    "2024-01-25T18:15:00Z",
  ];
  const dates = [...times, ...days];
  for (const time of [...dates, ...dates.toReversed()])
    for (const timeZone of zones)
      expect(shortDate(alert(time), timeZone), `${time} in ${timeZone}`).toBe(
        new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(time)),
      );
});
