import { Command } from "commander";
import { examples } from "./options.ts";
import type { RecoverOptions } from "./recover/run.ts";
import { withStackOptions } from "./stack-options.ts";

/** `feedbell recover`: completes a ledger that was restored to an earlier time. */
export const recoverCommand = (): Command =>
  withStackOptions(new Command("recover"))
    .description("complete a ledger that was restored to an earlier time, so that nothing is sent twice")
    .option("--config <file>", "read rules and limits from this file (default: the project's cdk.json)")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        ["recover", "Show what the ledger has lost, and write it again"],
        ["recover --yes --json", "The same without a question"],
      ]) +
        "\n\nReads the plans in the bucket, which say what was decided, and the snapshots that they were decided from. A plan" +
        "\nwhose snapshot or slot still waits in a queue is left to the functions; all others count as enqueued. Messages are" +
        "\nmarked as sent when the outbox and its dead-letter queue are empty: run it once more then. Ingest, digest and watch" +
        "\nmust be stopped: see 'Restore the ledger' in infra/RUNBOOK.md. Exit code 1 if something could not be recovered.",
    )
    .action(async (options: RecoverOptions) => {
      const { recover } = await import("./recover/run.ts");
      await recover(options);
    });
