import { rm } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { CommanderError } from "commander";
import { parseArguments, type Arguments } from "./arguments.ts";
import { openDrop } from "./drop.ts";
import { describeFaults } from "./faults.ts";
import { openInputFiles, UnreadableError } from "./input-files.ts";
import { findLiveStack, localDirectory } from "../../functions/console/live-stack.ts";
import { LocalDirectoryError, openLog, removeLocalFile, writeLocalFile } from "./state-file.ts";
import { describeReturn } from "./lambda/batch-outcome.ts";
import { runOnce } from "./once.ts";
import { describeOutcome } from "../../functions/console/outcomes.ts";
import { choosePorts } from "./ports.ts";
import { uploadSamples } from "./samples.ts";
import { uploadHint, type LocalStack, type LocalStackOptions } from "./local-stack.ts";
import { startLocalStack } from "./stack.ts";
import { TemplateError } from "./template.ts";
import { makeTemporaryFolder } from "./temporary.ts";
import { escapeLine } from "../../functions/console/terminal.ts";
import { summariseMessage } from "./terminal.ts";

const print = (line: string) => void process.stdout.write(`${line}\n`);
const printError = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * Resolves with the exit code of the first termination signal; a second signal exits immediately. A closed output
 * pipe (`npm start | head`) counts as a signal too, so that the stack is always cleaned up.
 */
function waitForStop(): Promise<number> {
  return new Promise((resolve, reject) => {
    process.stdout.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EPIPE" ? resolve(141) : reject(error),
    );
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      let seen = false;
      process.on(signal, () => {
        if (seen) process.exit(code);
        seen = true;
        resolve(code);
      });
    }
  });
}

async function runOnceAndEnd(
  files: readonly string[],
  args: Arguments,
  stopped: Promise<number>,
): Promise<number> {
  const closers: (() => unknown)[] = [];
  try {
    const temporary = await makeTemporaryFolder();
    closers.push(() => rm(temporary, { recursive: true, force: true }));
    const input = await Promise.race([openInputFiles(files, temporary), stopped]);
    if (typeof input === "number") return input;
    const live = await findLiveStack();
    const options = { ...commonOptions(args, () => undefined), passing: true };
    const ports = args.port === undefined ? undefined : await choosePorts(args.port, printError, live);
    const stack = await startLocalStack({ ...options, ...(ports && { ports }) });
    closers.push(() => stack.stop());
    if (live === undefined) {
      closers.push(() => removeLocalFile());
      await publishState(stack);
    }
    const output = {
      out: (text: string) => void process.stdout.write(text),
      err: (text: string) => void process.stderr.write(text),
      json: args.json === true,
      progress: process.stderr.isTTY,
    };
    // Writing to a closed pipe fails on a later tick, and `stopped` then has the exit code.
    const finished = runOnce(stack, input, output).then((code) => setImmediate(code));
    return await Promise.race([stopped, finished]);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

/** Writes the state file. A stack that stops by itself also runs where the file can't be written. */
async function publishState(stack: LocalStack): Promise<void> {
  try {
    await writeLocalFile(stack);
  } catch (error) {
    if (!(error instanceof LocalDirectoryError)) throw error;
    printError(`${error.message} Other programs won't find this stack.`);
  }
}

async function run(args: Arguments, stopped: Promise<number>): Promise<number> {
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
    ...commonOptions(args, (line) => {
      void log.write(`${line}\n`);
      for (const text of [describeOutcome(line), describeFaults(line)])
        if (text !== undefined) report(escapeLine(text));
    }),
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

const commonOptions = (args: Arguments, onLog: (line: string) => void): LocalStackOptions => ({
  onLog,
  ...(args.functionEndpoint !== undefined && { functionEndpoint: args.functionEndpoint }),
});

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

/** Errors whose message is enough; any other is printed with its stack trace. */
const expectedErrors = [TemplateError, UnreadableError, LocalDirectoryError];

async function main(): Promise<number> {
  const stopped = waitForStop();
  try {
    const args = parseArguments(process.argv.slice(2));
    return await (args.once ? runOnceAndEnd(args.once, args, stopped) : run(args, stopped));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Error)) throw error;
    const usage = ["PortTakenError", "ConfigurationError", "UsageError"].includes(error.name);
    const known = usage || expectedErrors.some((kind) => error instanceof kind);
    printError(known ? error.message : (error.stack ?? error.message));
    return usage ? 2 : 1;
  }
}

process.exitCode = await main();
// Open handles, such as a client's broken connection, must not keep the process alive.
process.exit();
