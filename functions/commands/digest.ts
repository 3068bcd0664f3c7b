import { Command } from "commander";
import type { DigestOptions } from "./digest/run.ts";
import { examples } from "./options.ts";
import { withStackOptions } from "./stack-options.ts";

/** `feedbell digest`: sends what waits for an audience, now. */
export const digestCommand = (): Command =>
  withStackOptions(new Command("digest"))
    .description("run the schedule of an audience once, now: send what waits for it as one digest")
    .argument("<audience>", "name of the audience")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([["digest morning", "Send what waits for the audience morning"]]) +
        "\n\nThe digest function of the stack does it. minItems and quiet hours do not apply. The exit code is 0 also if nothing" +
        "\nwaits, and 1 if the function has not finished after two minutes; it then continues to try.",
    )
    .action(async (audience: string, options: DigestOptions) => {
      const { runDigest } = await import("./digest/run.ts");
      await runDigest(audience, options);
    });
