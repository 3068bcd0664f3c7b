import type { DateContext, DateParts, ReadDate } from "./date-value.ts";

/** Other years are errors of a generator: the year 1 of an unset date, the 5-digit year of milliseconds read as seconds. */
const firstYear = 1900;
const lastYear = 2199;

/** The instant of a date's parts; undefined if there is no such day or time. */
export function finish(parts: DateParts, context: DateContext): ReadDate | undefined {
  const { year, month, day, hour, minute, millisecond } = parts;
  // A leap second is shown as the second before it: ISO 8601 strings of ECMAScript have none.
  const second = parts.second === 60 ? 59 : parts.second;
  const midnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 59 || Number.isNaN(year)) return undefined;
  if (
    !(month >= 0 && month < 12) ||
    day < 1 ||
    day > daysIn(year, month) ||
    year < firstYear ||
    year > lastYear
  )
    return undefined;
  // The unix epoch as a clock shows it is a placeholder in every zone.
  if (year === 1970 && month === 0 && day === 1 && hour === 0 && minute === 0 && second === 0)
    return undefined;
  if (parts.offset === 0 && !midnight && year >= 1000 && millisecond === 0 && (year !== 1970 || month > 0)) {
    return { iso: `${year}-${two(month + 1)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z` };
  }
  const local = Date.UTC(year, month, day, hour, minute, second, millisecond);
  if (parts.offset !== undefined)
    return Math.abs(parts.offset) > 14 * 60 ? undefined : instant(local - parts.offset * 60_000, undefined);
  const zone = context.timeZone ?? "UTC";
  // A zone that had to be assumed may be another than that of the clock which showed the unix epoch.
  return Math.abs(local) <= 14 * 3_600_000 ? undefined : instant(toUtc(local, zone), zone);
}

function daysIn(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31;
}

const pairs = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

function two(number: number): string {
  return pairs[number] ?? "";
}

/** The date of an instant in milliseconds; the very start of the unix epoch is a placeholder and no date. */
export function instant(milliseconds: number, assumedZone: string | undefined): ReadDate | undefined {
  if (milliseconds === 0 || Number.isNaN(milliseconds)) return undefined;
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  if (!(year >= firstYear && year <= lastYear)) return undefined;
  const iso = date.toISOString().replace(".000Z", "Z");
  return assumedZone === undefined ? { iso } : { iso, assumedZone };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether ECMA-402 knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn-hc-h23", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  if (formatters.size > 100) formatters.clear();
  formatters.set(zone, made);
  return made;
}

function toUtc(local: number, zone: string): number {
  if (zone === "UTC" || Number.isNaN(local)) return local;
  const first = local - offsetAt(local, zone);
  return local - offsetAt(first, zone);
}

/** Milliseconds east of UTC at an instant. */
function offsetAt(at: number, zone: string): number {
  const seconds = Math.floor(at / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(seconds)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - seconds;
}
