import type { WriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  localDirectory,
  stateFile,
  type LocalFile,
  type StackNames,
} from "../../functions/console/live-stack.ts";

/** The folder of the local stack is not writable; the message says what to do. */
export class LocalDirectoryError extends Error {
  constructor(directory: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(
      `Cannot write to ${directory} (${code ?? message}). The local stack keeps its drop folder and log there. Change the folder's owner, or run a copy of the project that you own.`,
      { cause },
    );
    this.name = "LocalDirectoryError";
  }
}

/**
 * Truncates and opens the log of the function's processes.
 *
 * @throws `LocalDirectoryError`
 */
export async function openLog(directory = localDirectory): Promise<{ file: string; log: WriteStream }> {
  const file = path.join(directory, "functions.log");
  try {
    await mkdir(directory, { recursive: true });
    return { file, log: (await open(file, "w")).createWriteStream() };
  } catch (error) {
    throw new LocalDirectoryError(directory, error);
  }
}

/**
 * Writes the state file atomically.
 *
 * @throws `LocalDirectoryError`
 */
export async function writeLocalFile(names: StackNames, directory = localDirectory): Promise<void> {
  const { endpoint, region, bucket, topics, queues, table, inbox, drop } = names;
  const content: LocalFile = {
    endpoint,
    region,
    bucket,
    topics,
    queues,
    table,
    inbox,
    drop,
    pid: process.pid,
  };
  const partial = `${stateFile(directory)}.${process.pid}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(partial, `${JSON.stringify(content, null, 2)}\n`);
    await rename(partial, stateFile(directory));
  } catch (error) {
    throw new LocalDirectoryError(directory, error);
  }
}

/** Removes the state file, unless another process has replaced it. */
export async function removeLocalFile(directory = localDirectory): Promise<void> {
  const text = await readFile(stateFile(directory), "utf8").catch(() => "{}");
  const { pid } = JSON.parse(text) as Partial<LocalFile>;
  if (pid === process.pid) await rm(stateFile(directory), { force: true });
}
