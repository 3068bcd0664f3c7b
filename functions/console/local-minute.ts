/** A time to the minute in a time zone: `2026-03-10 07:00 Asia/Shanghai`. `at`: epoch milliseconds. */
export function localMinute(at: number, timeZone = "UTC"): string {
  // The Swedish format is ISO 8601 without the T.
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone });
  return `${format.format(new Date(at))} ${timeZone}`;
}
