import { parseCron, type Cron } from "./cron.ts";
import type { CalendarDay } from "./cron-day.ts";
import { instantsOfDay, localTime, millisecondsPerDay, startOfDay } from "./local-time.ts";

/**
 * The first time after `after` at which EventBridge Scheduler fires a cron expression in an IANA time zone; both are
 * epoch milliseconds. As documented ("Daylight savings time on EventBridge Scheduler"), a local time that the clocks skip
 * has no slot, and a repeated one has one; the documentation does not say which: here it is the first.
 *
 * @returns `undefined` if it never fires again.
 * @throws `ScheduleError` for an expression that is not valid.
 */
export function nextSlot(expression: string, timeZone: string, after: number): number | undefined {
  const cron = parseCron(expression);
  const local = localTime(timeZone, after);
  // The day before too, because clocks can be set back over midnight.
  for (let day = startOfDay(local) - millisecondsPerDay; ; day += millisecondsPerDay) {
    const calendar = calendarDay(day);
    if (calendar.year > cron.lastYear) return undefined;
    if (!cron.isDay(calendar)) continue;
    const instantsOf = instantsOfDay(timeZone, day);
    for (const time of timesOfDay(cron)) {
      const [first] = instantsOf(day + time);
      if (first !== undefined && first > after) return first;
    }
  }
}

/** The milliseconds from midnight at which an expression fires, ascending. */
function* timesOfDay({ hours, minutes }: Cron): Iterable<number> {
  for (const hour of hours) for (const minute of minutes) yield (hour * 60 + minute) * 60_000;
}

/** The day of a local time that is written as the epoch milliseconds of UTC. */
export function calendarDay(local: number): CalendarDay {
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return {
    year,
    month,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() + 1,
    last: new Date(Date.UTC(year, month, 0)).getUTCDate(),
  };
}
