import { setTimeout as sleep } from "node:timers/promises";
import type { LogEvent } from "../../aws/log-events.ts";

interface LocalLogLine extends LogEvent {
  /** Counts the lines of the stack, from 1. */
  readonly number: number;
}

/** The lines that a local stack keeps. With `interval` (milliseconds) it waits for later ones, until the stack ends. */
export async function* localLog(
  inbox: string,
  { since, interval }: { readonly since: number; readonly interval?: number },
): AsyncGenerator<LogEvent> {
  for (let after = 0; ;) {
    const reply = await fetch(`${inbox}/api/log?after=${after}`).catch((error: unknown) => {
      // The stack has ended.
      if (interval !== undefined && after > 0) return undefined;
      throw error;
    });
    if (!reply) return;
    for (const line of (await reply.json()) as readonly LocalLogLine[]) {
      after = line.number;
      if (line.at >= since) yield line;
    }
    if (interval === undefined) return;
    await sleep(interval);
  }
}
