import { constants, createWriteStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { checkFiles, locate, readChunks, standardInput } from "../../functions/console/input.ts";
import { escapeLine } from "../../functions/console/terminal.ts";

/** A readable file from the command line. */
export interface InputFile {
  /** Its name in the bucket. */
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
 * Resolves the files of a command line against the folder where it was typed. An upload needs a length, so standard
 * input and pipes are copied to `temporary` first.
 *
 * @throws `UnreadableError` before any file is read, if one of them is unreadable.
 * @throws `UsageError` if standard input is given twice.
 */
export async function openInputFiles(
  files: readonly string[],
  temporary: string,
): Promise<readonly InputFile[]> {
  checkFiles(files);
  const checks = await Promise.all(files.map((file) => check(file)));
  const problems = checks.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new UnreadableError(problems);
  const names = files.map((file) =>
    file === standardInput ? "standard-input" : path.basename(locate(file)),
  );
  const input: InputFile[] = [];
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? "";
    const isAmbiguous = files.some((other, i) => names[i] === name && other !== file);
    const label = escapeLine(isAmbiguous ? file : name);
    if (checks[index]?.hasLength) {
      input.push({ name, label, path: locate(file) });
      continue;
    }
    const copy = path.join(temporary, String(index));
    await pipeline(readChunks(file), createWriteStream(copy)).catch((error: unknown) => {
      throw new UnreadableError([describe(file, error)]);
    });
    input.push({ name, label, path: copy });
  }
  return input;
}

interface Check {
  readonly hasLength: boolean;
  /** Why it can't be uploaded. */
  readonly problem?: string;
}

async function check(file: string): Promise<Check> {
  if (file === standardInput) return { hasLength: false };
  try {
    const found = await stat(locate(file));
    await access(locate(file), constants.R_OK);
    const hasLength = found.isFile();
    return found.isDirectory()
      ? { hasLength, problem: unreadable(file, "it is a folder; expected a file") }
      : { hasLength };
  } catch (error) {
    return { hasLength: false, problem: describe(file, error) };
  }
}

const unreadable = (file: string, why: string): string => escapeLine(`cannot read ${file}: ${why}.`);

function describe(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return unreadable(file, "no such file");
  if (code === "EACCES" || code === "EPERM") return unreadable(file, "permission denied");
  return unreadable(file, message);
}
