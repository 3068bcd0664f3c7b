import type { WriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  localDirectory,
  stateFile,
  type LocalFile,
  type StackNames,
} from "../../functions/console/live-stack.ts";

/** The folder of the local stack can't be written; the message says what to do. */
export class LocalDirectoryError extends Error {
  constructor(directory: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    super(
      `The folder ${directory} can't be written (${code ?? message}), where the local stack keeps its drop folder and its log. Give it to the user who runs this, or run it in a copy of the project of your own.`,
      { cause },
    );
    this.name = "LocalDirectoryError";
  }
}

/** Opens the log of the function's processes anew; throws `LocalDirectoryError`. */
export async function openLog(directory = localDirectory): Promise<{ file: string; log: WriteStream }> {
  const file = path.join(directory, "functions.log");
  try {
    await mkdir(directory, { recursive: true });
    return { file, log: (await open(file, "w")).createWriteStream() };
  } catch (error) {
    throw new LocalDirectoryError(directory, error);
  }
}

/** Writes the file as a whole, so that nobody ever reads half of it; throws `LocalDirectoryError`. */
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
  const half = `${stateFile(directory)}.${process.pid}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(half, `${JSON.stringify(content, null, 2)}\n`);
    await rename(half, stateFile(directory));
  } catch (error) {
    throw new LocalDirectoryError(directory, error);
  }
}

/** Removes the file, unless another process has written it since. */
export async function removeLocalFile(directory = localDirectory): Promise<void> {
  const text = await readFile(stateFile(directory), "utf8").catch(() => "{}");
  const { pid } = JSON.parse(text) as Partial<LocalFile>;
  if (pid === process.pid) await rm(stateFile(directory), { force: true });
}
