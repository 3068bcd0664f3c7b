import type { Audience } from "../../../functions/core/configuration.ts";
import { isTooFew } from "../../../functions/core/digest/postpone.ts";
import { isQuiet, scheduleOf } from "../../../functions/core/schedule/audience-schedule.ts";
import { nextSlot } from "../../../functions/core/schedule/next-slot.ts";

/** What waits for an audience. Epoch milliseconds. */
interface Waiting {
  readonly entries: number;
  readonly since: number;
  /** When the entries were decided. */
  readonly times: readonly number[];
  readonly now: number;
}

/** Why entries wait, as sentences. */
export function reasonsToWait(
  audience: Audience,
  { entries, since, times, now }: Waiting,
): readonly string[] {
  const { mode, schedule = "", quietHours = "", maxPerHour, minItems, maxWaitDays } = audience;
  const slots = scheduleOf(audience);
  if (!slots) return ["The audience has no schedule any more. Watch sends them in its next hourly run."];
  if (mode === "alerts") {
    const quiet = times.filter((at) => isQuiet(audience, at)).length;
    return [
      ...(quiet > 0 ? [`They arrived in the quiet hours, ${quietHours.replace("-", " to ")}.`] : []),
      ...(quiet < times.length && maxPerHour !== undefined
        ? [`They are beyond ${maxPerHour} ${maxPerHour === 1 ? "alert" : "alerts"} an hour.`]
        : []),
    ];
  }
  const slot = nextSlot(slots.expression, slots.timeZone, now);
  const days = maxWaitDays === 1 ? "one day" : `${maxWaitDays} days`;
  return [
    `They wait for the schedule ‘${schedule}’.`,
    ...(slot !== undefined && isTooFew(audience, { entries, since, slot })
      ? [`The next slot sends them only if at least ${minItems} wait; after ${days} they are sent anyway.`]
      : []),
  ];
}
