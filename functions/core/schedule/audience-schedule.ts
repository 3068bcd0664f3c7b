import type { Audience } from "../configuration.ts";
import { instantsOfDay, localTime, millisecondsPerDay, startOfDay } from "./local-time.ts";
import { dailySlots, hourlySlots, readSchedule, type SlotSchedule } from "./spelling.ts";

/** The settings that decide when an audience gets its messages. */
export type Timing = Pick<Audience, "mode" | "schedule" | "quietHours" | "maxPerHour" | "timeZone">;

/**
 * The slots at which what waits for an audience is sent; `undefined` if nothing ever waits. An audience in mode `alerts`
 * has slots at the end of its quiet hours, or hourly with `maxPerHour`; with both, hourly in step with that end.
 *
 * @throws `ScheduleError` for a schedule that is not valid.
 */
export function scheduleOf({
  mode,
  schedule,
  quietHours,
  maxPerHour,
  timeZone,
}: Timing): SlotSchedule | undefined {
  if (mode === "digest") return readSchedule(schedule ?? "upload", timeZone);
  if (quietHours === undefined) return maxPerHour === undefined ? undefined : hourlySlots;
  const end = quietHours.slice(-5);
  if (maxPerHour === undefined) return dailySlots(end, timeZone);
  return { expression: `cron(${Number(end.slice(-2))} * * * ? *)`, timeZone };
}

/** Whether `now` (epoch milliseconds) is in the quiet hours of an audience; the time at which they end is not. */
export function isQuiet(
  { quietHours, timeZone }: Pick<Audience, "quietHours" | "timeZone">,
  now: number,
): boolean {
  if (quietHours === undefined) return false;
  const [from = 0, to = 0] = quietHours.split("-").map(millisecondsOfDay);
  const local = localTime(timeZone, now);
  const midnight = startOfDay(local);
  const ofDay = local - midnight;
  const isIn = from < to ? ofDay >= from && ofDay < to : ofDay >= from || ofDay < to;
  if (!isIn) return false;
  const day = ofDay < to ? midnight : midnight + millisecondsPerDay;
  // Where the clocks repeat the end, it has no second slot: the hours are over after the first.
  const [first] = instantsOfDay(timeZone, day)(day + to);
  return first === undefined || first > now;
}

const millisecondsOfDay = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return (hour * 60 + minute) * 60_000;
};
