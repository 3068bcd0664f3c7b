import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { backoff } from "../core/backoff.ts";
import type { Clock } from "../core/ports.ts";

type Strategy = Extract<NonNullable<S3ClientConfig["retryStrategy"]>, { acquireInitialRetryToken: unknown }>;

/** How often a call is repeated even when the time is up: what ends a run should not fail at the first fault. */
const always = 3;

/** First wait, milliseconds, as of the SDK's own standard mode: after a failure, and after throttling. */
const first = { failure: 50, throttling: 500 };

/** With these DynamoDB says that it is asked too often, under HTTP 400 (Amazon DynamoDB Developer Guide, 'Error handling with DynamoDB'). */
const throttled = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
]);

/** Whether a service failed, throttled the call or gave no answer; the SDK leaves its metadata in each of its errors. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || !("$metadata" in error)) return false;
  const { httpStatusCode: status } = error.$metadata as { readonly httpStatusCode?: number };
  return status === undefined || status >= 500 || status === 429 || throttled.has(error.name);
}

/** Milliseconds before repetition `attempt` (from 1) of a call; `undefined` when there is no time for it. */
export type Wait = (attempt: number, isThrottled: boolean) => number | undefined;

export interface RetriesInTime {
  readonly wait: Wait;
  readonly strategy: Strategy;
  /** Sets the last moment, epoch milliseconds: to be called as an invocation begins. */
  readonly until: (deadline: number) => void;
}

/**
 * Repeats what failed for a passing reason, for as long as there is time and always three times. Unlike the
 * SDK's standard mode (AWS SDKs and Tools Reference Guide, 'Retry behavior') it has no quota for all calls
 * together: the time of an invocation is short, and what is given up costs a receive of the queue message. A
 * process has one of it, because Lambda gives a process one invocation at a time.
 */
export function retriesInTime(clock: Pick<Clock, "now" | "random">): RetriesInTime {
  let deadline = -Infinity;

  const wait: Wait = (attempt, isThrottled) => {
    const milliseconds = backoff(attempt - 1, clock, isThrottled ? first.throttling : first.failure);
    return attempt <= always || clock.now() + milliseconds < deadline ? milliseconds : undefined;
  };
  const token = (count: number, delay: number) => ({
    getRetryCount: () => count,
    getRetryDelay: () => delay,
  });

  return {
    wait,
    until: (time) => {
      deadline = time;
    },
    strategy: {
      acquireInitialRetryToken: async () => token(0, 0),
      /** An error here tells the SDK to give up; the call fails with its own. */
      refreshRetryTokenForRetry: async (last, { errorType, retryAfterHint }) => {
        const attempt = last.getRetryCount() + 1;
        const milliseconds =
          errorType === "CLIENT_ERROR" ? undefined : wait(attempt, errorType === "THROTTLING");
        if (milliseconds === undefined) throw new Error("No repetition is left.");
        const asked = (retryAfterHint?.getTime() ?? 0) - clock.now();
        return token(attempt, Math.max(milliseconds, Math.min(asked, 5_000)));
      },
      recordSuccess: () => undefined,
    },
  };
}
