import { rm } from "node:fs/promises";
import path from "node:path";
import { CommanderError } from "commander";
import { parseArguments, type Arguments } from "./arguments.ts";
import { openDrop } from "./drop.ts";
import { describeFaults } from "./faults.ts";
import { takeFiles, UnreadableError } from "./input-files.ts";
import { findLiveStack, localDirectory } from "../../functions/console/live-stack.ts";
import { LocalDirectoryError, openLog, removeLocalFile, writeLocalFile } from "./state-file.ts";
import { describeReturn } from "./lambda/batch-outcome.ts";
import { runOnce } from "./once.ts";
import { choosePorts } from "./ports.ts";
import { uploadSamples } from "./samples.ts";
import { uploadHint, type LocalStack, type LocalStackOptions } from "./local-stack.ts";
import { startLocalStack } from "./stack.ts";
import { TemplateError } from "./template.ts";
import { makeTemporary } from "./temporary.ts";
import { escapeLine } from "../../functions/console/terminal.ts";
import { summariseMessage } from "./terminal.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

/**
 * Resolves with the exit code that the first signal to stop stands for; a second one ends at once. A reader of the
 * output who has seen enough (`npm start | head`) counts as one: otherwise the stack would stay, or end untidied.
 */
function untilStopped(): Promise<number> {
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
    const temporary = await makeTemporary();
    closers.push(() => rm(temporary, { recursive: true, force: true }));
    const given = await Promise.race([takeFiles(files, temporary), stopped]);
    if (typeof given === "number") return given;
    const live = await findLiveStack();
    const options = { ...commonOptions(args, () => undefined), passing: true };
    const ports = args.port === undefined ? undefined : await choosePorts(args.port, complain, live);
    const stack = await startLocalStack({ ...options, ...(ports && { ports }) });
    closers.push(() => stack.stop());
    if (live === undefined) {
      closers.push(() => removeLocalFile());
      await tellOthers(stack);
    }
    const output = {
      out: (text: string) => void process.stdout.write(text),
      err: (text: string) => void process.stderr.write(text),
      json: args.json === true,
      progress: process.stderr.isTTY,
    };
    return await Promise.race([runOnce(stack, given, output), stopped]);
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

/** A folder that can't be written is no obstacle to a stack that ends by itself. */
async function tellOthers(stack: LocalStack): Promise<void> {
  try {
    await writeLocalFile(stack);
  } catch (error) {
    if (!(error instanceof LocalDirectoryError)) throw error;
    complain(`${error.message} Other programs won't find this stack.`);
  }
}

async function run(args: Arguments, stopped: Promise<number>): Promise<number> {
  const live = await findLiveStack();
  const asked = args.port === undefined ? undefined : await choosePorts(args.port, say, live);
  if (live) {
    complain(
      `A local stack runs already (process ${live.pid}): its inbox is at ${live.inbox}. Stop it first.`,
    );
    return 1;
  }
  const ports = asked ?? (await choosePorts(undefined, say));
  const { file: logFile, log } = await openLog();
  const closers: (() => unknown)[] = [() => log.end()];
  let isStopping = false;
  /** What is cut short by the end is no news. */
  const tell = (line: string) => {
    if (!isStopping) say(line);
  };
  const stack = await startLocalStack({
    ...commonOptions(args, (line) => {
      void log.write(`${line}\n`);
      const faults = describeFaults(line);
      if (faults !== undefined) tell(escapeLine(faults));
    }),
    ports,
    directory: localDirectory,
    onMessage: (message) => tell(summariseMessage(message)),
    onInvocation({ outcome }, batch) {
      if (batch.failed > 0) tell(`${describeReturn(outcome.kind, batch)}; see ${nearby(logFile)}`);
    },
    onTrouble: ({ key, code, reason }) => complain(escapeLine(`${key}: ${code}: ${reason}`)),
  });
  closers.push(
    () => stack.stop(),
    () => removeLocalFile(),
  );
  try {
    await writeLocalFile(stack);
    introduce(stack);
    const drop = await openDrop(stack.drop, stack.uploader, tell);
    closers.push(() => drop.close());
    if (args.samples) await Promise.race([uploadSamples(stack.uploader, tell), stopped]);
    await stopped;
    isStopping = true;
    say("\nStopping…");
    return 0;
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}

const commonOptions = (args: Arguments, onLog: (line: string) => void): LocalStackOptions => ({
  onLog,
  ...(args.functionEndpoint !== undefined && { functionEndpoint: args.functionEndpoint }),
});

/** The path as somebody in this folder would type it. */
const nearby = (file: string) => {
  const relative = path.relative("", file);
  return relative.startsWith("..") ? file : relative;
};

function introduce(stack: LocalStack): void {
  say(`
  feedbell is up. Ctrl-C ends it.

  Inbox     ${stack.inbox}
  Drop      ${nearby(stack.drop)}/<feed>/
  AWS       AWS_ENDPOINT_URL=${stack.endpoint} AWS_REGION=${stack.region} (any credentials)
  Bucket    ${stack.bucket}
  Upload    ${uploadHint(stack)}
`);
}

/** What can go wrong without a fault of the program. */
const expectedErrors = [TemplateError, UnreadableError, LocalDirectoryError];

async function main(): Promise<number> {
  const stopped = untilStopped();
  try {
    const args = parseArguments(process.argv.slice(2));
    return await (args.once ? runOnceAndEnd(args.once, args, stopped) : run(args, stopped));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Error)) throw error;
    const usage = ["PortTakenError", "ConfigurationError", "UsageError"].includes(error.name);
    const known = usage || expectedErrors.some((kind) => error instanceof kind);
    complain(known ? error.message : (error.stack ?? error.message));
    return usage ? 2 : 1;
  }
}

process.exitCode = await main();
// Whatever still hangs on the event loop, such as a broken connection of somebody else's, must not keep the process.
process.exit();
