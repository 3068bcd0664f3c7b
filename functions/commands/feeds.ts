import { Command } from "commander";
import type { FeedsExportOptions } from "./feeds/run-export.ts";
import type { FeedsImportOptions } from "./feeds/run-import.ts";
import { examples } from "./options.ts";

/** `feedbell feeds`: the configured feeds as a subscription list. */
export const feedsCommand = (): Command => {
  const feeds = new Command("feeds")
    .description("exchange the feeds of cdk.json with feed readers, as OPML")
    .addHelpText(
      "after",
      examples([
        ["feeds import feeds.opml", "Show what a list changes in cdk.json, ask, and write it"],
        ["feeds import feeds.opml --folder Sport --audience sports", "One folder, for one audience"],
        ["feeds export > feeds.opml", "A list for a feed reader"],
      ]) +
        "\n\nfeedbell fetches nothing: the program that uploads snapshots needs the list. Each feed has the folder" +
        "\nsnapshots/<slug>/.",
    );
  feeds.addCommand(
    new Command("import")
      .description("write titles and addresses of listed feeds into cdk.json; titles that are there stay")
      .argument("<file>", "OPML file, or - for standard input")
      .option("--folder <title>", "only the feeds of this folder")
      .option("--audience <name>", "also let this audience get these feeds only (rules.feeds)")
      .option("--config <file>", "another file than cdk.json")
      .option("--yes", "don't ask")
      .option("--json", "one JSON line a setting")
      .addHelpText(
        "after",
        examples([
          ["feeds import feeds.opml", "Show what a list changes in cdk.json, ask, and write it"],
          ["feeds import feeds.opml --folder Sport --audience sports", "One folder, for one audience"],
        ]),
      )
      .action(async (file: string, options: FeedsImportOptions) => {
        const { importFeeds } = await import("./feeds/run-import.ts");
        await importFeeds(file, options);
      }),
  );
  feeds.addCommand(
    new Command("export")
      .description("write the feeds as OPML to standard output")
      .option("--config <file>", "another file than cdk.json")
      .option("--json", "one JSON line a feed, instead of OPML")
      .addHelpText(
        "after",
        examples([
          ["feeds export > feeds.opml", "A list for a feed reader"],
          ["feeds export --json", "The same as JSON lines"],
        ]),
      )
      .action(async (options: FeedsExportOptions) => {
        const { exportFeeds } = await import("./feeds/run-export.ts");
        await exportFeeds(options);
      }),
  );
  return feeds;
};
