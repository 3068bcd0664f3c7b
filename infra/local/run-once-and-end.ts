import { rm } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { findLiveStack } from "../../functions/console/live-stack.ts";
import type { Arguments } from "./arguments.ts";
import { openInputFiles } from "./input-files.ts";
import type { LocalStack } from "./local-stack.ts";
import { runOnce } from "./once.ts";
import { choosePorts } from "./ports.ts";
import { rememberEnds } from "./snapshot-ends.ts";
import { startLocalStack } from "./stack.ts";
import { LocalDirectoryError, removeLocalFile, writeLocalFile } from "./state-file.ts";
import { makeTemporaryFolder } from "./temporary.ts";

const printError = (line: string) => void process.stderr.write(`${line}\n`);

/** `npm start -- --once`: delivers the files on a stack of its own, prints the messages and resolves with the exit code. */
export async function runOnceAndEnd(
  files: readonly string[],
  args: Arguments,
  stopped: Promise<number>,
): Promise<number> {
  const { functionEndpoint } = args;
  const closers: (() => unknown)[] = [];
  try {
    const temporary = await makeTemporaryFolder();
    closers.push(() => rm(temporary, { recursive: true, force: true }));
    const input = await Promise.race([
      openInputFiles(files, { temporary, ...(args.feed !== undefined && { feed: args.feed }) }),
      stopped,
    ]);
    if (typeof input === "number") return input;
    const live = await findLiveStack();
    const ends = rememberEnds();
    const options = {
      ...(functionEndpoint !== undefined && { functionEndpoint }),
      passing: true,
      warm: true,
      unpaced: true,
      onLog: ends.note,
    };
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
      ends,
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
