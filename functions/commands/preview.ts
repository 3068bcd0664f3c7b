import { Command, Option } from "commander";
import { feedName } from "../console/feed-name.ts";
import { examples, time } from "./options.ts";
import type { PreviewFlags } from "./preview-file.ts";

/** `feedbell preview`: shows the messages that a snapshot would produce, without sending them. */
export const previewCommand = (): Command =>
  new Command("preview")
    .description("show what readers would get for a snapshot, and why; nothing is sent")
    .argument("<path...>", "files, folders, patterns in quotes, or - for standard input")
    .option("--audience <name>", "show only the messages to this audience (default: all audiences)")
    .option(
      "--feed <name>",
      "name of the feed (default: the folder under snapshots/ or drop/, else the feed's own name)",
      feedName,
    )
    .option("--first", "show the first snapshot of a feed (default: the feed is known)")
    .addOption(new Option("--json", "one JSON line a file").conflicts("html"))
    .option("--html <file>", "write one HTML page that needs no other file, instead of printing")
    .option("--now <time>", "time of the upload, ISO 8601 (default: now)", time)
    .option("--config <file>", "read the configuration from this file (default: the project's cdk.json)")
    .addHelpText(
      "after",
      examples([
        ["preview feed.xml", "Show every message in every channel"],
        ["preview --audience digest --feed voa 2024-01-25.md", "Show the messages to one audience"],
        ["preview --first feed.xml", "Show what a first import sends"],
        ["preview --config new-cdk.json feed.xml", "Try a changed configuration before deploying it"],
        ["preview --json feed.xml", "Print JSON"],
        ["preview archive/ --feed voa --json", "Every file of a folder, each by itself"],
        ["preview --html preview.html feed.xml", "Write a page that shows it to others"],
      ]) + "\n\nAll entries count as new. Exits with 1 if the snapshot would be quarantined.",
    )
    .action(async (paths: readonly string[], options: PreviewFlags) => {
      const { previewFiles } = await import("./preview-file.ts");
      await previewFiles(paths, options);
    });
