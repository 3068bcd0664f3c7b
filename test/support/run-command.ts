import type { Command } from "commander";
import { UsageError } from "../../functions/console/usage-error.ts";
import { captureStream } from "./capture-stream.ts";

interface Finished {
  readonly code: typeof process.exitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the command line in this process, which is faster than `feedbell`; wrong usage is code 2 here too. */
export async function runCommand(command: Command, args: readonly string[]): Promise<Finished> {
  const [out, err] = [captureStream(process.stdout), captureStream(process.stderr)];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await command.parseAsync(args, { from: "user" });
    return { code: process.exitCode, out: out.text(), err: err.text() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: 2, out: out.text(), err: `${err.text()}feedbell: ${error.message}\n` };
  } finally {
    process.exitCode = before;
    out.restore();
    err.restore();
  }
}
