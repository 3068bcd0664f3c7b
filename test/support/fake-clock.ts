import type { Clock } from "../../functions/core/ports.ts";

export type FakeClock = Clock & { readonly advance: (milliseconds: number) => void };

/** A clock that moves only when it is told to or when somebody sleeps on it; sleeping takes no real time. */
export function fakeClock(start = Date.parse("2026-03-01T00:00:00Z")): FakeClock {
  let time = start;
  const advance = (milliseconds: number) => {
    time += Math.max(0, milliseconds);
  };
  return {
    now: () => time,
    sleep: async (milliseconds) => advance(milliseconds),
    random: () => 0.5,
    advance,
  };
}
