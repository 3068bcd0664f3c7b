import type { Command } from "commander";
import { vi } from "vitest";
import { UsageError } from "../../functions/console/usage-error.ts";

interface Finished {
  readonly code: typeof process.exitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the command line in this process, which is faster than `feedbell`; wrong usage is code 2 here too. */
export async function runCommand(command: Command, args: readonly string[]): Promise<Finished> {
  let out = "";
  let err = "";
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await command.parseAsync(args, { from: "user" });
    return { code: process.exitCode, out, err };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: 2, out, err: `${err}feedbell: ${error.message}\n` };
  } finally {
    process.exitCode = before;
    stdout.mockRestore();
    stderr.mockRestore();
  }
}
