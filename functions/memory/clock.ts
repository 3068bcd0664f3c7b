import type { Clock } from "../core/ports.ts";

/** A clock that begins at `start` (epoch milliseconds) and on which waiting takes no time. */
export function steppedClock(start: number): Clock {
  let time = start;
  return {
    now: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    random: () => 0.5,
  };
}
