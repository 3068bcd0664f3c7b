import { Command } from "commander";
import { examples } from "./options.ts";
import type { OutboxOptions } from "./outbox/run.ts";
import { withStackOptions } from "./stack-options.ts";

/** `feedbell outbox`: what was decided and not sent. */
export const outboxCommand = (): Command => {
  const outbox = new Command("outbox")
    .description("list or drop the messages that were decided and not sent")
    .addHelpText(
      "after",
      examples([
        ["outbox list --audience alerts", "Messages of one audience that SNS has not accepted"],
        ["outbox drop 3nB0hT_ap6Q.0.2 --yes", "Never send a message"],
      ]),
    );
  outbox.addCommand(
    withStackOptions(new Command("list"))
      .description("list messages without a sent mark, oldest first (the default)")
      .option("--audience <name>", "only this audience")
      .option("--json", "one JSON line a message")
      .addHelpText("after", examples([["outbox list --audience alerts", "Messages of one audience"]]))
      .action(async (options: OutboxOptions) => {
        const { listOutbox } = await import("./outbox/run.ts");
        await listOutbox(options);
      }),
    { isDefault: true },
  );
  outbox.addCommand(
    withStackOptions(new Command("drop"))
      .description("mark messages as sent, so that they are skipped")
      .argument("<id...>", "ids as listed")
      .option("--yes", "don't ask")
      .option("--json", "one JSON line a message")
      .addHelpText("after", examples([["outbox drop 3nB0hT_ap6Q.0.2", "Show a message, ask, and drop it"]]))
      .action(async (ids: readonly string[], options: OutboxOptions) => {
        const { dropFromOutbox } = await import("./outbox/run.ts");
        await dropFromOutbox(ids, options);
      }),
  );
  return outbox;
};
