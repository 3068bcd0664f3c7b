import { expect, test } from "vitest";
import { dateLine, period, shortDate } from "../../../functions/core/message/dates.ts";
import type { Alert } from "../../../functions/core/message/message.ts";
import { wordsFor } from "../../../functions/core/message/words.ts";

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
  ["de-DE", "Europe/Berlin", "Donnerstag, 25. Januar 2024 um 21:28 MEZ", "25.01.2024, 21:28 MEZ"],
])("a date in %s, %s", (locale, timeZone, long, medium) => {
  const place = { locale, timeZone };
  expect(dateLine(evening, place, wordsFor(locale), "long")).toBe(long);
  expect(dateLine(evening, place, wordsFor(locale), "medium")).toBe(medium);
});

test("midnight is the beginning of a day", () => {
  const midnight = alert("2024-01-25T00:00:00.000Z");
  expect(dateLine(midnight, { locale: "en", timeZone: "UTC" }, wordsFor("en"), "medium")).toBe(
    "2024-01-25, 00:00 UTC",
  );
});

test("the short date is that of the readers' day", () => {
  expect(shortDate(evening, "UTC")).toBe("2024-01-25");
  expect(shortDate(evening, "Asia/Shanghai")).toBe("2024-01-26");
});

test("a period of one day is that day", () => {
  const place = { locale: "en", timeZone: "UTC" };
  expect(period([evening], place)).toBe("2024-01-25");
  expect(period([evening, alert("2024-01-23T00:00:00.000Z")], place)).toBe("2024-01-23 – 2024-01-25");
  expect(period([], place)).toBeUndefined();
});
