import { Command } from "commander";
import { examples, pastTime } from "./options.ts";
import { withStackOptions } from "./stack-options.ts";
import type { ReplayOptions } from "./replay/run.ts";

/** `feedbell replay`: reads snapshots again. Entries that were sent are not sent again, except with `--resend`. */
export const replayCommand = (): Command =>
  withStackOptions(new Command("replay"))
    .description(
      "read snapshots or send messages again: from quarantine, from dead-letter queues, by key or by period",
    )
    .argument("[target]", "a key or prefix under quarantine/ or snapshots/")
    .option("--dead-letter", "everything in both dead-letter queues")
    .option(
      "--since <time>",
      "versions uploaded at or after this time: ISO 8601, or 2h for two hours ago",
      pastTime,
    )
    .option("--until <time>", "versions uploaded before this time", pastTime)
    .option("--dry-run", "only list what would be replayed")
    .option("--resend", "send readers once more what they already have")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        ["replay quarantine/voa/2024-01-25.md", "Bring a snapshot back from quarantine"],
        ["replay --dead-letter", "Redrive the dead-letter queues of intake and outbox"],
        ["replay quarantine/~messages/alerts/", "Send the quarantined messages of an audience"],
        ["replay snapshots/voa/ --dry-run", "See what each key of a feed would replay"],
        ["replay --since 2026-11-20 --until 2026-11-21T12:00:00Z", "Every version uploaded in a period"],
        ["replay snapshots/voa/2024-01-25.md --resend", "Send it to its readers once more"],
      ]) +
        "\n\nWithout a period a key means what it holds now. The stack is the local one that runs (npm start), else the" +
        "\none deployed from this folder (npm run deploy), or the one that the options name.",
    )
    .action(async (target: string | undefined, options: ReplayOptions) => {
      // Loading the SDK takes longer than the other commands take to run.
      const { runReplay } = await import("./replay/run.ts");
      await runReplay(target, options);
    });
