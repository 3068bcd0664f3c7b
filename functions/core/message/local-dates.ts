import type { Audience } from "../configuration.ts";

/** Where dates are read. */
export type DatePlace = Pick<Audience, "locale" | "timeZone">;

const sizes = {
  long: { dateStyle: "full", timeStyle: "short" },
  medium: { dateStyle: "medium", timeStyle: "short" },
  day: { dateStyle: "medium" },
  fullDay: { dateStyle: "full" },
  dayWithMonth: { dateStyle: "long" },
  zone: { hour: "numeric", timeZoneName: "short" },
  iso: { year: "numeric", month: "2-digit", day: "2-digit" },
  weekday: { weekday: "long" },
  time: { hour: "2-digit", minute: "2-digit" },
  clock: { timeStyle: "short" },
  periodOfDay: { hour: "numeric", minute: "2-digit", dayPeriod: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();
const languages = new Map<string, string>();

/** A cached format: creating one takes about fifty times as long as using it. */
export function format(place: DatePlace, size: keyof typeof sizes): Intl.DateTimeFormat {
  const key = `${place.locale} ${place.timeZone} ${size}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(place.locale, { ...sizes[size], timeZone: place.timeZone });
    formats.set(key, found);
  }
  return found;
}

/** Replaces the thin, narrow and no-break spaces of ICU, which some mail clients show as boxes. */
export const plain = (text: string): string => text.replace(/[\u2009\u202F\u00A0]/gu, " ");

function languageOf(locale: string): string {
  let found = languages.get(locale);
  if (found === undefined) {
    ({ language: found } = new Intl.Locale(locale));
    languages.set(locale, found);
  }
  return found;
}

/** A calendar day in the locale's format; `long`: with its weekday. */
export function localDay(date: Date, place: DatePlace, size: "long" | "medium"): string {
  if (size === "medium") return plain(format(place, "day").format(date));
  // For the Persian calendar CLDR 48 has only the root's full pattern, year first and with a Latin comma.
  if (languageOf(place.locale) === "fa")
    return `${format(place, "weekday").format(date)} ${plain(format(place, "dayWithMonth").format(date))}`;
  return plain(format(place, "fullDay").format(date));
}

/** A time of day in the locale's format. */
export function localTimeOfDay(date: Date, place: DatePlace): string {
  // Hindi names the part of the day: CLDR's `8:30 pm` becomes `8:30 pm बजे` in its full pattern.
  if (languageOf(place.locale) === "hi") return `${plain(format(place, "periodOfDay").format(date))} बजे`;
  return plain(format(place, "clock").format(date));
}

/**
 * What is between the day and the time, where they are put together here, in CLDR's own words. Vietnamese alone has the
 * time first there, and the time zone would follow the year.
 */
const joints: Readonly<Record<string, Readonly<Record<"long" | "medium", string>>>> = {
  fa: { long: " ساعت ", medium: "، " },
  hi: { long: " को ", medium: ", " },
  vi: { long: " lúc ", medium: ", " },
};

/** Date and time in the locale's format. */
export function localInstant(date: Date, place: DatePlace, size: "long" | "medium"): string {
  const joint = joints[languageOf(place.locale)]?.[size];
  if (joint === undefined) return plain(format(place, size).format(date));
  return `${localDay(date, place, size)}${joint}${localTimeOfDay(date, place)}`;
}
