import { Command } from "commander";
import { examples, pastTime } from "./options.ts";
import { withStackOptions } from "./stack-options.ts";
import type { TraceOptions } from "./trace/run.ts";

/** `feedbell trace`: what became of an entry. */
export const traceCommand = (): Command =>
  withStackOptions(new Command("trace"))
    .description("show what became of an entry: who got it, when and in which message, or why not")
    .argument("<link|title>", "the entry's link or id, or a part of its title")
    .option("--feed <name>", "only this feed; searches its last snapshot too")
    .option(
      "--since <time>",
      "only what was decided at or after this time: ISO 8601, or 2h for two hours ago",
      pastTime,
    )
    .option("--config <file>", "read rules and schedules from this file (default: the project's cdk.json)")
    .option("--json", "one JSON line an entry")
    .addHelpText(
      "after",
      examples([
        ["trace https://news.example/2026/bridge", "By link; tracking parameters make no difference"],
        ["trace 'old bridge' --feed harbour", "By a part of the title, in one feed"],
      ]) +
        "\n\nThe ledger stores hashes of links and ids, so an entry is found by its link as long as it is remembered" +
        "\n(ledgerDays). A title is searched for in what was decided in the last 60 days. Exit code 1 if nothing is found.",
    )
    .action(async (given: string, options: TraceOptions) => {
      const { traceEntry } = await import("./trace/run.ts");
      await traceEntry(given, options);
    });
