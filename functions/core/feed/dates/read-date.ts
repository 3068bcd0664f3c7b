import { fraction, number, signed } from "./digits.ts";
import { thoroughly } from "./lenient.ts";
import { finish } from "./instant.ts";
import { monthOf } from "./date-words.ts";

/** A date as read: its instant, and the zone that had to be assumed because the text names none. */
export interface ReadDate {
  /** ISO 8601, UTC, to the second (milliseconds only where the source has them). */
  readonly iso: string;
  readonly assumedZone?: string;
  /** The calendar day as written, such as `2024-03-03`, where the text has no time of day. */
  readonly day?: string;
}

export interface DateContext {
  /** IANA zone of dates without one; UTC by default. */
  readonly timeZone?: string | undefined;
  /** BCP 47; decides between day/month and month/day, and what CST is. */
  readonly language?: string | undefined;
}

const rfc822 =
  /^(?:[A-Za-z]{3},? )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? (?:GMT|UTC|Z|([+-])(\d{2}):?(\d{2}))$/;
const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;
const longest = 120;

/**
 * Reads a date in any form that feeds use: RFC 822 and 3339 and their many misspellings, ISO 8601 basic, ordinal
 * and date-only forms, unix seconds and milliseconds, localised month names, Chinese, Japanese and Korean dates,
 * 12-hour clocks, zone names. What can't be read for certain, an impossible date and a placeholder (the very start of
 * the unix epoch) give undefined: a date is never made up.
 */
export function readDate(raw: string, context: DateContext = {}): ReadDate | undefined {
  if (raw.length > longest) return undefined;
  return quickly(raw) ?? thoroughly(raw, context);
}

function quickly(raw: string): ReadDate | undefined {
  const mail = rfc822.exec(raw);
  if (mail !== null) {
    const month = monthOf(mail[2] ?? "") ?? monthOf(mail[2]?.toLowerCase() ?? "");
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
