import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { KeptBucket } from "./emulators/s3/kept-objects.ts";
import type { KeptTopic } from "./emulators/sns/kept-topics.ts";
import type { KeptQueue } from "./emulators/sqs/kept-queues.ts";
import type { KeptMessages } from "./inbox/messages.ts";
import type { KeptSnapshots } from "./snapshot-states.ts";

/** What a local stack keeps between starts. Bodies of objects and the tables are files of their own in the folder. */
export interface KeptState {
  readonly buckets: readonly KeptBucket[];
  readonly queues: readonly KeptQueue[];
  readonly topics: readonly KeptTopic[];
  readonly messages: KeptMessages;
  readonly snapshots: KeptSnapshots;
}

/** The folder has a state that can't be used; the message says why and what to do. */
export class StateFolderError extends Error {
  override readonly name = "StateFolderError";
}

/** A folder with the state of a stack. */
export interface StateFolder {
  /** The state of the last stack; `undefined` if the folder is new. */
  readonly last: KeptState | undefined;
  /** Time of the last save, ISO 8601, if the last stack was killed: what it did after that may be lost or repeated. */
  readonly lostSince: string | undefined;
  /**
   * Saves the state from now on: every two seconds if `activity` has changed, and when the returned function is called,
   * which marks the state as complete.
   */
  keep(source: { readonly state: () => KeptState; readonly activity: () => number }): () => void;
}

/** Milliseconds between two saves. */
const saveEvery = 2_000;

/** A save takes at most this part of the time. */
const maxShare = 0.05;

const version = 1;

/**
 * Opens a folder, which is made if it does not exist. Each save replaces the last one atomically.
 *
 * @throws `StateFolderError`
 */
export function openStateFolder(folder: string): StateFolder {
  const file = path.join(folder, "state.json");
  const marker = path.join(folder, "running");
  const { savedAt, ...last } = read(file) ?? {};
  const wasKilled = existsSync(marker);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(marker, `${process.pid}\n`);
  } catch (error) {
    throw new StateFolderError(
      `Cannot write to ${folder} (${String((error as NodeJS.ErrnoException).code)}). Choose another folder with --state.`,
      { cause: error },
    );
  }
  return {
    last: savedAt === undefined ? undefined : (last as KeptState),
    lostSince: wasKilled ? (savedAt ?? "its start") : undefined,
    keep({ state, activity }) {
      let saved = activity();
      let waitUntil = 0;
      function save(): void {
        const started = performance.now();
        saved = activity();
        const content = { version, savedAt: new Date().toISOString(), ...state() };
        writeFileSync(`${file}.new`, JSON.stringify(content));
        renameSync(`${file}.new`, file);
        const now = performance.now();
        waitUntil = now + (now - started) / maxShare;
      }
      const timer = setInterval(() => {
        if (activity() !== saved && performance.now() >= waitUntil) save();
      }, saveEvery);
      return () => {
        clearInterval(timer);
        save();
        rmSync(marker, { force: true });
      };
    },
  };
}

type SavedState = Partial<KeptState> & { readonly version: number; readonly savedAt: string };

function read(file: string): SavedState | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const found = JSON.parse(readFileSync(file, "utf8")) as SavedState;
    if (found.version === version) return found;
  } catch (error) {
    throw new StateFolderError(`${file} can't be read: ${String(error)}. Remove its folder to start anew.`, {
      cause: error,
    });
  }
  throw new StateFolderError(`${file} is from another version of feedbell. Remove its folder to start anew.`);
}
