import { Command, InvalidArgumentError, Option } from "commander";
import type { CostOptions } from "./cost/run.ts";
import { examples } from "./options.ts";

/** Reads a number that is not negative. */
function amount(value: string): number {
  if (/^\d{1,9}(?:\.\d{1,4})?$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected a number such as 10 or 2.5.");
}

const minutesOf = { m: 1, h: 60, d: 1_440 } as const;

/** Reads a time between two uploads, such as `15m`; minutes. */
function interval(value: string): number {
  const { count, unit } = /^(?<count>[1-9]\d{0,4})(?<unit>[mhd])$/.exec(value)?.groups ?? {};
  if (count === undefined)
    throw new InvalidArgumentError("Expected minutes, hours or days, such as 15m, 1h or 1d.");
  return Number(count) * minutesOf[unit as keyof typeof minutesOf];
}

function percent(value: string): number {
  const number = amount(value.replace(/%$/, ""));
  if (number > 100) throw new InvalidArgumentError("Expected a share from 0 to 100.");
  return number / 100;
}

/** `feedbell cost`: estimates a month. */
export const costCommand = (): Command =>
  new Command("cost")
    .description("estimate what a month costs, with each service's share")
    .option("--feeds <count>", "feeds (default: those in cdk.json, at least 10)", amount)
    .addOption(
      new Option("--every <time>", "time between two uploads of a feed, such as 15m, 1h, 1d")
        .argParser(interval)
        .default(15, "15m"),
    )
    .option("--entries-per-day <count>", "new entries of a feed on one day", amount, 10)
    .addOption(
      new Option("--unchanged <percent>", "uploads without news that have the same bytes as before")
        .argParser(percent)
        .default(0.8, "80"),
    )
    .option("--snapshot-kilobytes <count>", "size of a snapshot", amount, 100)
    .option("--readers <count>", "mail addresses of each audience", amount, 100)
    .option("--telephones <count>", "telephones of each audience", amount, 0)
    .option("--sms-parts <count>", "SMS parts of a message", amount, 2)
    .option("--config <file>", "read audiences and limits from this file (default: the project's cdk.json)")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        ["cost", "Ten feeds every 15 minutes, 100 mail readers"],
        ["cost --feeds 200 --every 1h --readers 50", "More feeds, fewer uploads"],
        ["cost --telephones 20 --sms-parts 1.5", "With telephones: SMS cost more than everything else"],
      ]) +
        "\n\nWhat a snapshot uses was counted by `npm run bench`; prices are those of us-east-1 without free tiers. Rules are" +
        "\ntaken to select everything.",
    )
    .action(async (options: CostOptions) => {
      const { printCost } = await import("./cost/run.ts");
      await printCost(options);
    });
