import { createWriteStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { prefixes } from "../../aws/environment.ts";
import { emptyFolder, findFiles, type FoundFile, type UnreadablePath } from "../../console/find-files.ts";
import { readChunks, standardInput } from "../../console/input.ts";
import { UsageError } from "../../console/usage-error.ts";

/** A file and the key that it is uploaded to. */
export interface SnapshotFile {
  /** Its name for output. */
  readonly file: string;
  /** Absolute path of a regular file. */
  readonly path: string;
  readonly key: string;
}

export interface SnapshotFiles {
  readonly files: readonly SnapshotFile[];
  readonly unreadable: readonly UnreadablePath[];
}

interface Place {
  /** Name of the feed: the folder under `snapshots/`. */
  readonly feed: string;
  /** File name of standard input. */
  readonly name?: string;
  /** Folder for copies of what has no length: standard input and pipes. */
  readonly temporary: string;
}

/** Bytes of UTF-8 (Amazon S3 User Guide, 'Naming Amazon S3 objects'). */
const maxKeyBytes = 1024;

/**
 * The files of the paths with their keys: a file under its own name, the files of a folder under their path within it,
 * those of a pattern under their path within its fixed part. An empty folder has no files.
 *
 * @throws `UsageError` for a feed or name that can't be part of a key, and for two files with one key.
 */
export async function findSnapshotFiles(paths: readonly string[], place: Place): Promise<SnapshotFiles> {
  const { feed, name, temporary } = place;
  if (feed.includes("/") || !isPartOfKey(feed) || keyBytes(keyOf(feed, "x")) > maxKeyBytes)
    throw new UsageError(
      `${JSON.stringify(feed)} can't be the name of a feed; give a name without "/" whose keys have at most ${maxKeyBytes} bytes.`,
    );
  if (name !== undefined && !paths.includes(standardInput))
    throw new UsageError("--name is the file name of standard input; give - as a path as well.");
  if (name !== undefined && !name.split("/").every(isPartOfKey))
    throw new UsageError(
      `${JSON.stringify(name)} can't be a file name; expected a name such as 2026-11-26.xml.`,
    );

  const files = new Map<string, SnapshotFile>();
  const unreadable: UnreadablePath[] = [];
  for await (const found of findFiles(paths)) {
    if ("error" in found) {
      if ((found.error as NodeJS.ErrnoException).code !== emptyFolder) unreadable.push(found);
      continue;
    }
    const isNamed = found.path === standardInput && name !== undefined;
    const key = keyOf(feed, isNamed ? name : found.name);
    try {
      const at = found.isRegular ? found.path : await copyOf(found, path.join(temporary, String(files.size)));
      const other = files.get(key);
      if (other && other.path !== at)
        throw new UsageError(
          `${other.file} and ${found.file} have the same key ${key}; upload them one by one.`,
        );
      files.set(key, { file: found.file, path: at, key });
    } catch (error) {
      if (error instanceof UsageError) throw error;
      unreadable.push({ file: found.file, error });
    }
  }
  return { files: [...files.values()], unreadable };
}

/** The key of a file is too long for S3. */
export const isTooLong = ({ key }: SnapshotFile): boolean => keyBytes(key) > maxKeyBytes;

const keyOf = (feed: string, name: string): string => `${prefixes.snapshots}${feed}/${name}`;

const keyBytes = (key: string): number => Buffer.byteLength(key);

/** A URL normalises parts that consist of dots, so that they would name another key. */
const isPartOfKey = (part: string): boolean => part !== "" && part !== "." && part !== "..";

async function copyOf({ path: source }: FoundFile, copy: string): Promise<string> {
  await pipeline(readChunks(source), createWriteStream(copy));
  return copy;
}
