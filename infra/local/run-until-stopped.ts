import path from "node:path";
import { findLiveStack, localDirectory } from "../../functions/console/live-stack.ts";
import { describeOutcome } from "../../functions/console/outcomes.ts";
import { escapeLine } from "../../functions/console/terminal.ts";
import type { Arguments } from "./arguments.ts";
import { openDrop } from "./drop.ts";
import { describeFaults } from "./faults.ts";
import { describeReturn } from "./lambda/batch-outcome.ts";
import { uploadHint, type LocalStack } from "./local-stack.ts";
import { choosePorts } from "./ports.ts";
import { uploadSamples } from "./samples.ts";
import { startLocalStack } from "./stack.ts";
import { openLog, removeLocalFile, writeLocalFile } from "./state-file.ts";
import { summariseMessage } from "./terminal.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const printError = (line: string) => void process.stderr.write(`${line}\n`);

/** `npm start`: runs the stack of this folder until a signal; resolves with the exit code. */
export async function runUntilStopped(args: Arguments, stopped: Promise<number>): Promise<number> {
  const { functionEndpoint } = args;
  const live = await findLiveStack();
  const requested = args.port === undefined ? undefined : await choosePorts(args.port, print, live);
  if (live) {
    printError(
      `A local stack is already running (process ${live.pid}); its inbox is at ${live.inbox}. Stop it first.`,
    );
    return 1;
  }
  const ports = requested ?? (await choosePorts(undefined, print));
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
      for (const text of [describeOutcome(line), describeFaults(line)])
        if (text !== undefined) report(escapeLine(text));
    },
    ports,
    directory: localDirectory,
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
    printAddresses(stack);
    const drop = await openDrop(stack.drop, stack.uploader, report);
    closers.push(() => drop.close());
    if (args.samples) await Promise.race([uploadSamples(stack.uploader, report), stopped]);
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

function printAddresses(stack: LocalStack): void {
  print(`
  feedbell is running. Press Ctrl-C to stop.

  Inbox     ${stack.inbox}
  Drop      ${relativePath(stack.drop)}/<feed>/
  AWS       AWS_ENDPOINT_URL=${stack.endpoint} AWS_REGION=${stack.region} (any credentials)
  Bucket    ${stack.bucket}
  Upload    ${uploadHint(stack)}
`);
}
