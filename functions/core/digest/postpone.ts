import type { Audience } from "../configuration.ts";
import { isQuiet } from "../schedule/audience-schedule.ts";

const millisecondsPerDay = 86_400_000;

/**
 * Whether a slot of the schedule of an audience in mode `alerts` is in its quiet hours. Hourly slots of `maxPerHour` fall
 * in them, and a slot that is retried can be that late. Epoch milliseconds.
 */
export function quietAt(
  audience: Audience,
  { slot, now, isLate }: { readonly slot: number; readonly now: number; readonly isLate: boolean },
): boolean {
  if (audience.mode !== "alerts" || audience.quietHours === undefined) return false;
  return isQuiet(audience, slot) || (isLate && isQuiet(audience, now));
}

/**
 * Whether so few entries wait for a scheduled digest that they wait for the next slot. `since`: when the oldest one was
 * decided, epoch milliseconds.
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
  if (mode !== "digest" || entries >= minItems) return false;
  return since > slot - maxWaitDays * millisecondsPerDay;
}
