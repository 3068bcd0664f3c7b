const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** The time of today, and the day and time of other days; `full`: always the date. The title has the date and time. */
export function timeElement(at: string, full = false): HTMLTimeElement {
  const made = document.createElement("time");
  const date = new Date(at);
  const short = date.toDateString() === new Date().toDateString() ? time : dayAndTime;
  made.dateTime = at;
  made.textContent = (full ? dateAndTime : short).format(date);
  if (!full) made.title = dateAndTime.format(date);
  return made;
}

/** `2 parts`, `1 part`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** `0.0158 USD`. */
export const dollars = (amount: number): string =>
  `${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 4 })} USD`;

/** `in 3 hours`. */
export function timeUntil(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return relative.format(Math.round(seconds / length), unit);
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** A slot in the time zone of its audience: `Fri, 27 Nov, 07:00`. */
export const slotTime = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));

/** `12 KB`. */
export const fileSize = (bytes: number): string =>
  bytes < 1000
    ? counted(bytes, "byte")
    : new Intl.NumberFormat("en", {
        style: "unit",
        unit: bytes < 1e6 ? "kilobyte" : "megabyte",
        maximumFractionDigits: 1,
      }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));
