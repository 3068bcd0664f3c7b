import { createWriteStream } from "node:fs";
import { glob, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { prefixes } from "../../aws/environment.ts";
import { checkFiles, locate, readChunks, standardInput } from "../../console/input.ts";
import { UsageError } from "../../console/usage-error.ts";

/** A file and the key that it is uploaded to. */
export interface SnapshotFile {
  /** Its name for output. */
  readonly file: string;
  /** Absolute path of a regular file. */
  readonly path: string;
  readonly key: string;
}

/** A path that can't be read. */
export interface UnreadablePath {
  readonly file: string;
  readonly error: unknown;
}

export interface FoundFiles {
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

/** Characters of a pattern; a path that exists is never one. */
const pattern = /[*?[\]{}]/;

/**
 * The files of the paths with their keys: a file under its own name, the files of a folder under their path within it,
 * those of a pattern under their path within its fixed part. Files and folders whose name starts with a dot are skipped in folders
 * and patterns.
 *
 * @throws `UsageError` for a feed or name that can't be part of a key, and for two files with one key.
 */
export async function findSnapshotFiles(paths: readonly string[], place: Place): Promise<FoundFiles> {
  const { feed, name } = place;
  checkFiles(paths);
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
  for (const [index, given] of paths.entries()) {
    try {
      for await (const one of filesOf(given, { ...place, copy: path.join(place.temporary, String(index)) })) {
        const key = keyOf(feed, one.name);
        const file = { file: one.file, path: one.path, key };
        const other = files.get(key);
        if (other && other.path !== file.path)
          throw new UsageError(
            `${other.file} and ${file.file} have the same key ${key}; upload them one by one.`,
          );
        files.set(key, file);
      }
    } catch (error) {
      if (error instanceof UsageError) throw error;
      unreadable.push({ file: given, error });
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

interface Found {
  readonly file: string;
  readonly path: string;
  /** Its key after the feed's folder. */
  readonly name: string;
}

async function* filesOf(
  given: string,
  { name, copy }: { readonly name?: string; readonly copy: string },
): AsyncGenerator<Found> {
  if (given === standardInput) {
    yield* copied(given, name ?? "standard-input", copy);
    return;
  }
  const found = await stat(locate(given)).catch((error: unknown) => {
    if (pattern.test(given)) return undefined;
    throw error;
  });
  if (!found) yield* matches(given);
  else if (found.isDirectory()) yield* within(given, "");
  else if (found.isFile()) yield { file: given, path: locate(given), name: path.basename(locate(given)) };
  else yield* copied(given, path.basename(given), copy);
}

async function* copied(file: string, name: string, copy: string): AsyncGenerator<Found> {
  await pipeline(readChunks(file), createWriteStream(copy));
  yield { file, path: copy, name };
}

/** The files of a folder and its folders, in the order of their names; links to folders are not followed. */
async function* within(root: string, below: string): AsyncGenerator<Found> {
  const entries = await readdir(path.join(locate(root), below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const inside = path.join(below, entry.name);
    if (entry.isDirectory()) yield* within(root, inside);
    else yield* regular(root, inside);
  }
}

async function* matches(given: string): AsyncGenerator<Found> {
  const parts = given.split("/");
  const from = parts.findIndex((part) => pattern.test(part));
  const root = parts.slice(0, from).join("/") || (given.startsWith("/") ? "/" : ".");
  const found: string[] = [];
  for await (const one of glob(parts.slice(from).join("/"), { cwd: locate(root) })) found.push(one);
  let count = 0;
  for (const inside of found.toSorted()) {
    if (inside.split(path.sep).some((part) => part.startsWith("."))) continue;
    for await (const one of regular(root, inside)) {
      count++;
      yield one;
    }
  }
  if (count === 0)
    throw Object.assign(new Error("no file matches"), { code: "ENOENT", syscall: "glob", path: given });
}

/** The file at a path, or nothing for a folder, a socket or another thing that is not a file. */
async function* regular(root: string, inside: string): AsyncGenerator<Found> {
  const absolute = path.join(locate(root), inside);
  const file = path.join(root, inside);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isFile()) yield { file, path: absolute, name: inside.split(path.sep).join("/") };
}
