import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { costCommand } from "./commands/cost.ts";
import { digestCommand } from "./commands/digest.ts";
import { errorsCommand } from "./commands/errors.ts";
import { feedsCommand } from "./commands/feeds.ts";
import { exportCommand, importCommand } from "./commands/reader-files.ts";
import { UsageError } from "./console/usage-error.ts";
import { logsCommand } from "./commands/logs.ts";
import { outboxCommand } from "./commands/outbox.ts";
import { parseCommand } from "./commands/parse.ts";
import { pauseCommand, resumeCommand } from "./commands/pause.ts";
import { previewCommand } from "./commands/preview.ts";
import { program as name } from "./commands/options.ts";
import { quarantineCommand } from "./commands/quarantine.ts";
import { recoverCommand } from "./commands/recover.ts";
import { replayCommand } from "./commands/replay.ts";
import {
  confirmCommand,
  resendCommand,
  subscribeCommand,
  subscribersCommand,
  unsubscribeCommand,
} from "./commands/subscribers.ts";
import { sendTestCommand } from "./commands/send-test.ts";
import { statusCommand } from "./commands/status.ts";
import { traceCommand } from "./commands/trace.ts";
import { uploadCommand } from "./commands/upload.ts";
import { waitingCommand } from "./commands/waiting.ts";
import { refuseOptionsKeptByNpm } from "./console/npm-options.ts";
import { safeText } from "./console/terminal.ts";

const { version, description } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { readonly version: string; readonly description: string };

/** Exit codes: 0 success; 1 an input could not be read, or a command failed; 2 wrong usage or configuration. */
const failed = 1;
const wrongUsage = 2;

const cli = new Command("feedbell")
  .usage("<command> [options]")
  .description(description)
  .version(version, "-V, --version", "print the version")
  .helpOption("-h, --help", "print help")
  .helpCommand("help [command]", "print help of a command");
for (const command of [
  parseCommand(),
  previewCommand(),
  uploadCommand(),
  statusCommand(),
  logsCommand(),
  traceCommand(),
  quarantineCommand(),
  replayCommand(),
  pauseCommand(),
  resumeCommand(),
  outboxCommand(),
  recoverCommand(),
  subscribeCommand(),
  unsubscribeCommand(),
  subscribersCommand(),
  resendCommand(),
  confirmCommand(),
  sendTestCommand(),
  importCommand(),
  exportCommand(),
  feedsCommand(),
  digestCommand(),
  waitingCommand(),
  costCommand(),
  errorsCommand(),
])
  cli.addCommand(command);
for (const command of [cli, ...cli.commands]) {
  const path = command === cli ? "" : ` ${command.name()}`;
  command
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(safeText(text).replace(/^error: /, "feedbell: ")),
    })
    .showHelpAfterError(`Run \`${name}${path} --help\` for usage.`);
}

// The reader of a pipe may close it early: `feedbell parse FILE | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

try {
  refuseOptionsKeptByNpm([cli], { program: name, args: process.argv.slice(2) });
  await cli.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : wrongUsage;
  else if (error instanceof UsageError) {
    process.stderr.write(`feedbell: ${safeText(error.message)}\n`);
    process.exitCode = wrongUsage;
  } else {
    const known = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`feedbell: unexpected: ${safeText(known)}\n`);
    process.exitCode = failed;
  }
}
