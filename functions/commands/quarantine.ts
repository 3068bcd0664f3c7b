import { Command } from "commander";
import { examples } from "./options.ts";
import type { QuarantineOptions } from "./quarantine/list.ts";
import type { ReplayQuarantineOptions } from "./quarantine/replay.ts";
import { withStackOptions } from "./stack-options.ts";

/** `feedbell quarantine`: the snapshots and messages that could not be handled. */
export const quarantineCommand = (): Command => {
  const quarantine = new Command("quarantine")
    .description("list, show or replay the snapshots and messages in quarantine, with their reasons")
    .addHelpText(
      "after",
      examples([
        ["quarantine", "Everything in quarantine, oldest first"],
        ["quarantine list --feed voa --json", "The snapshots of one feed as JSON"],
        ["quarantine show quarantine/voa/1.md", "Why one snapshot is there, and what to do"],
        ["quarantine replay quarantine/voa/1.md", "Read it again"],
        ["quarantine replay quarantine/~messages/alerts/ --yes", "Send the messages of an audience again"],
      ]),
    );
  quarantine.addCommand(
    withStackOptions(new Command("list"))
      .description("list what is in quarantine, oldest first (the default)")
      .option("--feed <name>", "only snapshots of this feed")
      .option("--audience <name>", "only messages to this audience")
      .option("--json", "one JSON line a snapshot or message")
      .addHelpText(
        "after",
        examples([
          ["quarantine list --feed voa --json", "The snapshots of one feed as JSON"],
          ["quarantine list --audience alerts", "The messages of one audience"],
        ]),
      )
      .action(async (options: QuarantineOptions) => {
        const { listQuarantine } = await import("./quarantine/list.ts");
        await listQuarantine(options);
      }),
    { isDefault: true },
  );
  quarantine.addCommand(
    withStackOptions(new Command("show"))
      .description("show why a snapshot or message is in quarantine")
      .argument("<key>", "a key as listed")
      .option("--json", "one JSON line for each time it was quarantined")
      .addHelpText("after", examples([["quarantine show quarantine/voa/1.md", "Why one snapshot is there"]]))
      .action(async (key: string, options: QuarantineOptions) => {
        const { showQuarantined } = await import("./quarantine/show.ts");
        await showQuarantined(key, options);
      }),
  );
  quarantine.addCommand(
    withStackOptions(new Command("replay"))
      .description("read snapshots or send messages again; what was sent before is not sent again")
      .argument("<key...>", "keys as listed, or folders that end with /")
      .option("--yes", "don't ask")
      .option("--json", "one JSON line")
      .addHelpText(
        "after",
        examples([
          ["quarantine replay quarantine/voa/1.md", "Read a snapshot again"],
          ["quarantine replay quarantine/~messages/alerts/", "Send the messages of an audience again"],
        ]),
      )
      .action(async (keys: readonly string[], options: ReplayQuarantineOptions) => {
        const { replayQuarantine } = await import("./quarantine/replay.ts");
        await replayQuarantine(keys, options);
      }),
  );
  return quarantine;
};
