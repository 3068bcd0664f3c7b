import type { QueuedMessage } from "./emulators/queues.ts";
import type { ReceivedMessage } from "./inbox/messages.ts";
import type { InputFile } from "./input-files.ts";
import { feedRemark } from "../../functions/console/feed-remark.ts";
import { escapeLine } from "../../functions/console/terminal.ts";
import { printMessage } from "./terminal.ts";
import type { LocalStack } from "./local-stack.ts";
import type { SnapshotEnds } from "./snapshot-ends.ts";

/** Where results and diagnostics go. */
interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Messages as JSON lines instead of text. */
  readonly json: boolean;
  /** Show a progress bar; only on a terminal. */
  readonly progress: boolean;
  /** Says what became of a file of which nothing was sent, or not everything. */
  readonly ends: Pick<SnapshotEnds, "take">;
}

/**
 * Uploads the files in turn, waits until each is delivered, and prints received messages and failures.
 *
 * @returns the exit code: 0, or 1 if a snapshot was quarantined or dead-lettered.
 */
export async function runOnce(
  stack: LocalStack,
  files: readonly InputFile[],
  output: Output,
): Promise<0 | 1> {
  const { SingleBar } = await import("cli-progress");
  const format = "{bar} {value}/{total} {state}";
  const bar = new SingleBar({
    format,
    hideCursor: true,
    // Shows the cursor again after Ctrl-C.
    gracefulExit: true,
    clearOnComplete: true,
    // Otherwise cli-progress disables line wrapping while the bar is shown, and long links are cut off.
    linewrap: true,
    stream: process.stderr,
  });
  const reported = new Set<string>();
  for (const [done, { name, label, path }] of files.entries()) {
    if (output.progress) bar.start(files.length, done, { state: label });
    const before = stack.messages().length;
    // A key without a folder: the snapshot itself names its feed.
    const snapshot = `snapshots/${name}`;
    await stack.uploader.putFile(snapshot, path);
    await untilIdle(stack, (state) => output.progress && bar.update({ state }));
    if (output.progress) bar.stop();
    const received = sortForReading(stack.messages().slice(before), Object.keys(stack.topics));
    for (const message of received) {
      output.out(output.json ? `${JSON.stringify(message)}\n` : `${printMessage(message)}\n`);
    }
    const end = await output.ends.take(snapshot);
    const became = end?.words ?? "";
    if (received.length === 0)
      output.err(`${label}: nothing was sent${became === "" ? "." : `: ${escapeLine(became)}`}\n`);
    else if (end?.isWaiting === true) output.err(`${label}: ${escapeLine(became)}\n`);
    const remark = feedRemark({ file: label, key: snapshot, feed: end?.feed }, stack.configuration);
    if (remark !== undefined) output.err(remark);
    for (const { id, key, code, reason } of await stack.troubles()) {
      if (!reported.has(id)) output.err(`${escapeLine(`${key}: ${code}: ${reason}`)}\n`);
      reported.add(id);
    }
  }
  return reported.size === 0 ? 0 : 1;
}

/** Sorts messages by audience, in the order of the topics, and mails before SMS. */
function sortForReading(
  messages: readonly ReceivedMessage[],
  audiences: readonly string[],
): readonly ReceivedMessage[] {
  const rank = ({ audience }: ReceivedMessage) => audiences.indexOf(audience);
  return messages.toSorted((a, b) => rank(a) - rank(b) || a.channel.localeCompare(b.channel));
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
    // The stack was stopped in the meantime.
  }
}

/** Describes what the stack is waiting for while no function runs. `now` is in milliseconds since the epoch. */
export function describeWaiting(
  waiting: readonly Pick<QueuedMessage, "receives" | "visibleAt">[],
  now: number,
): string {
  const retried = waiting.find(({ receives, visibleAt = 0 }) => receives > 0 && visibleAt > now);
  if (!retried?.visibleAt) return "delivering";
  const seconds = Math.ceil((retried.visibleAt - now) / 1000);
  return `attempt ${retried.receives} failed; will retry within ${seconds} s`;
}
