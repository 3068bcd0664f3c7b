import { Command } from "commander";
import { examples } from "./options.ts";
import type { SendTestOptions } from "./send-test/run.ts";
import { withReaderOptions } from "./subscribers.ts";

/** `feedbell send-test`: sends a marked sample to the readers of an audience. */
export const sendTestCommand = (): Command =>
  withReaderOptions(new Command("send-test"))
    .description("send a message that is marked as a test to the readers of an audience")
    .requiredOption("--audience <name>", "the audience")
    .option("--config <file>", "read the audience from this file (default: the project's cdk.json)")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        ["send-test --audience digest", "Ask first, and say how many readers get it"],
        ["send-test --audience alerts --yes", "Without a question"],
      ]) +
        "\n\nThe message goes to mail addresses, telephones and machines like the alerts of the audience, with the attribute" +
        "\nfeed=feedbell-test: readers whose filter names other feeds don't get it. Each SMS costs what every SMS costs. Nothing" +
        "\nis recorded in the ledger, and neither a pause nor a daily limit holds the message back.",
    )
    .action(async (options: SendTestOptions) => {
      const { sendTest } = await import("./send-test/run.ts");
      await sendTest(options);
    });
