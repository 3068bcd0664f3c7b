import { readField, readValue, type CronField } from "./cron-field.ts";

/** A calendar day. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 1 is Sunday, 7 is Saturday, as in EventBridge Scheduler. */
  readonly weekday: number;
  /** Number of days in its month. */
  readonly last: number;
}

/** Whether a cron expression selects a day. */
export type DayTest = (day: CalendarDay) => boolean;

const daysOfMonth: CronField = { name: "day of month", min: 1, max: 31, hasSteps: true };
const daysOfWeek: CronField = {
  name: "day of week",
  min: 1,
  max: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
  hasSteps: false,
};

/**
 * Reads the day-of-month field: numbers, `L` for the last day of the month, `15W` for the weekday nearest to the 15th in
 * its month. `undefined` if the field is not valid.
 */
export function readDayOfMonth(text: string): DayTest | undefined {
  if (text === "L") return ({ day, last }) => day === last;
  if (text.endsWith("W")) {
    const nearest = readValue(text.slice(0, -1), daysOfMonth);
    return nearest === undefined ? undefined : (day) => day.day === nearestWeekday(nearest, day);
  }
  const days = readField(text, daysOfMonth);
  return days && (({ day }) => days.includes(day));
}

/** The day from Monday to Friday that is nearest to the day `wanted` and in the same month as `other`. */
function nearestWeekday(wanted: number, { day, weekday, last }: CalendarDay): number | undefined {
  if (wanted > last) return undefined;
  // From 0 for Sunday to 6 for Saturday.
  const at = (((weekday - 1 + wanted - day) % 7) + 7) % 7;
  if (at === 6) return wanted === 1 ? 3 : wanted - 1;
  if (at === 0) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

/**
 * Reads the day-of-week field: numbers and names, `L` for Saturday, `FRIL` or `6L` for the month's last Friday, `FRI#2`
 * for its second. `undefined` if the field is not valid.
 */
export function readDayOfWeek(text: string): DayTest | undefined {
  if (text === "L") return ({ weekday }) => weekday === daysOfWeek.max;
  if (text.endsWith("L")) {
    const wanted = readValue(text.slice(0, -1), daysOfWeek);
    return wanted === undefined
      ? undefined
      : ({ day, weekday, last }) => weekday === wanted && day > last - 7;
  }
  const [name = "", number, ...more] = text.split("#");
  if (number !== undefined) {
    const wanted = readValue(name, daysOfWeek);
    if (wanted === undefined || more.length > 0 || !/^[1-5]$/.test(number)) return undefined;
    return ({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === Number(number);
  }
  const days = readField(text, daysOfWeek);
  return days && (({ weekday }) => days.includes(weekday));
}
