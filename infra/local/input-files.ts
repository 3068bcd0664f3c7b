import { constants, createWriteStream } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { emptyFolder, findFiles, type FoundFile } from "../../functions/console/find-files.ts";
import { readChunks } from "../../functions/console/input.ts";
import { escapeLine } from "../../functions/console/terminal.ts";

/** A readable file from the command line. */
export interface InputFile {
  /** Its key in the bucket below `snapshots/`: without a folder the snapshot itself names its feed. */
  readonly name: string;
  /** Its name in messages: the file name, or the path if two files have the same name. */
  readonly label: string;
  readonly path: string;
}

/** One or more files can't be read; the message has a line for each. */
export class UnreadableError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "UnreadableError";
  }
}

/**
 * Resolves the paths of a command line, which may be folders and patterns, against the folder where it was typed. An
 * upload needs a length, so standard input and pipes are copied to `temporary` first. The files of a feed keep their
 * folders.
 *
 * @throws `UnreadableError` before any file is read, if one of them is unreadable.
 * @throws `UsageError` if standard input is given twice.
 */
export async function openInputFiles(
  paths: readonly string[],
  { temporary, feed }: { readonly temporary: string; readonly feed?: string },
): Promise<readonly InputFile[]> {
  const files: FoundFile[] = [];
  const problems: string[] = [];
  for await (const found of findFiles(paths)) {
    if ("error" in found) problems.push(describe(found.file, found.error));
    else {
      const problem = found.isRegular ? await lockedProblem(found) : undefined;
      if (problem !== undefined) problems.push(problem);
      files.push(found);
    }
  }
  if (problems.length > 0) throw new UnreadableError(problems);
  const names = files.map(({ name }) => (feed === undefined ? path.posix.basename(name) : name));
  const input: InputFile[] = [];
  for (const [index, found] of files.entries()) {
    const { file } = found;
    const base = names[index] ?? "";
    const isAmbiguous = files.some((other, i) => names[i] === base && other.file !== file);
    const label = escapeLine(isAmbiguous ? file : base);
    const name = feed === undefined ? base : `${feed}/${base}`;
    if (found.isRegular) {
      input.push({ name, label, path: found.path });
      continue;
    }
    const copy = path.join(temporary, String(index));
    await pipeline(readChunks(found.path), createWriteStream(copy)).catch((error: unknown) => {
      throw new UnreadableError([describe(file, error)]);
    });
    input.push({ name, label, path: copy });
  }
  return input;
}

async function lockedProblem({ file, path: absolute }: FoundFile): Promise<string | undefined> {
  try {
    await access(absolute, constants.R_OK);
    return undefined;
  } catch (error) {
    return describe(file, error);
  }
}

const unreadable = (file: string, why: string): string => escapeLine(`cannot read ${file}: ${why}.`);

function describe(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return unreadable(file, "no such file");
  if (code === emptyFolder) return unreadable(file, "it is a folder without files");
  if (code === "EACCES" || code === "EPERM") return unreadable(file, "permission denied");
  return unreadable(file, message);
}
