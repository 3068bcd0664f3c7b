import path from "node:path";
import { SingleBar } from "cli-progress";
import type { ReceivedMessage } from "./inbox/messages.ts";
import { printMessage, safeText } from "./terminal.ts";
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
 * Uploads the files one after the other, waits each time until all is delivered, prints what readers received, and
 * returns the exit code: 0, or 1 when a snapshot went into quarantine or to the dead-letter queue.
 */
export async function runOnce(stack: LocalStack, files: readonly string[], output: Output): Promise<0 | 1> {
  const format = "{bar} {value}/{total} {state}";
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: process.stderr });
  if (output.progress) bar.start(files.length, 0, { state: "" });
  for (const file of files) {
    if (output.progress) bar.update({ state: path.basename(file) });
    const before = stack.messages().length;
    // Without a folder in its key a snapshot belongs to the feed that it names itself.
    await stack.uploader.putFile(`snapshots/${path.basename(file)}`, file);
    await untilIdle(stack, (state) => output.progress && bar.update({ state }));
    if (output.progress) bar.increment();
    const received = inReadingOrder(stack.messages().slice(before));
    for (const message of received) {
      output.out(output.json ? `${JSON.stringify(message)}\n` : `${printMessage(message)}\n`);
    }
    if (received.length === 0) output.err(`${safeText(path.basename(file))}: nothing was sent.\n`);
  }
  if (output.progress) bar.stop();
  const troubles = await stack.troubles();
  for (const { key, code, reason } of troubles) output.err(safeText(`${key}: ${code}: ${reason}`) + "\n");
  return troubles.length === 0 ? 0 : 1;
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
    show(describe(await stack.waiting()));
  } catch {
    // The stack was stopped in between: there is nothing left to show.
  }
}

function describe(waiting: Awaited<ReturnType<LocalStack["waiting"]>>): string {
  const again = waiting.find(
    ({ receives, visibleAt }) => receives > 1 || (visibleAt ?? 0) - Date.now() > 60_000,
  );
  if (!again) return "delivering";
  const seconds = Math.max(Math.ceil(((again.visibleAt ?? 0) - Date.now()) / 1000), 0);
  return `received ${again.receives} times; next attempt within ${seconds} s`;
}
