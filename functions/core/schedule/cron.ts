import { readDayOfMonth, readDayOfWeek, type CalendarDay, type DayTest } from "./cron-day.ts";
import { readField, type CronField } from "./cron-field.ts";
import { ScheduleError } from "./schedule-error.ts";

/** When a cron expression fires, in local time. */
export interface Cron {
  /** Ascending. */
  readonly minutes: readonly number[];
  /** Ascending. */
  readonly hours: readonly number[];
  readonly isDay: DayTest;
  readonly lastYear: number;
}

const minutes: CronField = { name: "minutes", min: 0, max: 59, hasSteps: true };
const hours: CronField = { name: "hours", min: 0, max: 23, hasSteps: true };
const months: CronField = {
  name: "month",
  min: 1,
  max: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  hasSteps: true,
};
const years: CronField = { name: "year", min: 1970, max: 2199, hasSteps: true };

/** Longest expression that is read; those of people are much shorter. EventBridge Scheduler allows 256 characters. */
const maxLength = 256;

/**
 * Reads a cron expression as EventBridge Scheduler documents it ("Cron-based schedules" in its user guide):
 * `cron(minutes hours day-of-month month day-of-week year)`. One of the two day fields must be `?`. Names may be in
 * lower case.
 *
 * @throws `ScheduleError` for an expression that is not valid.
 */
export function parseCron(expression: string): Cron {
  const refuse = (expected: string) => new ScheduleError(expression, expected);
  if (expression.length > maxLength) throw refuse(`at most ${maxLength} characters`);
  const [, text = ""] = /^cron\(([^()]*)\)$/.exec(expression) ?? [];
  const fields = text.toUpperCase().split(" ");
  const [minute = "", hour = "", dayOfMonth = "", month = "", dayOfWeek = "", year = ""] = fields;
  if (fields.length !== 6 || fields.includes(""))
    throw refuse("cron(minutes hours day-of-month month day-of-week year), such as cron(0 7 ? * MON-FRI *)");
  if ((dayOfMonth === "?") === (dayOfWeek === "?"))
    throw refuse("? in the field day of month or in the field day of week, and not in both");
  const numbers = (value: string, field: CronField): readonly number[] => {
    const read = readField(value, field);
    if (!read)
      throw refuse(`values from ${field.min} to ${field.max} in the field ${field.name}, not ${value}`);
    return read;
  };
  const isDay = dayOfWeek === "?" ? readDayOfMonth(dayOfMonth) : readDayOfWeek(dayOfWeek);
  if (!isDay)
    throw refuse(
      dayOfWeek === "?"
        ? `1, 1-15, 1/2, L, 15W or the like in the field day of month, not ${dayOfMonth}`
        : `MON, MON-FRI, 2, FRIL, FRI#1 or the like in the field day of week, not ${dayOfWeek}`,
    );
  const inMonths = numbers(month, months);
  const inYears = new Set(numbers(year, years));
  return {
    minutes: numbers(minute, minutes),
    hours: numbers(hour, hours),
    isDay: (day: CalendarDay) => inYears.has(day.year) && inMonths.includes(day.month) && isDay(day),
    lastYear: Math.max(...inYears),
  };
}
