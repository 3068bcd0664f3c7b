import type { Audience } from "../configuration.ts";
import { isQuiet, scheduleOf } from "../schedule/audience-schedule.ts";
import { nextSlot } from "../schedule/next-slot.ts";

const millisecondsPerDay = 86_400_000;

/**
 * Whether a slot of an audience in mode `alerts` is in its quiet hours. Hourly slots of `maxPerHour` fall in them, and a
 * slot that is retried can be that late. A slot that was asked for by hand is none of the schedule's and is never quiet.
 * Epoch milliseconds.
 */
export function quietAt(
  audience: Audience,
  { slot, now, isLate }: { readonly slot: number; readonly now: number; readonly isLate: boolean },
): boolean {
  if (audience.mode !== "alerts" || audience.quietHours === undefined) return false;
  if (!isScheduled(audience, slot)) return false;
  return isQuiet(audience, slot) || (isLate && isQuiet(audience, now));
}

/**
 * Whether so few entries wait for a scheduled digest that they wait for the next slot. A slot that was asked for by hand
 * sends however few there are. `since`: when the oldest one was decided, epoch milliseconds.
 */
export function isTooFew(
  audience: Audience,
  {
    entries,
    since = -Infinity,
    slot,
  }: { readonly entries: number; readonly since: number | undefined; readonly slot: number },
): boolean {
  const { mode, minItems, maxWaitDays } = audience;
  if (mode !== "digest" || entries >= minItems || !isScheduled(audience, slot)) return false;
  return since > slot - maxWaitDays * millisecondsPerDay;
}

/** Whether a slot is one of the schedule's own, not one that was asked for by hand. */
function isScheduled(audience: Audience, slot: number): boolean {
  const slots = scheduleOf(audience);
  return slots !== undefined && nextSlot(slots.expression, slots.timeZone, slot - 1) === slot;
}
