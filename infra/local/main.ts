import { CommanderError } from "commander";
import { locate } from "../../functions/console/input.ts";
import { localDirectory } from "../../functions/console/live-stack.ts";
import { parseArguments, type Arguments } from "./arguments.ts";

/**
 * Resolves with the exit code of the first termination signal; a second signal exits immediately. A closed output
 * pipe (`npm start | head`) counts as a signal too, so that the stack is always cleaned up.
 */
function waitForStop(): Promise<number> {
  return new Promise((resolve, reject) => {
    process.stdout.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EPIPE" ? resolve(141) : reject(error),
    );
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      let seen = false;
      process.on(signal, () => {
        if (seen) process.exit(code);
        seen = true;
        resolve(code);
      });
    }
  });
}

/** Imports late, so that `--help` and a wrong argument are answered at once. */
async function run(args: Arguments, stopped: Promise<number>): Promise<number> {
  const { getAssembly } = await import("./assembly.ts");
  if (args.once) {
    // The synthesis goes on in its own process while this one imports the rest. The stack asks for it again.
    getAssembly({ unpaced: true }).catch(() => undefined);
    return (await import("./run-once-and-end.ts")).runOnceAndEnd(args.once, args, stopped);
  }
  // Before anything is made or changed.
  const { lockFolder } = await import("./folder-lock.ts");
  const lock = await lockFolder(localDirectory);
  if (args.state !== undefined) await lockFolder(locate(args.state));
  getAssembly({}).catch(() => undefined);
  return (await import("./run-until-stopped.ts")).runUntilStopped(args, lock, stopped);
}

/** Errors of wrong usage or configuration. */
const usageErrors = ["PortTakenError", "ConfigurationError", "UsageError"];

/** Further errors whose message is enough; any other is printed with its stack trace. */
const expectedErrors = [
  ...usageErrors,
  "TemplateError",
  "UnreadableError",
  "LocalDirectoryError",
  "FolderInUseError",
  "StateFolderError",
];

async function main(): Promise<number> {
  const stopped = waitForStop();
  try {
    return await run(parseArguments(process.argv.slice(2)), stopped);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Error)) throw error;
    const text = expectedErrors.includes(error.name) ? error.message : (error.stack ?? error.message);
    process.stderr.write(`${text}\n`);
    return usageErrors.includes(error.name) ? 2 : 1;
  }
}

process.exitCode = await main();
// Open handles, such as a client's broken connection, must not keep the process alive.
process.exit();
