import type { Audience } from "../configuration.ts";
import type { Alert } from "./message.ts";
import type { Words } from "./words.ts";

type Place = Pick<Audience, "locale" | "timeZone">;

const long: Intl.DateTimeFormatOptions = {
  weekday: "long",
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
};
const medium: Intl.DateTimeFormatOptions = { ...long, weekday: undefined, month: "short" };
const day: Intl.DateTimeFormatOptions = { year: "numeric", month: "short", day: "numeric" };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format takes some fifty times as long as using it, and there are few audiences. */
function format(place: Place, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${place.locale} ${place.timeZone} ${name}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(place.locale, { ...options, timeZone: place.timeZone });
    formats.set(key, found);
  }
  return found;
}

/** ICU puts thin and narrow spaces into dates, which some mail clients show as boxes and which are not GSM-7. */
const plain = (text: string): string => text.replace(/[\u2009\u202F\u00A0]/gu, " ");

function parse(iso: string | undefined): Date | undefined {
  if (iso === undefined) return undefined;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** When an alert happened, in words: in the audience's locale and time zone, with all that is doubtful about it, or 'date unknown'. */
export function dateLine(alert: Alert, place: Place, words: Words, size: "long" | "medium"): string {
  const date = parse(alert.date);
  if (date === undefined || alert.dateSource === "missing") return words.dateUnknown;
  const written = plain(format(place, size, size === "long" ? long : medium).format(date));
  const notes = [
    ...(alert.dateSource === "inferred" ? [words.inferred(alert.dateNote?.inferredFrom)] : []),
    ...(alert.dateNote?.assumedZone === undefined ? [] : [words.zoneAssumed]),
    ...(alert.dateNote?.future === true ? [words.future] : []),
  ];
  const text = alert.dateSource === "updated" ? words.changed(written) : written;
  return notes.length === 0 ? text : `${text} (${notes.join(", ")})`;
}

/**
 * The calendar day in the audience's time zone as `2024-01-25` (ISO 8601), for SMS: the only form of ten characters
 * that reads the same in every locale and that never turns a message to UCS-2. Absent where the date is unknown.
 */
export function shortDate(alert: Alert, timeZone: string): string | undefined {
  const date = parse(alert.date);
  if (date === undefined || alert.dateSource === "missing") return undefined;
  const parts = format({ locale: "en-u-ca-iso8601-nu-latn", timeZone }, "iso", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** The days from the oldest to the newest of these alerts, as one text; absent where no date is known. */
export function period(alerts: readonly Alert[], place: Place): string | undefined {
  const times = alerts
    .filter((alert) => alert.dateSource !== "missing")
    .flatMap((alert) => parse(alert.date)?.getTime() ?? []);
  if (times.length === 0) return undefined;
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return plain(format(place, "day", day).formatRange(first, last));
}
