import { glob, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { checkFiles, locate, standardInput } from "./input.ts";

/** A file that a path of the command line names. */
export interface FoundFile {
  /** Its name for output: as given, or its path from the given folder or pattern on. */
  readonly file: string;
  /** Its path within the given folder or the fixed part of a pattern, with `/`; for a file its name. */
  readonly name: string;
  /** Absolute path; `-` for standard input. */
  readonly path: string;
  /** `false` for standard input and pipes, which have no length and are read once. */
  readonly isRegular: boolean;
}

/** A path that can't be read. */
export interface UnreadablePath {
  readonly file: string;
  readonly error: unknown;
}

/** Characters of a pattern; a path that exists is never one. */
const pattern = /[*?[\]{}]/;

/**
 * The files of paths: a file, the files of a folder and its folders, those that match a pattern, `-` for standard input;
 * in the order of the paths, within one by name. Files and folders whose name starts with a dot are skipped in folders
 * and patterns, and links to folders are not followed. A folder or pattern without a file can't be read.
 *
 * @throws `UsageError` if standard input is given twice.
 */
export async function* findFiles(paths: readonly string[]): AsyncGenerator<FoundFile | UnreadablePath> {
  checkFiles(paths);
  for (const given of paths) {
    try {
      yield* filesOf(given);
    } catch (error) {
      yield { file: given, error };
    }
  }
}

/** Code of the error of a folder without files. */
export const emptyFolder = "EMPTY";

const errorOf = (code: string, message: string, file: string): Error =>
  Object.assign(new Error(message), { code, syscall: "read", path: file });

async function* filesOf(given: string): AsyncGenerator<FoundFile> {
  if (given === standardInput) {
    yield { file: given, name: "standard-input", path: standardInput, isRegular: false };
    return;
  }
  const absolute = locate(given);
  const found = await stat(absolute).catch((error: unknown) => {
    if (pattern.test(given)) return undefined;
    throw error;
  });
  if (!found) yield* orThrow(matches(given), errorOf("ENOENT", "no file matches", given));
  else if (found.isDirectory())
    yield* orThrow(within(given, ""), errorOf(emptyFolder, "a folder without files", given));
  else yield { file: given, name: path.basename(absolute), path: absolute, isRegular: found.isFile() };
}

async function* orThrow(files: AsyncIterable<FoundFile>, error: Error): AsyncGenerator<FoundFile> {
  let count = 0;
  for await (const file of files) {
    count++;
    yield file;
  }
  if (count === 0) throw error;
}

/** The files of a folder and its folders, in the order of their names. */
async function* within(root: string, below: string): AsyncGenerator<FoundFile> {
  const entries = await readdir(path.join(locate(root), below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const inside = path.join(below, entry.name);
    if (entry.isDirectory()) yield* within(root, inside);
    else yield* regular(root, inside);
  }
}

async function* matches(given: string): AsyncGenerator<FoundFile> {
  const parts = given.split("/");
  const from = parts.findIndex((part) => pattern.test(part));
  const root = parts.slice(0, from).join("/") || (given.startsWith("/") ? "/" : ".");
  const found: string[] = [];
  for await (const one of glob(parts.slice(from).join("/"), { cwd: locate(root) })) found.push(one);
  for (const inside of found.toSorted())
    if (!inside.split(path.sep).some((part) => part.startsWith("."))) yield* regular(root, inside);
}

/** The file at a path, or nothing for a folder, a socket or another thing that is not a file. */
async function* regular(root: string, inside: string): AsyncGenerator<FoundFile> {
  const absolute = path.join(locate(root), inside);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isFile())
    yield {
      file: path.join(root, inside),
      name: inside.split(path.sep).join("/"),
      path: absolute,
      isRegular: true,
    };
}
