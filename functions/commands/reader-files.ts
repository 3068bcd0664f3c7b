import { Command } from "commander";
import { examples } from "./options.ts";
import { quota, withReaderOptions } from "./subscribers.ts";
import type { ExportOptions } from "./subscribers/export.ts";
import type { ImportOptions } from "./subscribers/import.ts";

/** `feedbell import`: subscribes the readers of a file. */
export const importCommand = (): Command =>
  withReaderOptions(new Command("import"))
    .description("subscribe the readers of a CSV file who are not subscribed")
    .argument(
      "<file>",
      "CSV with a header: address, and if needed audience, filter, protocol; or - for standard input",
    )
    .option("--audience <name>", "only readers of this audience; the audience of lines that name none")
    .option("--max-filters <count>", "filter policies that a topic may have", quota, 200)
    .option("--dry-run", "check the file and say what would be done")
    .option("--yes", "don't ask")
    .option("--json", "one JSON line")
    .addHelpText(
      "after",
      examples([
        ["import readers.csv --audience digest --dry-run", "Check a file"],
        ["import readers.csv --audience digest", "Subscribe its readers"],
      ]) +
        "\n\nThe whole file is checked before anything is sent. An import that was interrupted is resumed by the same" +
        "\ncommand: readers who are subscribed or have a confirmation are skipped.",
    )
    .action(async (file: string, options: ImportOptions) => {
      const { importReaders } = await import("./subscribers/import.ts");
      await importReaders(file, options);
    });

/** `feedbell export`: writes readers as CSV. */
export const exportCommand = (): Command =>
  withReaderOptions(new Command("export"))
    .description("write readers with whole addresses as CSV to standard output")
    .option("--audience <name>", "only this audience (default: all of the configuration)")
    .option("--json", "one JSON line a reader, instead of CSV")
    .addHelpText(
      "after",
      examples([
        ["export > readers.csv", "The readers of all audiences"],
        ["export --audience digest > digest.csv", "Those of one audience"],
      ]) +
        "\n\n`import` reads the file. A spreadsheet may remove the + of telephone numbers: import that column as text.",
    )
    .action(async (options: ExportOptions) => {
      const { exportReaders } = await import("./subscribers/export.ts");
      await exportReaders(options);
    });
