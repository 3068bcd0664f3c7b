import { createReadStream } from "node:fs";
import path from "node:path";
import { UsageError } from "./usage-error.ts";

/** npm's scripts that take files on their command line. */
const scripts = ["feedbell", "start"];

/** Stands for standard input among file names. */
export const standardInput = "-";

/**
 * Where a file that was named on the command line lies. npm runs a script in the project's folder and tells where it
 * was called (npm documentation, 'npm run', `INIT_CWD`).
 */
export function locate(file: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = environment;
  return path.resolve(
    script !== undefined && scripts.includes(script) && folder ? folder : process.cwd(),
    file,
  );
}

/** The bytes of a file or of standard input; an error of the file system comes with the first of them. */
export const readChunks = (file: string): AsyncIterable<Uint8Array> =>
  file === standardInput ? process.stdin : createReadStream(locate(file), { highWaterMark: 256 * 1024 });

/** Standard input can be read once only. */
export function checkFiles(files: readonly string[]): void {
  if (files.filter((file) => file === standardInput).length > 1)
    throw new UsageError("Standard input (-) is given more than once; give it once.");
}
