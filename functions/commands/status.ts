import { Command } from "commander";
import { examples } from "./options.ts";
import { withStackOptions } from "./stack-options.ts";
import type { StatusOptions } from "./status/run.ts";

/** `feedbell status`: whether the stack works, and what to do if not. */
export const statusCommand = (): Command =>
  withStackOptions(new Command("status"))
    .description("show whether everything works: queues, quarantine, feeds, audiences and readers")
    .option("--watch", "show it again every five seconds, until Ctrl-C")
    .option("--check", "exit with 1 if something needs attention")
    .option("--spend", "estimate what SMS cost this month, however many plans have to be read")
    .option("--config <file>", "read the audiences from this file (default: the project's cdk.json)")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        ["status", "The verdict first, then the numbers"],
        ["status --watch", "Follow it"],
        ["status --check --json", "For a monitoring system"],
      ]) +
        "\n\nThe numbers of messages in queues are approximate. Nothing is scanned and nothing is changed.",
    )
    .action(async (options: StatusOptions) => {
      const { showStatus } = await import("./status/run.ts");
      await showStatus(options);
    });
