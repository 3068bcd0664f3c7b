import { Command } from "commander";
import { errorTable, type ErrorRow } from "../core/errors.ts";
import { examples } from "./options.ts";
import { painterFor, table, write, type Paint } from "./terminal.ts";

/** `feedbell errors`: every error code with its fate, what happened and what to do. */
export const errorsCommand = (): Command =>
  new Command("errors")
    .description("list every error code with its fate, what happened and what to do")
    .option("--markdown", "as the table of the README")
    .addHelpText(
      "after",
      examples([
        ["errors", "What a code means"],
        ["errors --markdown", "The README's table"],
      ]),
    )
    .action(async ({ markdown }: { readonly markdown?: true }) => {
      const paint = painterFor(process.stdout, process.env);
      await write(process.stdout, markdown ? `${errorsMarkdown()}\n` : viewErrors(paint));
    });

const rows: readonly (readonly [string, ErrorRow])[] = Object.entries(errorTable);

/** The table that stands in the README between its two marks. */
export function errorsMarkdown(): string {
  const cell = (text: string) => text.replaceAll("|", String.raw`\|`);
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [
    line(["code", "fate", "message", "hint"]),
    "|---|---|---|---|",
    ...rows.map(([code, { fate, message, hint }]) => line([`\`${code}\``, fate, message, hint])),
  ].join("\n");
}

const styles = { reject: "yellow", quarantine: "red", retry: "cyan" } as const;

const viewErrors = (paint: Paint): string =>
  rows
    .map(([code, { fate, message, hint }]) => {
      const details = table(
        [
          ["what", message],
          ["hint", hint],
        ],
        "  ",
      );
      return [`${paint("bold", code)}  ${paint(styles[fate], fate)}`, ...details, ""].join("\n");
    })
    .join("\n");
