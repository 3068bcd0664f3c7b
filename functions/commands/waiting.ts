import { Command } from "commander";
import { examples } from "./options.ts";
import { withStackOptions } from "./stack-options.ts";
import type { MoveOptions, WaitingOptions } from "./waiting/run.ts";

/** `feedbell waiting`: what waits for the schedules of audiences. */
export const waitingCommand = (): Command => {
  const waiting = new Command("waiting")
    .description("list, move or drop the entries that wait for the schedules of audiences")
    .addHelpText(
      "after",
      examples([
        ["waiting list", "How many entries wait for each audience"],
        ["waiting move --from morning --to early", "After an audience was renamed"],
        ["waiting drop --yes", "Never send what waits for audiences that were removed"],
      ]),
    );
  waiting.addCommand(
    withStackOptions(new Command("list"))
      .description("list the audiences for which something waits (the default)")
      .option("--audience <name>", "list the entries that wait for this audience")
      .option("--json", "one JSON line an audience or entry")
      .addHelpText(
        "after",
        examples([
          ["waiting list", "How many entries wait for each audience"],
          ["waiting list --audience morning --json", "The entries of one audience as JSON"],
        ]),
      )
      .action(async (options: WaitingOptions) => {
        const { listWaiting } = await import("./waiting/run.ts");
        await listWaiting(options);
      }),
    { isDefault: true },
  );
  waiting.addCommand(
    withStackOptions(new Command("move"))
      .description("let everything that waits for one audience wait for another one")
      .requiredOption("--from <name>", "the former audience")
      .requiredOption("--to <name>", "an audience of the configuration")
      .option("--yes", "don't ask")
      .option("--json", "one JSON line")
      .addHelpText(
        "after",
        examples([["waiting move --from morning --to early", "After an audience was renamed"]]),
      )
      .action(async (options: MoveOptions) => {
        const { moveWaiting } = await import("./waiting/run.ts");
        await moveWaiting(options);
      }),
  );
  waiting.addCommand(
    withStackOptions(new Command("drop"))
      .description("delete what waits for audiences that are not in the configuration")
      .option("--audience <name>", "only what waits for this audience, which may be in the configuration")
      .option("--yes", "don't ask")
      .option("--json", "one JSON line an audience")
      .addHelpText(
        "after",
        examples([
          ["waiting drop", "Show what waits for removed audiences, ask, and drop it"],
          ["waiting drop --audience morning --yes", "Drop what waits for one audience"],
        ]),
      )
      .action(async (options: WaitingOptions) => {
        const { dropWaiting } = await import("./waiting/run.ts");
        await dropWaiting(options);
      }),
  );
  return waiting;
};
