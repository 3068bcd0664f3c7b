/** Formatters by time zone: making one takes longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(timeZone, made);
  return made;
}

/** What the clocks of an IANA time zone show at `instant` (epoch milliseconds), written as the epoch milliseconds of UTC. */
export function localTime(timeZone: string, instant: number): number {
  const parts = formatterOf(timeZone).formatToParts(instant);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const seconds = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return seconds + (((instant % 1000) + 1000) % 1000);
}

/** Milliseconds by which a zone's local time is ahead of UTC at `instant`. */
const offsetAt = (timeZone: string, instant: number): number => localTime(timeZone, instant) - instant;

export const millisecondsPerDay = 86_400_000;

/**
 * Returns the instants at which the clocks show a local time of a day, earliest first: none if they skip it, two if they
 * repeat it. `day` (the day's midnight) and local times are written as the epoch milliseconds of UTC.
 */
export function instantsOfDay(timeZone: string, day: number): (local: number) => readonly number[] {
  // No zone is a day from UTC, so all instants of the local day are between these two.
  const before = offsetAt(timeZone, day - millisecondsPerDay);
  const after = offsetAt(timeZone, day + 2 * millisecondsPerDay);
  if (before === after) return (local) => [local - before];
  return (local) =>
    [local - before, local - after]
      .filter((instant) => localTime(timeZone, instant) === local)
      .toSorted((a, b) => a - b);
}

/** The midnight at which the day of a local time starts. */
export const startOfDay = (local: number): number =>
  Math.floor(local / millisecondsPerDay) * millisecondsPerDay;
