import { Command } from "commander";
import { examples } from "./options.ts";
import { withStackOptions } from "./stack-options.ts";
import type { UploadOptions } from "./upload/run.ts";

/** `feedbell upload`: puts files into the bucket as snapshots of a feed. */
export const uploadCommand = (): Command =>
  withStackOptions(new Command("upload"))
    .description("upload files, folders or standard input as snapshots of a feed")
    .argument("<path...>", "files, folders, patterns in quotes, or - for standard input")
    .requiredOption("--feed <name>", "the feed: keys are snapshots/<name>/<path>")
    .option("--name <file>", "file name of standard input (default: standard-input)")
    .option("--force", "upload also what has not changed")
    .option("--wait", "wait until ingest has read each file, and print what it did")
    .option("--log-group <name>", "the log group of ingest for --wait, if the stack was deployed elsewhere")
    .option("--dry-run", "only say what would be uploaded")
    .option("--json", "one JSON line a file")
    .addHelpText(
      "after",
      examples([
        ["upload feed.xml --feed voa", "One file, as snapshots/voa/feed.xml"],
        ["upload archive/ --feed voa --wait", "A folder with its folders, and what became of each file"],
        ["upload 'archive/**/*.md' --feed voa --dry-run", "See what would be uploaded of a pattern"],
        ["upload - --feed voa --name 2026-11-26.xml", "Standard input, such as the output of curl"],
      ]) +
        "\n\nA file whose content is the same as that of the object under its key is not uploaded; to resume after an" +
        "\ninterruption, run the command again. Names that start with a dot are skipped in folders and patterns. Comparing" +
        "\nneeds s3:GetObject; with the policy of an uploader every file is uploaded. A new version of known entries sends" +
        "\nnobody anything. The exit code is 1 if a file failed, or with --wait was quarantined or not read in time.",
    )
    .action(async (paths: readonly string[], options: UploadOptions) => {
      const { runUpload } = await import("./upload/run.ts");
      await runUpload(paths, options);
    });
