import type { S3ClientConfig } from "@aws-sdk/client-s3";
import { backoff } from "../core/backoff.ts";
import type { Clock } from "../core/ports.ts";

type Strategy = Extract<NonNullable<S3ClientConfig["retryStrategy"]>, { acquireInitialRetryToken: unknown }>;

/** Retries that are made even after the deadline, so that the last writes of a run do not fail at the first fault. */
const minRetries = 3;

/** Milliseconds before the first retry, as in the SDK's standard mode. */
const firstDelay = { failure: 50, throttling: 500 };

/** Milliseconds: the longest delay that a `Retry-After` header can ask for. */
const maxRetryAfter = 5_000;

/** DynamoDB's throttling errors, which have HTTP status 400 (Amazon DynamoDB Developer Guide, 'Error handling with DynamoDB'). */
const throttlingErrors = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
]);

/** Whether a call failed because the service was unavailable, throttled the call or did not answer. */
export function isTransient(error: unknown): boolean {
  // The SDK adds its metadata to every error of a call.
  if (!(error instanceof Error) || !("$metadata" in error)) return false;
  const { httpStatusCode: status } = error.$metadata as { readonly httpStatusCode?: number };
  return status === undefined || status >= 500 || status === 429 || throttlingErrors.has(error.name);
}

/** Milliseconds before retry `attempt` (from 1) of a call; `undefined` if the deadline leaves no time for it. */
export type Wait = (attempt: number, isThrottled: boolean) => number | undefined;

export interface RetriesInTime {
  readonly wait: Wait;
  readonly strategy: Strategy;
  /** Sets the deadline, epoch milliseconds. Call it at the start of each invocation. */
  readonly until: (deadline: number) => void;
}

/**
 * Retries transient failures until the deadline, and at least three times. Unlike the SDK's standard mode (AWS SDKs
 * and Tools Reference Guide, 'Retry behavior') it has no retry quota shared by all calls: an invocation is short, and
 * an abandoned call fails the whole queue message. One instance serves a process, because Lambda runs one invocation
 * at a time in it.
 */
export function retriesInTime(clock: Pick<Clock, "now" | "random">): RetriesInTime {
  let deadline = -Infinity;

  const wait: Wait = (attempt, isThrottled) => {
    const milliseconds = backoff(
      attempt - 1,
      clock,
      isThrottled ? firstDelay.throttling : firstDelay.failure,
    );
    return attempt <= minRetries || clock.now() + milliseconds < deadline ? milliseconds : undefined;
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
      /** Throwing here makes the SDK give up; the call fails with its own error. */
      refreshRetryTokenForRetry: async (last, { errorType, retryAfterHint }) => {
        const attempt = last.getRetryCount() + 1;
        const milliseconds =
          errorType === "CLIENT_ERROR" ? undefined : wait(attempt, errorType === "THROTTLING");
        if (milliseconds === undefined) throw new Error("No retry is left.");
        const now = clock.now();
        const requested = (retryAfterHint?.getTime() ?? 0) - now;
        return token(attempt, Math.max(milliseconds, Math.min(requested, maxRetryAfter, deadline - now)));
      },
      recordSuccess: () => undefined,
    },
  };
}
