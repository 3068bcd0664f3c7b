import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDate } from "../../../../functions/core/feed/dates/read-date.ts";
import { calendarNamesSource } from "../../../../infra/generate-calendar-names.ts";

test("the table of names is what the generator makes: run `npm run generate` after an upgrade of Node", () => {
  const path = new URL("../../../../functions/core/feed/dates/calendar-names.ts", import.meta.url);
  expect(readFileSync(path, "utf8")).toBe(calendarNamesSource());
});

const noon = "2026-05-07T12:45:00Z";
const day = "2026-05-07T00:00:00Z";

describe.each<[string, readonly (readonly [raw: string, iso: string, language?: string])[]]>([
  [
    "Arabic",
    [
      ["٠٧/٠٥/٢٠٢٦ ١٢:٤٥", noon, "ar"],
      ["٢٥/٠٥/٢٠٢٦ ١٢:٤٥", "2026-05-25T12:45:00Z"],
      ["الخميس، ٧ مايو ٢٠٢٦ - ١٢:٤٥ م", noon],
      ["7 أيار 2026", day],
      ["7 تشرين الأول 2026", "2026-10-07T00:00:00Z"],
      ["7 غشت 2026", "2026-08-07T00:00:00Z"],
      ["الأربعاء 7 اكتوبر 2026 الساعة 12:45 صباحًا", "2026-10-07T00:45:00Z"],
    ],
  ],
  [
    "Persian",
    [
      ["۷ مه ۲۰۲۶ ساعت ۱۲:۴۵", noon],
      ["۱۷ اردیبهشت ۱۴۰۵ ۱۲:۴۵", noon],
      ["پنج‌شنبه ۱۷ ارديبهشت ۱۴۰۵", day],
      ["۱۴۰۵/۰۲/۱۷", day, "fa"],
      ["۳۰ اسفند ۱۴۰۳", "2025-03-20T00:00:00Z"],
    ],
  ],
  [
    "Hebrew",
    [
      ["יום חמישי, 7 במאי 2026 בשעה 12:45", noon],
      ["7 נוב׳ 2026", "2026-11-07T00:00:00Z"],
    ],
  ],
  [
    "Turkish",
    [
      ["7 Mayıs 2026 Perşembe 12:45", noon],
      ["Per, 7 May 2026 12:45:00 +0000", noon],
      ["7 AĞUSTOS 2026", "2026-08-07T00:00:00Z"],
    ],
  ],
  [
    "Polish",
    [
      ["czwartek, 7 maja 2026, 12:45", noon],
      ["pt., 8 maj 2026 12:45", "2026-05-08T12:45:00Z"],
      ["7 listopada 2026", "2026-11-07T00:00:00Z", "pl"],
    ],
  ],
  [
    "Czech",
    [
      ["čtvrtek 7. května 2026 v 12:45", noon],
      ["7. srpna 2026", "2026-08-07T00:00:00Z"],
    ],
  ],
  ["Slovak", [["štvrtok 7. mája 2026 o 12:45", noon]]],
  ["Croatian", [["7. listopada 2026.", "2026-10-07T00:00:00Z", "hr"]]],
  [
    "Hungarian",
    [
      ["2026. május 7., csütörtök 12:45", noon],
      ["2026. 05. 07. 12:45", noon],
    ],
  ],
  [
    "Romanian",
    [
      ["joi, 7 mai 2026, 12:45", noon],
      ["mar., 17 mar. 2026", "2026-03-17T00:00:00Z", "ro"],
    ],
  ],
  [
    "Greek",
    [
      ["Πέμπτη, 7 Μαΐου 2026, 12:45 μ.μ.", noon],
      ["7 ΜΑΪΟΥ 2026", day],
      ["7 Νοέμβριος 2026", "2026-11-07T00:00:00Z"],
    ],
  ],
  ["Swedish", [["torsdag 7 maj 2026 kl. 12:45", noon]]],
  ["Danish", [["torsdag d. 7. maj 2026 kl. 12.45", noon]]],
  [
    "Norwegian",
    [
      ["torsdag 7. mai 2026 kl. 12:45", noon],
      ["7. des. 2026", "2026-12-07T00:00:00Z"],
    ],
  ],
  [
    "Finnish",
    [
      ["torstaina 7. toukokuuta 2026 klo 12.45", noon],
      ["to 7.5.2026 klo 12.45", noon],
    ],
  ],
  ["Ukrainian", [["четвер, 7 травня 2026 р. о 12:45", noon]]],
  [
    "Vietnamese",
    [
      ["Thứ Năm, 7 tháng 5, 2026 lúc 12:45", noon],
      ["Thứ 5, 25/05/2026, 12:45", "2026-05-25T12:45:00Z"],
      ["ngày 7 tháng 12 năm 2026", "2026-12-07T00:00:00Z"],
    ],
  ],
  [
    "Indonesian",
    [
      ["Kamis, 7 Mei 2026 pukul 19.45 WIB", noon],
      ["7 Agustus 2026", "2026-08-07T00:00:00Z"],
    ],
  ],
  [
    "Hindi",
    [
      ["गुरुवार, ७ मई २०२६ को 12:45 बजे", noon],
      ["7 फरवरी 2026", "2026-02-07T00:00:00Z"],
    ],
  ],
  [
    "Thai",
    [
      ["วันพฤหัสบดีที่ 7 พฤษภาคม พ.ศ. 2569 เวลา 12:45 น.", noon],
      ["๗ พ.ค. ๒๕๖๙", day],
      ["7 พ.ค. 69", day],
      ["07/05/2569", day, "th"],
      ["7 พ.ค. 2026", day],
    ],
  ],
  ["Korean", [["2026년 5월 7일 목요일 오후 12:45", noon]]],
  ["Lithuanian", [["2026 m. gegužės 7 d. 12:45", noon]]],
  ["Catalan", [["7 d’abril de 2026", "2026-04-07T00:00:00Z"]]],
])("%s dates", (_, cases) => {
  test.each(cases.map(([raw, iso, language]) => ({ raw, iso, language })))(
    "$raw",
    ({ raw, iso, language }) => {
      expect(readDate(raw, { language })?.iso).toBe(iso);
    },
  );
});

test.each([
  ["7 listopada 2026", "October in Croatian, November in Polish"],
  ["7 lis 2026", "October in Croatian, November in Czech"],
  ["07/05/2569", "no year outside Thailand"],
  ["17/02/1405", "no year outside Iran"],
  ["7 Mayıs 2026 seçimleri", "a sentence"],
  ["31 اردیبهشت 1405 خبر", "a sentence"],
  ["31 مهر 1405", "a day that the month does not have"],
])("%j is no date: %s", (raw) => {
  expect(readDate(raw)).toBeUndefined();
});

test.each([
  ["Mon, 06 Jul 2026 10:00:00 EST", "2026-07-06T15:00:00Z"],
  ["Mon, 06 Jul 2026 10:00:00 EDT", "2026-07-06T14:00:00Z"],
  ["Mon, 06 Jul 2026 10:00:00 CET", "2026-07-06T09:00:00Z"],
  ["Mon, 06 Jul 2026 10:00:00 ET", "2026-07-06T14:00:00Z"],
  ["Tue, 06 Jan 2026 10:00:00 ET", "2026-01-06T15:00:00Z"],
  ["July 6, 2026 10:00 AM PT", "2026-07-06T17:00:00Z"],
])("%s: a name with its season means what it says, `ET` the time in force", (raw, iso) => {
  expect(readDate(raw)?.iso).toBe(iso);
});
