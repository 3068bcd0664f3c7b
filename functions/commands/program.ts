import { readFileSync } from "node:fs";
import { Command } from "commander";
import { exitCodesInWords } from "../console/exit-codes.ts";
import { safeText } from "../console/terminal.ts";
import { completeCommand, completionCommand } from "./completion.ts";
import { costCommand } from "./cost.ts";
import { digestCommand } from "./digest.ts";
import { errorsCommand } from "./errors.ts";
import { feedsCommand } from "./feeds.ts";
import { logsCommand } from "./logs.ts";
import { refuseUnknownOptionsFirst, refuseUnknownSubcommands } from "./misspellings.ts";
import { program as name } from "./options.ts";
import { outboxCommand } from "./outbox.ts";
import { parseCommand } from "./parse.ts";
import { pauseCommand, resumeCommand } from "./pause.ts";
import { previewCommand } from "./preview.ts";
import { quarantineCommand } from "./quarantine.ts";
import { exportCommand, importCommand } from "./reader-files.ts";
import { recoverCommand } from "./recover.ts";
import { replayCommand } from "./replay.ts";
import { sendTestCommand } from "./send-test.ts";
import { showStackOptionsLast } from "./stack-options.ts";
import { statusCommand } from "./status.ts";
import {
  confirmCommand,
  resendCommand,
  subscribeCommand,
  subscribersCommand,
  unsubscribeCommand,
} from "./subscribers.ts";
import { traceCommand } from "./trace.ts";
import { uploadCommand } from "./upload.ts";
import { waitingCommand } from "./waiting.ts";

const { version, description } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { readonly version: string; readonly description: string };

/** The command line with all its commands. Their code is loaded when they run. */
export function makeProgram(): Command {
  const cli = new Command("feedbell")
    .usage("<command> [options]")
    .description(description)
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .addHelpCommand(
      new Command("help")
        .argument("[command]")
        .description("print help of a command")
        .helpOption(false)
        .helpGroup("Configuration and help:"),
    );
  const groups: Readonly<Record<string, readonly Command[]>> = {
    "Files, without a stack:": [parseCommand(), previewCommand()],
    "Upload and follow:": [uploadCommand(), statusCommand(), logsCommand(), traceCommand()],
    "Failures and pauses:": [
      quarantineCommand(),
      replayCommand(),
      pauseCommand(),
      resumeCommand(),
      outboxCommand(),
      recoverCommand(),
    ],
    "Readers:": [
      subscribeCommand(),
      unsubscribeCommand(),
      subscribersCommand(),
      resendCommand(),
      confirmCommand(),
      sendTestCommand(),
      importCommand(),
      exportCommand(),
    ],
    "Schedules:": [digestCommand(), waitingCommand()],
    "Configuration and help:": [feedsCommand(), costCommand(), errorsCommand(), completionCommand()],
  };
  for (const [heading, commands] of Object.entries(groups))
    for (const command of commands) cli.addCommand(command.helpGroup(heading));
  cli.addCommand(completeCommand(), { hidden: true });
  cli.addHelpText("afterAll", `\n${exitCodesInWords}`);
  for (const command of allOf(cli)) {
    showStackOptionsLast(command);
    if (command.commands.length === 0) refuseUnknownOptionsFirst(command);
    else if (command !== cli) refuseUnknownSubcommands(command);
    command
      .exitOverride()
      .configureOutput({
        outputError: (text, write) => write(safeText(text).replace(/^error: /, "feedbell: ")),
      })
      .showHelpAfterError(`Run \`${[name, ...pathOf(command)].join(" ")} --help\` for usage.`);
  }
  return cli;
}

/** A command and all below it. */
export const allOf = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(allOf)];

/** The words that call a command, without the program: `outbox`, `list`. */
export const pathOf = (command: Command): readonly string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];
