import { format, localDay, localInstant, localTimeOfDay, plain, type DatePlace } from "./local-dates.ts";
import type { Alert } from "./message.ts";
import type { LocaleWords } from "./locales/locale-words.ts";

const neutral = new Map<string, boolean>();

/**
 * Whether dates are written as ISO 8601: English without a country has no common order of day and month and no common
 * 12- or 24-hour clock. A locale with a country, such as `en-GB`, has its own format.
 */
function isNeutral(locale: string): boolean {
  let found = neutral.get(locale);
  if (found === undefined) {
    const { language, region } = new Intl.Locale(locale);
    found = language === "en" && region === undefined;
    neutral.set(locale, found);
  }
  return found;
}

/** `Thursday, 2024-01-25`, or without the weekday. */
function neutralDay(date: Date, timeZone: string, size: "long" | "medium"): string {
  const weekday = format({ locale: "en", timeZone }, "weekday").format(date);
  return [...(size === "long" ? [weekday] : []), isoDay(date, timeZone)].join(", ");
}

/** Date and time in the locale's format. */
function instantIn(date: Date, place: DatePlace, size: "long" | "medium"): string {
  if (!isNeutral(place.locale)) return localInstant(date, place, size);
  const time = format({ locale: "en-u-hc-h23", timeZone: place.timeZone }, "time").format(date);
  return `${neutralDay(date, place.timeZone, size)}, ${time}`;
}

/** A calendar day in the locale's format, the same in every time zone. */
function dayIn(day: string, locale: string, size: "long" | "medium"): string {
  const [date, timeZone] = [new Date(day), "UTC"];
  if (isNeutral(locale)) return neutralDay(date, timeZone, size);
  return localDay(date, { locale, timeZone }, size);
}

/** Milliseconds in which neither the day nor the name of a zone changes: zones change at whole minutes. */
const minute = 60_000;

/** Zones had offsets with seconds before, the last one that of Liberia (IANA time zone database). */
const firstMinute = Date.UTC(1973, 0, 1);

/** Answers that are kept. */
const maxKept = 2_000;

/** `read` with its answers by place and minute: a digest asks for the day of each entry several times. */
function byMinute(read: (date: Date, place: DatePlace) => string): (date: Date, place: DatePlace) => string {
  const kept = new Map<string, string>();
  return (date, place) => {
    const time = date.getTime();
    if (time < firstMinute) return read(date, place);
    const key = `${Math.floor(time / minute)} ${place.timeZone} ${place.locale}`;
    let found = kept.get(key);
    if (found === undefined) {
      found = read(date, place);
      if (kept.size >= maxKept) kept.clear();
      kept.set(key, found);
    }
    return found;
  };
}

const isoDayByMinute = byMinute((date, place) => {
  const parts = new Map(
    format({ ...place, locale: "en-u-ca-iso8601-nu-latn" }, "iso")
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  return [parts.get("year")?.padStart(4, "0"), parts.get("month"), parts.get("day")].join("-");
});

/** The calendar day as `2024-01-25`. */
const isoDay = (date: Date, timeZone: string): string => isoDayByMinute(date, { locale: "", timeZone });

/** The alert's date; `undefined` if it has none that can be read. */
function dateOf(alert: Alert): Date | undefined {
  if (alert.date === undefined || alert.dateSource === "missing") return undefined;
  const date = new Date(alert.date);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** What is uncertain about a date. */
function notesOn({ dateSource, dateNote }: Alert, words: LocaleWords): readonly string[] {
  return [
    ...(dateSource === "inferred" ? [words.inferred(dateNote?.inferredFrom)] : []),
    ...(dateNote?.assumedZone === undefined || dateNote.day !== undefined ? [] : [words.zoneAssumed]),
    ...(dateNote?.future === true ? [words.future] : []),
  ];
}

const zoneOf = byMinute((date, place) => {
  const parts = format(place, "zone").formatToParts(date);
  return plain(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
});

/** The date of an alert in the audience's locale and time zone, with notes on anything uncertain, or 'date unknown'. */
export function dateLine(
  alert: Alert,
  place: DatePlace,
  words: LocaleWords,
  size: "long" | "medium",
): string {
  const date = dateOf(alert);
  if (date === undefined) return words.dateUnknown;
  const day = alert.dateNote?.day;
  const notes = notesOn(alert, words);
  const written =
    day === undefined
      ? words.date(instantIn(date, place, size), zoneOf(date, place), notes)
      : words.date(dayIn(day, place.locale, size), undefined, notes);
  return alert.dateSource === "updated" ? words.changed(written) : written;
}

/** The heading above the entries of one day: the day in the audience's time zone with its weekday, or 'date unknown'. */
export function dayHeading(alert: Alert, place: DatePlace, words: LocaleWords): string {
  const date = dateOf(alert);
  if (date === undefined) return words.dateUnknown;
  return dayIn(alert.dateNote?.day ?? isoDay(date, place.timeZone), place.locale, "long");
}

/** The time of day for an entry under its day's heading, with notes on anything uncertain; `undefined` if there is nothing to say. */
export function timeLine(alert: Alert, place: DatePlace, words: LocaleWords): string | undefined {
  const date = dateOf(alert);
  if (date === undefined) return undefined;
  const notes = notesOn(alert, words);
  if (alert.dateNote?.day !== undefined)
    return notes.length === 0 ? undefined : words.date("", undefined, notes).trim();
  const clock = isNeutral(place.locale)
    ? format({ locale: "en-u-hc-h23", timeZone: place.timeZone }, "time").format(date)
    : localTimeOfDay(date, place);
  const written = words.date(clock, zoneOf(date, place), notes);
  return alert.dateSource === "updated" ? words.changed(written) : written;
}

/**
 * The calendar day as `2024-01-25` (ISO 8601) for SMS: short, unambiguous in every locale and always GSM-7. The day that
 * the feed gave without a time, else the day of the instant in the audience's time zone; `undefined` if unknown.
 */
export function shortDate(alert: Alert, timeZone: string): string | undefined {
  const date = dateOf(alert);
  return date && (alert.dateNote?.day ?? isoDay(date, timeZone));
}

/**
 * The range of days from the oldest to the newest alert; `undefined` if no date is known. Dates in the future are
 * ignored: they are mistakes or announced events. ISO 8601 where the locale's format is right-to-left: a subject has no
 * isolates, and the parts of the range would be shown in another order (UAX #9).
 */
export function period(alerts: readonly Alert[], { locale, timeZone }: DatePlace): string | undefined {
  const days = alerts.flatMap((alert) =>
    alert.dateNote?.future === true ? [] : (shortDate(alert, timeZone) ?? []),
  );
  const [first, last] = [days.toSorted()[0], days.toSorted().at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const iso = [...new Set([first, last])].join(" – ");
  if (isNeutral(locale)) return iso;
  const range = format({ locale, timeZone: "UTC" }, "day").formatRange(new Date(first), new Date(last));
  return rightToLeft.test(range) ? iso : plain(range);
}

/** Letters, digits and marks of right-to-left scripts: the blocks from Hebrew to Arabic Extended-A, Adlam, and the mark. */
const rightToLeft = /[\u0590-\u08FF\u{1E900}-\u{1E95F}\u200F]/u;
