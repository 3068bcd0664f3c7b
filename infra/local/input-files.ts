import { constants, createWriteStream } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { checkFiles, locate, readChunks, standardInput } from "../../functions/console/input.ts";
import { escapeLine } from "../../functions/console/terminal.ts";

/** A file that was given on the command line and can be uploaded. */
export interface GivenFile {
  /** Its name in the bucket. */
  readonly name: string;
  /** What it is called in remarks: its name, or its whole path where another has the same name. */
  readonly label: string;
  readonly path: string;
}

/** Some of the files can't be read; the message has a line for each. */
export class UnreadableError extends Error {
  constructor(obstacles: readonly string[]) {
    super(obstacles.join("\n"));
    this.name = "UnreadableError";
  }
}

/**
 * The files of a command line, from the folder that it was typed in. An upload needs a length, so what has none
 * (standard input, a pipe) is first kept in `temporary`. Throws `UnreadableError` before anything is read where one of
 * them can't be, `UsageError` where standard input is given twice.
 */
export async function takeFiles(files: readonly string[], temporary: string): Promise<readonly GivenFile[]> {
  checkFiles(files);
  const checks = await Promise.all(files.map((file) => check(file)));
  const obstacles = checks.flatMap(({ obstacle }) => obstacle ?? []);
  if (obstacles.length > 0) throw new UnreadableError(obstacles);
  const names = files.map((file) =>
    file === standardInput ? "standard-input" : path.basename(locate(file)),
  );
  const given: GivenFile[] = [];
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? "";
    const others = files.filter((other, i) => names[i] === name && other !== file);
    const label = escapeLine(others.length > 0 ? file : name);
    if (checks[index]?.hasLength) {
      given.push({ name, label, path: locate(file) });
      continue;
    }
    const kept = path.join(temporary, String(index));
    await pipeline(readChunks(file), createWriteStream(kept)).catch((error: unknown) => {
      throw new UnreadableError([describe(file, error)]);
    });
    given.push({ name, label, path: kept });
  }
  return given;
}

interface Check {
  readonly hasLength: boolean;
  /** Why it can't be uploaded. */
  readonly obstacle?: string;
}

async function check(file: string): Promise<Check> {
  if (file === standardInput) return { hasLength: false };
  try {
    const found = await stat(locate(file));
    await access(locate(file), constants.R_OK);
    const hasLength = found.isFile();
    return found.isDirectory()
      ? { hasLength, obstacle: unreadable(file, "it is a folder; expected a file") }
      : { hasLength };
  } catch (error) {
    return { hasLength: false, obstacle: describe(file, error) };
  }
}

const unreadable = (file: string, why: string): string => escapeLine(`${file} can't be read: ${why}.`);

function describe(file: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR") return unreadable(file, "there is no such file");
  if (code === "EACCES" || code === "EPERM") return unreadable(file, "its permissions forbid it");
  return unreadable(file, message);
}
