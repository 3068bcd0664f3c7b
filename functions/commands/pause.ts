import { Command } from "commander";
import { examples } from "./options.ts";
import type { PauseOptions } from "./outbox/pause.ts";
import { withStackOptions } from "./stack-options.ts";

/** `feedbell pause`: holds the messages of audiences in the outbox. */
export const pauseCommand = (): Command =>
  withStackOptions(new Command("pause"))
    .description("hold messages in the outbox: uploads are read as usual, and nothing is published")
    .option("--audience <name>", "only this audience (default: all of the stack)")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line an audience")
    .addHelpText(
      "after",
      examples([
        ["pause --audience alerts", "Hold the messages of one audience"],
        ["pause", "Hold the messages of all audiences"],
      ]) +
        "\n\nThe outbox keeps messages for 14 days. A message that is being published goes out. `resume` ends the pause" +
        "\nwithin 15 minutes, because held messages come back to deliver that often; after a week, within an hour.",
    )
    .action((options: PauseOptions) => change(options, true));

/** `feedbell resume`: ends a pause. */
export const resumeCommand = (): Command =>
  withStackOptions(new Command("resume"))
    .description("end a pause; held messages go out within 15 minutes")
    .option("--audience <name>", "only this audience (default: all of the stack)")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line an audience")
    .addHelpText("after", examples([["resume --audience alerts", "Send the messages of one audience again"]]))
    .action((options: PauseOptions) => change(options, false));

async function change(options: PauseOptions, isPaused: boolean): Promise<void> {
  const { setPaused } = await import("./outbox/pause.ts");
  await setPaused(options, isPaused);
}
