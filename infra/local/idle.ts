import { setTimeout as sleep } from "node:timers/promises";
import type { QueuedMessage } from "./emulators/queues.ts";

/** The activity of a stack. */
export interface Activity {
  /** Invocations, asynchronous events that wait for a retry, and firings of schedules. */
  readonly running: () => number;
  /** Messages in every queue that a function reads, delayed and in-flight ones included. */
  readonly waiting: () => Promise<readonly QueuedMessage[]>;
  /** Resolves when everything published has been delivered. */
  readonly settled: () => Promise<void>;
}

/** Resolves when a stack is idle; rejects after `timeoutSeconds` with what is left. */
export async function untilIdle(activity: Activity, timeoutSeconds: number): Promise<void> {
  const end = Date.now() + timeoutSeconds * 1000;
  while (!(await isIdle(activity))) {
    if (Date.now() > end) {
      const left = (await activity.waiting()).map(
        ({ state, receives }) => `${state} after ${receives} receives`,
      );
      throw new Error(`Not idle after ${timeoutSeconds} s: ${left.join(", ") || "a function runs"}.`);
    }
    await sleep(15);
  }
}

async function isIdle({ running, waiting, settled }: Activity): Promise<boolean> {
  if (running() > 0 || (await waiting()).length > 0) return false;
  await settled();
  // New messages may have arrived during the last delivery.
  return running() === 0 && (await waiting()).length === 0;
}
