import type { Audience } from "../../functions/core/configuration.ts";
import { scheduleOf } from "../../functions/core/schedule/audience-schedule.ts";
import { nextSlot } from "../../functions/core/schedule/next-slot.ts";
import { ScheduleError } from "../../functions/core/schedule/schedule-error.ts";
import { skippedSlot } from "../../functions/core/schedule/skipped-slot.ts";
import type { SlotSchedule } from "../../functions/core/schedule/spelling.ts";
import { formatValue, type CrossMistake } from "./mistakes.ts";

/** Settings of one mode only. */
const otherMode = { alerts: "digest", digest: "alerts" } as const;
const settingsOf = { alerts: ["quietHours", "maxPerHour"], digest: ["schedule"] } as const;

/** Checks when each audience gets its messages. `now`: epoch milliseconds. */
export function* checkSchedules(audiences: readonly Audience[], now: number): Iterable<CrossMistake> {
  for (const [index, audience] of audiences.entries()) {
    const path = ["audiences", index];
    const mistake = (key: string, message: string): CrossMistake => ({
      path: [...path, key],
      message,
      involves: [path, ["timeZone"]],
    });
    const other = otherMode[audience.mode];
    for (const key of settingsOf[other]) {
      if (audience[key] === undefined) continue;
      yield mistake(
        key,
        `found ${formatValue(audience[key])} in mode ${audience.mode}; expected mode ${other}`,
      );
    }
    yield* checkSlots(audience, now, mistake);
  }
}

type Report = (key: string, message: string) => CrossMistake;

function* checkSlots(audience: Audience, now: number, mistake: Report): Iterable<CrossMistake> {
  const key = audience.mode === "digest" ? "schedule" : "quietHours";
  const found = `found ${formatValue(audience[key])}`;
  let slots: SlotSchedule | undefined;
  try {
    slots = scheduleOf(audience);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    yield mistake(key, `${found}; expected ${error.expected}`);
    return;
  }
  if (audience.minItems > 1 && (audience.mode === "alerts" || !slots))
    yield mistake(
      "minItems",
      `found ${audience.minItems}; expected 1, because only a digest with a schedule other than upload can wait for more entries`,
    );
  if (!slots) return;
  if (nextSlot(slots.expression, slots.timeZone, now) === undefined) {
    yield mistake(key, `${found}; expected a schedule that fires after today`);
    return;
  }
  const skipped = skippedSlot(slots, now);
  if (!skipped) return;
  const { time, day, nearest } = skipped;
  yield mistake(
    key,
    `${found}; expected a time that exists on every day: the clocks of ${slots.timeZone} skip ${time} on ${day}, and EventBridge Scheduler would not fire; the nearest time that always exists is ${nearest}`,
  );
}
