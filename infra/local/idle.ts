import { setTimeout as sleep } from "node:timers/promises";
import type { QueuedMessage } from "./emulators/queues.ts";

/** What must come to rest before a stack is idle. */
export interface Moving {
  readonly running: () => number;
  readonly waiting: () => Promise<readonly QueuedMessage[]>;
  /** Resolves when everything published has been delivered. */
  readonly settled: () => Promise<void>;
}

/** Resolves when nothing moves any more; rejects, with what is left, after `timeoutSeconds`. */
export async function untilIdle(moving: Moving, timeoutSeconds: number): Promise<void> {
  const end = Date.now() + timeoutSeconds * 1000;
  while (!(await isIdle(moving))) {
    if (Date.now() > end) {
      const left = (await moving.waiting()).map(
        ({ state, receives }) => `${state} after ${receives} receives`,
      );
      throw new Error(`Not idle after ${timeoutSeconds} s: ${left.join(", ") || "a function runs"}.`);
    }
    await sleep(15);
  }
}

async function isIdle({ running, waiting, settled }: Moving): Promise<boolean> {
  if (running() > 0 || (await waiting()).length > 0) return false;
  await settled();
  // While the last delivery was under way, something new may have come.
  return running() === 0 && (await waiting()).length === 0;
}
