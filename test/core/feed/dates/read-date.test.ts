import * as fc from "../../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { readDate } from "../../../../functions/core/feed/dates/read-date.ts";

const readable: readonly (readonly [
  raw: string,
  iso: string,
  timeZone?: string | undefined,
  language?: string,
])[] = [
  ["Sun, 03 Mar 2024 10:20:30 GMT", "2024-03-03T10:20:30Z"],
  ["03 Mar 24 10:20 +0000", "2024-03-03T10:20:00Z"],
  ["Sun, 3 Mar 99 10:20:30 EST", "1999-03-03T15:20:30Z"],
  ["Sun, 03 Mar 2024 11:20:30 CET", "2024-03-03T10:20:30Z"],
  ["Wed, 03 Jul 2024 10:20:30 EDT", "2024-07-03T14:20:30Z"],
  ["Sun, 03 Mar 2024 19:20:30 JST", "2024-03-03T10:20:30Z"],
  ["Sun, 03 Mar 2024 10:20:30 GMT+0530", "2024-03-03T04:50:30Z"],
  ["Sun, 03 Mar 2024 10:20:30 -03:30", "2024-03-03T13:50:30Z"],
  ["Mon, 03 Mar 2024 10:20:30 GMT", "2024-03-03T10:20:30Z"],
  ["2024-03-03T10:20:30Z", "2024-03-03T10:20:30Z"],
  ["2024-03-03T10:20:30.1239+02:00", "2024-03-03T08:20:30.123Z"],
  ["2024-03-03t10:20:30z", "2024-03-03T10:20:30Z"],
  ["2024-03-03 10:20:30 UTC", "2024-03-03T10:20:30Z"],
  ["20240303T102030Z", "2024-03-03T10:20:30Z"],
  ["20240303", "2024-03-03T00:00:00Z"],
  ["2024-063T00:00", "2024-03-03T00:00:00Z"],
  ["2024-03-02T24:00:00Z", "2024-03-03T00:00:00Z"],
  ["1709461230", "2024-03-03T10:20:30Z"],
  ["1709461230000", "2024-03-03T10:20:30Z"],
  ["March 3, 2024", "2024-03-03T00:00:00Z"],
  ["Mar. 3, 2024, 6:11 p.m.", "2024-03-03T18:11:00Z"],
  ["3 March 2024 12:05 AM", "2024-03-03T00:05:00Z"],
  ["12:05 PM, 3 March 2024", "2024-03-03T12:05:00Z"],
  ["Sun Mar  3 10:20:30 2024", "2024-03-03T10:20:30Z"],
  ["Sun Mar 03 2024 10:20:30 GMT+0100 (Central European Standard Time)", "2024-03-03T09:20:30Z"],
  ["2024-03-03T10:20:30+09:00[Asia/Tokyo]", "2024-03-03T01:20:30Z"],
  ["2024-03-03T10:20:30[Asia/Tokyo]", "2024-03-03T01:20:30Z"],
  ["So, 03 Mär 2024 10:20:30 +0100", "2024-03-03T09:20:30Z"],
  ["3. März 2024, 10:20 Uhr", "2024-03-03T09:20:00Z", "Europe/Berlin"],
  ["dim., 03 mars 2024 10:20:30 +0100", "2024-03-03T09:20:30Z"],
  ["21 août 2023 à 14h05", "2023-08-21T12:05:00Z", "Europe/Paris"],
  ["domingo, 3 de marzo de 2024 10:20", "2024-03-03T10:20:00Z"],
  ["3 de março de 2024 às 10:20", "2024-03-03T13:20:00Z", "America/Sao_Paulo"],
  ["domenica 3 marzo 2024 alle ore 10:20", "2024-03-03T10:20:00Z"],
  ["3 maart 2024 om 10:20 uur", "2024-03-03T10:20:00Z"],
  ["mar, 05 mars 2024 10:00:00 +0100", "2024-03-05T09:00:00Z"],
  ["Вс, 03 мар 2024 10:20:30 +0300", "2024-03-03T07:20:30Z"],
  ["3 марта 2024 г., 10:20", "2024-03-03T07:20:00Z", "Europe/Moscow"],
  ["2024年3月3日", "2024-03-02T16:00:00Z", "Asia/Shanghai"],
  ["2024年3月3日 下午3时20分", "2024-03-03T15:20:00Z"],
  ["2024年3月3日(日) 10:20", "2024-03-03T10:20:00Z"],
  ["２０２４年３月３日", "2024-03-03T00:00:00Z"],
  ["2024년 3월 3일 10:20:30", "2024-03-03T10:20:30Z"],
  ["03.03.2024 10:20", "2024-03-03T10:20:00Z"],
  ["25/03/2024", "2024-03-25T00:00:00Z"],
  ["03/25/2024", "2024-03-25T00:00:00Z"],
  ["04/03/2024", "2024-04-03T00:00:00Z", undefined, "en-us"],
  ["04/03/2024", "2024-03-04T00:00:00Z", undefined, "fr"],
  ["2024-03-03 18:20:30 CST", "2024-03-03T10:20:30Z", undefined, "zh-cn"],
  ["Sun, 31 Dec 2023 23:59:60 GMT", "2023-12-31T23:59:59Z"],
  ["Thu Jan 25 20:28:16 GMT 2024", "2024-01-25T20:28:16Z"],
  ["Thu Jan 25 20:28:16 EST 2024", "2024-01-26T01:28:16Z"],
  ["Thu Jan 25 20:28:16 UTC 2024", "2024-01-25T20:28:16Z"],
  ["Thu Jan 25 20:28:16 CET 2024", "2024-01-25T19:28:16Z"],
  ["Thu Jan 25 20:28:16 +0000 2024", "2024-01-25T20:28:16Z"],
  ["25 一月 2024", "2024-01-25T00:00:00Z"],
  ["星期四, 25 一月 2024 20:28:16 GMT", "2024-01-25T20:28:16Z"],
  ["周四, 25 1月 2024 20:28:16 +0800", "2024-01-25T12:28:16Z"],
  ["木, 25 1月 2024 20:28:16 +0900", "2024-01-25T11:28:16Z"],
  ["月, 22 1月 2024 20:28:16 +0900", "2024-01-22T11:28:16Z"],
  ["목, 25 1월 2024 20:28:16 +0900", "2024-01-25T11:28:16Z"],
  ["2024年一月25日", "2024-01-25T00:00:00Z"],
  ["二〇二四年十二月二十五日 星期三", "2024-12-25T00:00:00Z"],
  ["2024年1月25日 20:28 北京时间", "2024-01-25T12:28:00Z"],
  ["发布时间：2024年1月25日", "2024-01-25T00:00:00Z"],
  ["1º de março de 2024", "2024-03-01T00:00:00Z"],
  ["平成30年1月25日", "2018-01-25T00:00:00Z"],
  ["令和06年1月25日 10時20分", "2024-01-25T10:20:00Z"],
  ["令和元年五月一日", "2019-05-01T00:00:00Z"],
  ["民國113年1月25日", "2024-01-25T00:00:00Z"],
  ["202401252028", "2024-01-25T20:28:00Z"],
  ["2024-01-25T20Z", "2024-01-25T20:00:00Z"],
  ["12.05.2024, 10.30 Uhr", "2024-05-12T08:30:00Z", "Europe/Berlin"],
  ["12. Mai 2024, 10 Uhr", "2024-05-12T08:00:00Z", "Europe/Berlin"],
  ["12 maggio 2024 ore 10.30", "2024-05-12T10:30:00Z"],
  ["24-01-25", "2024-01-25T00:00:00Z", undefined, "zh-cn"],
  ["25.01.24", "2024-01-25T00:00:00Z"],
  ["2024-01-25 20:28:16 Europe/Paris", "2024-01-25T19:28:16Z"],
  ["2024-01-25T20:28:16+00:0", "2024-01-25T20:28:16Z"],
  ["2024-01-25T20:28:16 01:00", "2024-01-25T19:28:16Z"],
  ["Thu, 25 Jan 2024 20:28:16 GMT (cached)", "2024-01-25T20:28:16Z"],
  ["giovedì 25 gennaio 2024 - 20.28", "2024-01-25T20:28:00Z"],
  ["2024-01-25 20:28:16 +530", "2024-01-25T14:58:16Z"],
  ["2024-01-25 20:28:16 QQT", "2024-01-25T20:28:16Z"],
];

const cases = readable.map(([raw, iso, timeZone, language]) => ({ raw, iso, timeZone, language }));

test.each(cases)("$raw is $iso", ({ raw, iso, timeZone, language }) => {
  expect(readDate(raw, { timeZone, language })?.iso).toBe(iso);
});

test.each([
  "",
  "soon",
  "yesterday",
  "3 days ago",
  "2024",
  "2024-03",
  "Sun, 31 Feb 2024 10:20:30 GMT",
  "2024-02-30",
  "2023-02-29T00:00:00Z",
  "2024-13-01",
  "Sun, 03 Mar 2024 25:61:00 GMT",
  "2024-03-03T24:00:01Z",
  "04/03/2024",
  "1970-01-01T00:00:00Z",
  "Thu, 01 Jan 1970 00:00:00 GMT",
  "0",
  "0001-01-01T00:00:00Z",
  "0000-00-00 00:00:00",
  "3 Foo 2024",
  "Invalid Date",
  "99999999999999",
  "Sun, 03 Mar 2024 10:20:30 +9900",
  "x".repeat(1000),
  "Event on 12.05.1998 in Rome",
  "The treaty of 12.05.1998 expires.",
  "2017年2月23日，五角大楼发言人表示",
  "Release 2.10.2023 fixes a crash",
  "[One](u) 2024-01-25",
  "March 3, 2024 10:20 Elections",
  "2024-03-03 (planned)",
  "12.05.2024 15 €",
  "平成30/1/25",
  "h30/1/25",
  "24-01-25",
  "30年1月25日 (ja)",
  "202413252028",
  "12345678901",
  "1970-01-01 08:00:00",
  "10.2.2023.4",
])("%j is no date", (raw) => {
  expect(readDate(raw)).toBeUndefined();
});

test("assumes a zone only if the text names none", () => {
  expect(readDate("2024-03-03 10:20")).toEqual({ iso: "2024-03-03T10:20:00Z", assumedZone: "UTC" });
  expect(readDate("2024-03-03 10:20", { timeZone: "Asia/Tokyo" })).toEqual({
    iso: "2024-03-03T01:20:00Z",
    assumedZone: "Asia/Tokyo",
  });
  expect(readDate("2024-03-03 10:20 +0900", { timeZone: "Asia/Tokyo" })).toEqual({
    iso: "2024-03-03T01:20:00Z",
  });
});

test("does not read a two-digit Japanese year without its era", () => {
  expect(readDate("30年1月25日", { language: "ja" })).toBeUndefined();
});

test("an epoch of zero is not a date in any zone", () => {
  for (const timeZone of ["Asia/Shanghai", "America/New_York", "UTC"])
    expect(readDate("1970-01-01 00:00:00", { timeZone })).toBeUndefined();
  expect(readDate("1970-01-01T00:00:00+08:00")).toBeUndefined();
  expect(readDate("Wed, 31 Dec 1969 19:00:00 EST")).toBeUndefined();
});

test.each<[string, string | undefined, string?]>([
  ["2026-11-23", "2026-11-23"],
  ["20261123", "2026-11-23"],
  ["2026-327", "2026-11-23"],
  ["23 November 2026", "2026-11-23"],
  ["Mon, 23 Nov 2026", "2026-11-23"],
  ["2026年11月23日", "2026-11-23", "Asia/Shanghai"],
  ["23.11.2026", "2026-11-23", "America/New_York"],
  ["2026-11-23T00:00:00Z", undefined],
  ["2026-11-23 00:00", undefined],
  ["20261123T00", undefined],
  ["23 November 2026, 12:05 AM", undefined],
  ["1795392000", undefined],
])("the day of %j, without a time of day, is %s", (raw, day, timeZone) => {
  const read = readDate(raw, { timeZone });
  expect(read).toBeDefined();
  expect(read?.day).toBe(day);
});

describe("invariants", () => {
  const instants = fc
    .date({
      min: new Date("1971-01-01T00:00:00Z"),
      max: new Date("2150-01-01T00:00:00Z"),
      noInvalidDate: true,
    })
    .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));
  test("reads back every written date", () => {
    fc.assert(
      fc.property(instants, (date) => {
        const iso = date.toISOString().replace(".000Z", "Z");
        expect(readDate(date.toUTCString())?.iso).toBe(iso);
        expect(readDate(date.toISOString())?.iso).toBe(iso);
        // A day and its minute have twelve digits, a unix time of this century has thirteen.
        const recent = new Date(date.getTime() + 1_000_000_000_000);
        expect(Date.parse(readDate(String(recent.getTime()))?.iso ?? "")).toBe(recent.getTime());
      }),
    );
  });
  test("any text is a date or none, and never the start of 1970", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (raw) => {
        const read = readDate(raw);
        expect(
          read === undefined || (Number.isFinite(Date.parse(read.iso)) && Date.parse(read.iso) !== 0),
        ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
