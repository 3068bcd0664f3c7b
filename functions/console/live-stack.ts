import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of the local stack's files: state, drop folder, log, and the outputs of a deployment. */
export const localDirectory = fileURLToPath(new URL("../../.feedbell", import.meta.url));

/** Names and addresses of a running local stack. */
export interface StackNames {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** ARNs by audience. */
  readonly topics: Readonly<Record<string, string>>;
  /** URLs. */
  readonly queues: {
    readonly intake: string;
    readonly deadLetter: string;
    readonly outbox: string;
    readonly outboxDeadLetter: string;
    readonly slots: string;
  };
  readonly table: string;
  readonly inbox: string;
  readonly drop: string;
}

/** Content of `.feedbell/local.json` while a stack runs. */
export interface LocalFile extends StackNames {
  readonly pid: number;
}

export const stateFile = (directory: string): string => path.join(directory, "local.json");

/**
 * The running local stack: its process exists and its inbox answers. `undefined` if the file is absent or was left by
 * a dead process, and for a stack that ends by itself (`npm start -- --once`).
 */
export async function findLiveStack(directory = localDirectory): Promise<LocalFile | undefined> {
  const text = await readFile(stateFile(directory), "utf8").catch(() => undefined);
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
