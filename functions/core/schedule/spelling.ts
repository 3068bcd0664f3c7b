import { parseCron } from "./cron.ts";
import { ScheduleError } from "./schedule-error.ts";

/** A schedule as EventBridge Scheduler gets it. */
export interface SlotSchedule {
  /** `cron(…)`. */
  readonly expression: string;
  /** IANA time zone in which the expression is evaluated. */
  readonly timeZone: string;
}

const time = "(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d)";
const patterns = {
  daily: new RegExp(`^daily ${time}$`),
  weekdays: new RegExp(`^weekdays ${time}$`),
  weekly: new RegExp(`^weekly (?<day>mon|tue|wed|thu|fri|sat|sun) ${time}$`),
  monthly: new RegExp(`^monthly (?<day>[1-9]|1\\d|2[0-8]|last) ${time}$`),
} as const;

const spellings =
  'upload, hourly, "daily 07:00", "weekdays 07:00", "weekly mon 07:00", "monthly 1 07:00" (a day from 1 to 28, or last) or a cron expression of EventBridge Scheduler';

/** One slot at each full hour. In UTC: in local time EventBridge Scheduler would leave out the repeated hour in autumn. */
export const hourlySlots: SlotSchedule = { expression: "cron(0 * * * ? *)", timeZone: "UTC" };

/** A slot each day at a local time, `HH:MM`. */
export const dailySlots = (at: string, timeZone: string): SlotSchedule => {
  const [hour, minute] = at.split(":").map(Number);
  return { expression: `cron(${minute} ${hour} * * ? *)`, timeZone };
};

/**
 * The slots of a digest's schedule as written in the configuration; `undefined` for `upload`.
 *
 * @throws `ScheduleError` for a schedule that is not valid.
 */
export function readSchedule(schedule: string, timeZone: string): SlotSchedule | undefined {
  if (schedule === "upload") return undefined;
  if (schedule === "hourly") return hourlySlots;
  if (schedule.startsWith("cron(")) {
    parseCron(schedule);
    return { expression: `cron(${schedule.slice(5, -1).toUpperCase()})`, timeZone };
  }
  for (const [kind, pattern] of Object.entries(patterns)) {
    const found = pattern.exec(schedule)?.groups;
    if (!found) continue;
    const { hour, minute, day = "" } = found;
    return { expression: `cron(${Number(minute)} ${Number(hour)} ${daysOf(kind, day)} *)`, timeZone };
  }
  throw new ScheduleError(schedule, `one of ${spellings}`);
}

/** The fields day of month, month and day of week. */
function daysOf(kind: string, day: string): string {
  if (kind === "weekdays") return "? * MON-FRI";
  if (kind === "weekly") return `? * ${day.toUpperCase()}`;
  if (kind === "monthly") return `${day === "last" ? "L" : day} * ?`;
  return "* * ?";
}
