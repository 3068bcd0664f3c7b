import type { Clock } from "./ports.ts";

/** Milliseconds: no wait is longer, so that a service that is back is soon seen. */
const longest = 5_000;

/**
 * How long to wait before repetition `attempt` (from 1) of a call that failed, milliseconds: twice as long each
 * time, with full jitter, so that those who failed together don't come back together.
 */
export const backoff = (attempt: number, { random }: Pick<Clock, "random">, first = 200): number =>
  random() * Math.min(longest, first * 2 ** attempt);
