import path from "node:path";
import { locate } from "../../functions/console/input.ts";
import { localDirectory } from "../../functions/console/live-stack.ts";
import { describeOutcome } from "../../functions/console/outcomes.ts";
import { escapeLine } from "../../functions/console/terminal.ts";
import { describeAddresses } from "./addresses.ts";
import type { Arguments } from "./arguments.ts";
import { watchConfiguration } from "./configuration-watch.ts";
import { openDrop } from "./drop.ts";
import { describeFaults } from "./faults.ts";
import { describeHeld } from "./held-messages.ts";
import { describeReturn } from "./lambda/batch-outcome.ts";
import type { FolderLock } from "./folder-lock.ts";
import { openPage } from "./open-page.ts";
import { choosePorts } from "./ports.ts";
import { watchProgress } from "./progress.ts";
import { uploadSamples } from "./samples.ts";
import { startLocalStack } from "./stack.ts";
import { openLog, removeLocalFile, writeLocalFile } from "./state-file.ts";
import { summariseMessage } from "./terminal.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const printError = (line: string) => void process.stderr.write(`${line}\n`);

/** `npm start`: runs the stack of this folder until a signal; resolves with the exit code. */
export async function runUntilStopped(
  args: Arguments,
  lock: FolderLock,
  stopped: Promise<number>,
): Promise<number> {
  const { functionEndpoint } = args;
  const state = args.state === undefined ? undefined : locate(args.state);
  const ports = await choosePorts(args.port, print);
  const { file: logFile, log } = await openLog();
  const closers: (() => unknown)[] = [() => log.end()];
  let isStopping = false;
  /** Suppressed during shutdown: an interrupted invocation is expected then. */
  const report = (line: string) => {
    if (!isStopping) print(line);
  };
  const stack = await startLocalStack({
    ...(functionEndpoint !== undefined && { functionEndpoint }),
    warm: true,
    onSynthesis: () =>
      print("Preparing the stack; this takes a few seconds when a source or setting has changed…"),
    onLog(line) {
      void log.write(`${line}\n`);
      for (const text of [describeOutcome(line), describeFaults(line), describeHeld(line)])
        if (text !== undefined) report(escapeLine(text));
    },
    ports,
    directory: localDirectory,
    ...(state !== undefined && { state }),
    onWarning: (line) => printError(escapeLine(line)),
    onMessage: (message) => report(summariseMessage(message)),
    onInvocation({ outcome }, batch) {
      if (batch && batch.failed > 0)
        report(`${describeReturn(outcome.kind, batch)}; see ${relativePath(logFile)}`);
    },
    onTrouble: ({ key, code, reason }) => printError(escapeLine(`${key}: ${code}: ${reason}`)),
  });
  closers.push(
    () => stack.stop(),
    () => removeLocalFile(),
  );
  try {
    await writeLocalFile(stack);
    lock.show(stack.inbox);
    print(describeAddresses(stack, relativePath(stack.drop)));
    if (args.open) openPage(stack.inbox);
    const drop = await openDrop(stack.drop, stack.uploader, report);
    closers.push(() => drop.close());
    const progress = watchProgress(stack, report);
    closers.push(() => progress.close());
    const settings = await watchConfiguration(stack, {
      print: report,
      printError,
      changed: () => writeLocalFile(stack),
    });
    closers.push(() => settings.close());
    if (args.samples && !stack.isRestored)
      await Promise.race([uploadSamples(stack.uploader, report), stopped]);
    await stopped;
    isStopping = true;
    print("\nStopping…");
    return 0;
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

/** The path relative to the working directory, if it is inside it. */
const relativePath = (file: string) => {
  const relative = path.relative("", file);
  return relative.startsWith("..") ? file : relative;
};
