import { createReadStream } from "node:fs";
import path from "node:path";
import { UsageError } from "./usage-error.ts";

/** The npm scripts with file arguments. */
const scripts = ["feedbell", "start"];

/** The file name that means standard input. */
export const standardInput = "-";

/**
 * Resolves a file argument. npm runs scripts in the project's folder and passes the caller's folder in `INIT_CWD` (npm
 * documentation, 'npm run').
 */
export function locate(file: string, environment: NodeJS.ProcessEnv = process.env): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = environment;
  return path.resolve(
    script !== undefined && scripts.includes(script) && folder ? folder : process.cwd(),
    file,
  );
}

/** The bytes of a file or of standard input. File system errors are thrown on the first read. */
export const readChunks = (file: string): AsyncIterable<Uint8Array> =>
  file === standardInput ? process.stdin : createReadStream(locate(file), { highWaterMark: 256 * 1024 });

/** All bytes of a file or of standard input; one more than `max` at most where there are more. */
export async function readBytes(file: string, max = Infinity): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readChunks(file)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > max) break;
  }
  return Buffer.concat(chunks, Math.min(length, max + 1));
}

/** Throws `UsageError` if standard input is given more than once. */
export function checkFiles(files: readonly string[]): void {
  if (files.filter((file) => file === standardInput).length > 1)
    throw new UsageError("Standard input (-) can be read only once.");
}
