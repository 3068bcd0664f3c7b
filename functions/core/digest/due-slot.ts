import type { Audience } from "../configuration.ts";
import { scheduleOf } from "../schedule/audience-schedule.ts";
import { nextSlot } from "../schedule/next-slot.ts";
import { isTooFew, quietAt } from "./postpone.ts";

/**
 * The slot at which entries that start to wait at `now` are sent if no others follow: not in quiet hours, and with fewer
 * than `minItems` entries after `maxWaitDays`. Epoch milliseconds. `undefined` if the audience has no slots any more.
 */
export function dueSlot(
  audience: Audience,
  { entries, now }: { readonly entries: number; readonly now: number },
): number | undefined {
  const slots = scheduleOf(audience);
  if (!slots) return undefined;
  const { expression, timeZone } = slots;
  let slot = nextSlot(expression, timeZone, now);
  while (slot !== undefined) {
    const isQuietSlot = quietAt(audience, { slot, now: slot, isLate: false });
    if (!isQuietSlot && !isTooFew(audience, { entries, since: now, slot })) return slot;
    slot = nextSlot(expression, timeZone, slot);
  }
  return undefined;
}
