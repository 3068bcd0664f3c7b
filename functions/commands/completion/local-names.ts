import { readFile } from "node:fs/promises";
import path from "node:path";
import { stateFile, type LocalFile } from "../../console/live-stack.ts";

/** Where names are looked for. */
export interface LocalPlace {
  /** Folder of the local stack's files and of the outputs of a deployment. */
  readonly directory: string;
  /** Milliseconds for an answer of the local stack. */
  readonly patience: number;
}

/** Keys that no shell reads as more than one word or as a command. */
const isPlain = (key: string): boolean => /^[\p{L}\p{N}._~/-]+$/u.test(key);

/** Names of the stacks of feedbell that were deployed from this folder, as `cdk deploy --outputs-file` wrote them. */
export async function deployedStacks({ directory }: LocalPlace): Promise<readonly string[]> {
  const outputs = await readJson<Readonly<Record<string, { readonly BucketName?: string }>>>(
    path.join(directory, "outputs.json"),
  );
  return Object.entries(outputs ?? {}).flatMap(([name, { BucketName }]) => (BucketName ? [name] : []));
}

/** Names of the audiences of the local stack that has written its addresses; none if there is no such file. */
export async function localAudiences({ directory }: LocalPlace): Promise<readonly string[]> {
  return Object.keys((await readJson<LocalFile>(stateFile(directory)))?.topics ?? {});
}

/** Slugs of the feeds whose snapshots the running local stack has. */
export async function localFeeds(place: LocalPlace): Promise<readonly string[]> {
  const snapshots = await ask<readonly { readonly feed?: string }[]>(place, "snapshots");
  return [...new Set((snapshots ?? []).flatMap(({ feed }) => (feed === undefined ? [] : [feed])))];
}

/** What is in quarantine in the running local stack: its key and code, newest last. */
export async function localQuarantine(
  place: LocalPlace,
): Promise<readonly { readonly key: string; readonly code: string }[]> {
  const troubles = await ask<readonly { readonly key: string; readonly code: string }[]>(place, "troubles");
  return (troubles ?? []).filter(({ key }) => key.startsWith("quarantine/") && isPlain(key));
}

/** What the page of the running local stack answers; `undefined` without one, or where it takes too long. */
async function ask<T>(
  { directory, patience }: LocalPlace,
  list: "snapshots" | "troubles",
): Promise<T | undefined> {
  const local = await readJson<LocalFile>(stateFile(directory));
  if (local === undefined) return undefined;
  try {
    const reply = await fetch(`${local.inbox}/api/${list}`, { signal: AbortSignal.timeout(patience) });
    return reply.ok ? ((await reply.json()) as T) : undefined;
  } catch {
    return undefined;
  }
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}
