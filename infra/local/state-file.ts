import type { WriteStream } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackNames } from "./local-stack.ts";

/** Everything that the local stack writes on disk and that outlives a moment. */
export const localDirectory = fileURLToPath(new URL("../../.feedbell", import.meta.url));

/** What `.feedbell/local.json` holds while a stack runs. */
export interface LocalFile extends StackNames {
  readonly pid: number;
}

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

const fileIn = (directory: string) => path.join(directory, "local.json");

/**
 * The stack that the file tells of, if its process lives and answers; a file left by a dead one
 * counts as none, and so does that of a stack which ends by itself.
 */
export async function findLiveStack(directory = localDirectory): Promise<LocalFile | undefined> {
  const text = await readFile(fileIn(directory), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const found = JSON.parse(text) as LocalFile;
    process.kill(found.pid, 0);
    const reply = await fetch(`${found.inbox}/api/hints`, { signal: AbortSignal.timeout(2000) });
    const { pid, passing } = (await reply.json()) as { pid?: number; passing?: boolean };
    return pid === found.pid && !passing ? found : undefined;
  } catch {
    return undefined;
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
  const half = `${fileIn(directory)}.${process.pid}`;
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(half, `${JSON.stringify(content, null, 2)}\n`);
    await rename(half, fileIn(directory));
  } catch (error) {
    throw new LocalDirectoryError(directory, error);
  }
}

/** Removes the file, unless another process has written it since. */
export async function removeLocalFile(directory = localDirectory): Promise<void> {
  const text = await readFile(fileIn(directory), "utf8").catch(() => "{}");
  const { pid } = JSON.parse(text) as Partial<LocalFile>;
  if (pid === process.pid) await rm(fileIn(directory), { force: true });
}
