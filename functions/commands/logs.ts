import { Command } from "commander";
import type { LogsOptions } from "./logs/run.ts";
import { examples, pastTime } from "./options.ts";
import { profileOption, stackOption } from "./stack-options.ts";

/** `feedbell logs`: what became of each upload. */
export const logsCommand = (): Command =>
  new Command("logs")
    .description(
      "print one line for each upload that was read: new entries and messages, retry, or quarantine",
    )
    .option("--feed <name>", "only uploads of this feed")
    .option("--follow", "wait for further uploads, until Ctrl-C")
    .option(
      "--since <time>",
      "from this time on: ISO 8601, or 2h for two hours ago (default: 1h; on the local stack all)",
      pastTime,
    )
    .option(
      "--log-group <name>",
      "the log group of ingest, for a stack that was not deployed from this folder",
    )
    .option(...stackOption)
    .option(...profileOption)
    .option("--json", "the log's own lines: one JSON line an upload")
    .addHelpText(
      "after",
      examples([
        ["logs --follow", "Watch what happens"],
        ["logs --feed voa --since 2026-11-26", "What one feed brought today"],
        ["logs --since 2h", "The last two hours"],
      ]) +
        "\n\nThe local stack keeps the last 1,000 lines. In an account it needs logs:FilterLogEvents on the log group.",
    )
    .action(async (options: LogsOptions) => {
      const { printLogs } = await import("./logs/run.ts");
      await printLogs(options);
    });
