import { CommanderError } from "commander";
import { makeProgram } from "./commands/program.ts";
import { program } from "./commands/options.ts";
import { endActivity } from "./console/activity.ts";
import { exitCodes } from "./console/exit-codes.ts";
import { refuseOptionsKeptByNpm } from "./console/npm-options.ts";
import { safeText } from "./console/terminal.ts";
import { UsageError } from "./console/usage-error.ts";

// The reader of a pipe may close it early: `feedbell parse FILE | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

try {
  const cli = makeProgram();
  refuseOptionsKeptByNpm([cli], { program, args: process.argv.slice(2) });
  await cli.parseAsync();
} catch (error) {
  endActivity();
  if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  else if (error instanceof UsageError) {
    process.stderr.write(`feedbell: ${safeText(error.message)}\n`);
    process.exitCode = exitCodes.wrongUsage;
  } else {
    const known = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`feedbell: unexpected: ${safeText(known)}\n`);
    process.exitCode = exitCodes.failed;
  }
} finally {
  endActivity();
}
