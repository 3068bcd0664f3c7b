import { parseCron, type Cron } from "./cron.ts";
import { skippedTimes, type SkippedTimes } from "./clock-changes.ts";
import { millisecondsPerDay, startOfDay } from "./local-time.ts";
import { calendarDay } from "./next-slot.ts";
import type { SlotSchedule } from "./spelling.ts";

/** A slot that EventBridge Scheduler will not fire, because the clocks skip its local time. */
export interface SkippedSlot {
  /** `2027-03-28`. */
  readonly day: string;
  /** `02:30`. */
  readonly time: string;
  /** The nearest time that the clocks skip on no day. */
  readonly nearest: string;
}

const minute = 60_000;
const hour = 60 * minute;

/** Days for which skipped times are looked for: two years. */
const checkedDays = 731;

/**
 * The first slot within two years of `now` (epoch milliseconds) that the clocks skip; `undefined` if there is none. A
 * slot does not count if another one follows within an hour after the skipped times.
 *
 * @throws `ScheduleError` for an expression that is not valid.
 */
export function skippedSlot({ expression, timeZone }: SlotSchedule, now: number): SkippedSlot | undefined {
  const cron = parseCron(expression);
  const all = skippedTimes(timeZone, now, now + checkedDays * millisecondsPerDay);
  for (const skipped of all) {
    const slot = firstSlot(cron, skipped);
    if (
      slot === undefined ||
      firstSlot(cron, { from: skipped.to, to: skipped.to + hour + minute }) !== undefined
    )
      continue;
    const [day = "", time = ""] = new Date(slot).toISOString().split("T");
    return { day, time: time.slice(0, 5), nearest: nearestTime(slot % millisecondsPerDay, all) };
  }
  return undefined;
}

function firstSlot({ isDay, hours, minutes }: Cron, { from, to }: SkippedTimes): number | undefined {
  for (let local = Math.ceil(from / minute) * minute; local < to; local += minute) {
    const date = new Date(local);
    const isTime = hours.includes(date.getUTCHours()) && minutes.includes(date.getUTCMinutes());
    if (isTime && isDay(calendarDay(local))) return local;
  }
  return undefined;
}

/** The time of day nearest to `wanted` (milliseconds after midnight) that is not skipped on any day. */
function nearestTime(wanted: number, all: readonly SkippedTimes[]): string {
  const isSkipped = (time: number): boolean =>
    all.some(({ from, to }) => {
      const first = startOfDay(from);
      return [first, first + millisecondsPerDay].some((day) => day + time >= from && day + time < to);
    });
  for (let distance = minute; distance < millisecondsPerDay; distance += minute)
    for (const time of [wanted + distance, wanted - distance]) {
      const ofDay = (time + millisecondsPerDay) % millisecondsPerDay;
      if (!isSkipped(ofDay)) return new Date(ofDay).toISOString().slice(11, 16);
    }
  return new Date(wanted).toISOString().slice(11, 16);
}
