import { SingleBar } from "cli-progress";
import type { QueuedMessage } from "./emulators/queues.ts";
import type { ReceivedMessage } from "./inbox/messages.ts";
import type { GivenFile } from "./input-files.ts";
import { escapeLine } from "../../functions/console/terminal.ts";
import { printMessage } from "./terminal.ts";
import type { LocalStack } from "./local-stack.ts";

/** Where results and remarks go. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Messages as JSON lines instead of text. */
  readonly json: boolean;
  /** Show how far it is; only where somebody watches. */
  readonly progress: boolean;
}

/**
 * Uploads the files one after the other, waits each time until all is delivered, prints what readers received and
 * what did not reach them, and returns the exit code: 0, or 1 when a snapshot went into quarantine or to the dead-letter queue.
 */
export async function runOnce(
  stack: LocalStack,
  files: readonly GivenFile[],
  output: Output,
): Promise<0 | 1> {
  const format = "{bar} {value}/{total} {state}";
  const bar = new SingleBar({
    format,
    hideCursor: true,
    clearOnComplete: true,
    // Else the terminal would cut long links off until the bar's end.
    linewrap: true,
    stream: process.stderr,
  });
  const told = new Set<string>();
  for (const [done, { name, label, path }] of files.entries()) {
    if (output.progress) bar.start(files.length, done, { state: label });
    const before = stack.messages().length;
    // Without a folder in its key a snapshot belongs to the feed that it names itself.
    await stack.uploader.putFile(`snapshots/${name}`, path);
    await untilIdle(stack, (state) => output.progress && bar.update({ state }));
    if (output.progress) bar.stop();
    const received = inReadingOrder(stack.messages().slice(before));
    for (const message of received) {
      output.out(output.json ? `${JSON.stringify(message)}\n` : `${printMessage(message)}\n`);
    }
    if (received.length === 0) output.err(`${label}: nothing was sent.\n`);
    for (const { id, key, code, reason } of await stack.troubles()) {
      if (!told.has(id)) output.err(`${escapeLine(`${key}: ${code}: ${reason}`)}\n`);
      told.add(id);
    }
  }
  return told.size === 0 ? 0 : 1;
}

/** The mail of an audience before its SMS, whichever came first. */
function inReadingOrder(messages: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
  const byAudience = Map.groupBy(messages, ({ audience }) => audience);
  return [...byAudience.values()].flatMap((group) =>
    group.toSorted((a, b) => a.channel.localeCompare(b.channel)),
  );
}

async function untilIdle(stack: LocalStack, show: (state: string) => void): Promise<void> {
  const timer = setInterval(() => {
    void showWaiting(stack, show);
  }, 500);
  try {
    await stack.idle({ timeoutSeconds: Infinity });
  } finally {
    clearInterval(timer);
  }
}

async function showWaiting(stack: LocalStack, show: (state: string) => void): Promise<void> {
  try {
    const isRunning = stack.processes.some(({ busy }) => busy);
    show(describeWaiting(isRunning ? [] : await stack.waiting(), Date.now()));
  } catch {
    // The stack was stopped in between: there is nothing left to show.
  }
}

/** What is waited for while no function runs; `now` in milliseconds of the epoch. */
export function describeWaiting(
  waiting: readonly Pick<QueuedMessage, "receives" | "visibleAt">[],
  now: number,
): string {
  const again = waiting.find(({ receives, visibleAt = 0 }) => receives > 0 && visibleAt > now);
  if (!again?.visibleAt) return "delivering";
  const seconds = Math.ceil((again.visibleAt - now) / 1000);
  return `handed back ${again.receives === 1 ? "once" : `${again.receives} times`}; next attempt within ${seconds} s`;
}
