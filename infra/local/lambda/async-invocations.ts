import { setTimeout as sleep } from "node:timers/promises";
import type { InvokeConfigDefinition } from "../resources/resource-type.ts";
import type { FunctionPool } from "./function-pool.ts";
import type { Invocation } from "./function-process.ts";

/** Lambda's asynchronous invocation: an event is queued, and retried when the function fails. */
export interface AsyncInvocations {
  /** Events that are with the function or wait for a retry. */
  readonly running: number;
  /** Resolves when the first attempt has ended. */
  invoke(event: unknown): Promise<Invocation>;
  /** Handles failures of further events in another way. */
  configure(config: InvokeConfigDefinition): void;
  stop(): Promise<void>;
}

export interface AsyncInvocationsOptions {
  readonly pool: Pick<FunctionPool, "invoke">;
  readonly functionArn: string;
  readonly config: InvokeConfigDefinition;
  /**
   * Seconds before each retry (AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous
   * invocation").
   *
   * @default [60, 120]
   */
  readonly retrySeconds?: readonly number[];
  /** Sends the record of an event that was given up to the destination. */
  readonly sendToDestination: (queueArn: string, record: string) => Promise<void>;
  readonly log: (line: string) => void;
  readonly onInvocation: (invocation: Invocation) => void;
}

export function openAsyncInvocations(options: AsyncInvocationsOptions): AsyncInvocations {
  const { pool, functionArn, retrySeconds = [60, 120], log } = options;
  let { config } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  async function attempt(event: unknown): Promise<Invocation> {
    const invocation = await pool.invoke(event);
    options.onInvocation(invocation);
    return invocation;
  }

  async function retry(event: unknown, first: Invocation, receivedAt: number): Promise<void> {
    let [last, attempts, isExpired] = [first, 1, false];
    while (last.outcome.kind !== "done" && attempts <= config.maximumRetryAttempts && !isExpired) {
      const seconds = retrySeconds[attempts - 1] ?? retrySeconds.at(-1) ?? 0;
      isExpired = Date.now() + seconds * 1000 - receivedAt > config.maximumEventAgeSeconds * 1000;
      if (isExpired) break;
      await sleep(seconds * 1000, undefined, { signal: stopping.signal });
      last = await attempt(event);
      attempts += 1;
    }
    if (last.outcome.kind === "done" || stopping.signal.aborted) return;
    log(`The function ${functionArn} failed ${attempts} times with the event ${JSON.stringify(event)}.`);
    if (config.onFailure === undefined) return;
    const condition = isExpired ? "EventAgeExceeded" : "RetriesExhausted";
    const record = describeFailure(event, last, { functionArn, condition, attempts });
    await options.sendToDestination(config.onFailure, JSON.stringify(record));
  }

  return {
    get running() {
      return running.size;
    },
    async invoke(event) {
      const receivedAt = Date.now();
      const first = attempt(event);
      const whole = first
        .then((invocation) => retry(event, invocation, receivedAt))
        .catch((error: unknown) => {
          if (!stopping.signal.aborted)
            log(`The asynchronous invocation of ${functionArn} failed: ${String(error)}`);
        })
        .finally(() => running.delete(whole));
      running.add(whole);
      return first;
    },
    configure: (next) => void (config = next),
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}

/** The record of a failed event (AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"). */
function describeFailure(
  event: unknown,
  { requestId, outcome }: Invocation,
  how: { readonly functionArn: string; readonly condition: string; readonly attempts: number },
): object {
  const error =
    outcome.kind === "failed"
      ? { errorType: outcome.type, errorMessage: outcome.message }
      : { errorMessage: outcome.kind === "crashed" ? `Runtime exited: ${outcome.how}` : "Task timed out" };
  return {
    version: "1.0",
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${how.functionArn}:$LATEST`,
      condition: how.condition,
      approximateInvokeCount: how.attempts,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: error,
  };
}
