import { Command } from "commander";
import { examples, timeZone } from "./options.ts";
import type { ParseOptions } from "./parse-files.ts";

/** `feedbell parse`: shows what is read from snapshots. */
export const parseCommand = (): Command =>
  new Command("parse")
    .description("show what is read from snapshots: format, encoding, entries, rejects, warnings")
    .argument("<path...>", "files, folders, patterns in quotes, or - for standard input")
    .option("--json", "one JSON line a file")
    .option("--feed <name>", "the feed: its time zone in the configuration is used for dates without one")
    .option("--time-zone <zone>", "IANA time zone for dates without one (default: UTC)", timeZone)
    .option("--content-type <type>", "Content-Type of the file; its bytes take precedence")
    .option("--config <file>", "read the limits from this file (default: the project's cdk.json)")
    .addHelpText(
      "after",
      examples([
        ["parse feed.xml", "Show a snapshot"],
        ["parse --time-zone Asia/Shanghai 1.md 2.md", "Set the time zone of dates without one"],
        ["parse --json feed.xml > feed.json", "Print JSON"],
        ["parse archive/ --feed voa", "All files of a folder, as snapshots of a feed"],
        ["parse 'archive/**/*.md' --json", "All files that match a pattern"],
        ["parse - < feed.xml.gz", "Read standard input, compressed or not"],
      ]) + "\n\nExit code 1 if a file can't be read; the other files are shown.",
    )
    .action(async (paths: readonly string[], options: ParseOptions) => {
      // The readers of all formats take longer to load than the other commands take to run.
      const { parseFiles } = await import("./parse-files.ts");
      await parseFiles(paths, options);
    });
