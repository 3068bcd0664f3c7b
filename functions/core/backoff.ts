import type { Clock } from "./ports.ts";

/** Longest wait before a call is repeated, milliseconds: a service that is back is soon noticed. */
const maxWait = 5_000;

/**
 * How long to wait before repetition `attempt` (from 1) of a failed call, milliseconds: exponential with full jitter,
 * so that callers that failed together do not come back together.
 */
export const backoff = (attempt: number, { random }: Pick<Clock, "random">, first = 200): number =>
  random() * Math.min(maxWait, first * 2 ** attempt);

/** Seconds until a message that was attempted `attempts` times is attempted again: exponential with jitter, up to `max`. */
export const retryDelay = (attempts: number, max: number, { random }: Pick<Clock, "random">): number =>
  Math.min(max, 2 ** Math.min(attempts, 20) * (0.5 + random()));

/** Attempts after which a retry is worth an alarm: with a `max` of 900 seconds they take about three hours. */
export const manyAttempts = 20;
