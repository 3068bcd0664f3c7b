import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { StackNames } from "./local-stack.ts";

/** Everything that the local stack writes on disk and that outlives a moment. */
export const localDirectory = fileURLToPath(new URL("../../.feedbell", import.meta.url));

/** What `.feedbell/local.json` holds while a stack runs. */
export interface LocalFile extends StackNames {
  readonly pid: number;
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

/** Writes the file as a whole, so that nobody ever reads half of it. */
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
  await mkdir(directory, { recursive: true });
  const half = `${fileIn(directory)}.${process.pid}`;
  await writeFile(half, `${JSON.stringify(content, null, 2)}\n`);
  await rename(half, fileIn(directory));
}

/** Removes the file, unless another process has written it since. */
export async function removeLocalFile(directory = localDirectory): Promise<void> {
  const text = await readFile(fileIn(directory), "utf8").catch(() => "{}");
  const { pid } = JSON.parse(text) as Partial<LocalFile>;
  if (pid === process.pid) await rm(fileIn(directory), { force: true });
}
