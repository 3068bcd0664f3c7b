import type { DateContext, ReadDate } from "./date-value.ts";
import { englishMonth } from "./date-words.ts";
import { fraction, number, signed } from "./digits.ts";
import { finish } from "./instant.ts";
import { parseLenient } from "./lenient.ts";

const rfc822 =
  /^(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:GMT|UTC|Z|([+-])(\d{2}):?(\d{2}))$/;
const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;
const maxLength = 120;

/**
 * Reads a date in any form that feeds use: RFC 822 and 3339 and their many misspellings, ISO 8601 basic, ordinal
 * and date-only forms, unix seconds and milliseconds, month names of some forty languages, the digits of every
 * script, Chinese, Japanese and Korean dates, Buddhist and Persian years, 12-hour clocks, zone names. Returns undefined
 * for an ambiguous or impossible date and for a placeholder (the start of the unix epoch): a date is never made up.
 */
export function readDate(raw: string, context: DateContext = {}): ReadDate | undefined {
  if (raw.length > maxLength) return undefined;
  return parseStrict(raw) ?? parseLenient(raw, context);
}

function parseStrict(raw: string): ReadDate | undefined {
  const mail = rfc822.exec(raw);
  if (mail !== null) {
    const month = englishMonth(mail[2] ?? "");
    if (month === undefined) return undefined;
    return finish(
      {
        year: number(mail[3]),
        month,
        day: number(mail[1]),
        hour: number(mail[4]),
        minute: number(mail[5]),
        second: number(mail[6]),
        millisecond: 0,
        offset: signed(mail[7], mail[8], mail[9]),
      },
      {},
    );
  }
  const iso = rfc3339.exec(raw);
  if (iso === null) return undefined;
  return finish(
    {
      year: number(iso[1]),
      month: number(iso[2]) - 1,
      day: number(iso[3]),
      hour: number(iso[4]),
      minute: number(iso[5]),
      second: number(iso[6]),
      millisecond: fraction(iso[7]),
      offset: signed(iso[8], iso[9], iso[10]),
    },
    {},
  );
}
