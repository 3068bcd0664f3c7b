import { Command } from "commander";
import { errorTable, type ErrorRow } from "../core/errors.ts";
import { UsageError } from "../console/usage-error.ts";
import { suggestion } from "../console/suggestion.ts";
import { examples } from "./options.ts";
import { escapeLine, painterFor, table, write, type Paint } from "../console/terminal.ts";

/** `feedbell errors`: every error and warning code, or those asked for, with its fate, what happened and what to do. */
export const errorsCommand = (): Command =>
  new Command("errors")
    .description("list every error code with its fate, what happened and what to do")
    .argument("[code...]", "list only these")
    .option("--markdown", "as the table of the README")
    .addHelpText(
      "after",
      examples([
        ["errors", "What every code means"],
        ["errors snapshot-gone", "What one means"],
        ["errors --markdown", "The README's table"],
      ]),
    )
    .action(async (codes: readonly string[], { markdown }: { readonly markdown?: true }) => {
      const paint = painterFor(process.stdout, process.env);
      const shown = codes.length === 0 ? rows : chooseRows(codes);
      await write(process.stdout, markdown ? `${errorsMarkdown(shown)}\n` : viewErrors(shown, paint));
    });

type Row = readonly [code: string, row: ErrorRow];

const rows: readonly Row[] = Object.entries(errorTable);

function chooseRows(codes: readonly string[]): readonly Row[] {
  const unknown = codes.find((code) => !Object.hasOwn(errorTable, code));
  if (unknown !== undefined) {
    const advice = suggestion(unknown, Object.keys(errorTable));
    throw new UsageError(`There is no error code ${escapeLine(unknown)}; ${advice}`);
  }
  return rows.filter(([code]) => codes.includes(code));
}

/** The table that stands in the README between its two marks. */
export function errorsMarkdown(shown = rows): string {
  const cell = (text: string) => text.replaceAll("|", String.raw`\|`);
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [
    line(["code", "fate", "message", "hint"]),
    "|---|---|---|---|",
    ...shown.map(([code, { fate, message, hint }]) => line([`\`${code}\``, fate, message, hint])),
  ].join("\n");
}

const styles = { reject: "yellow", quarantine: "red", retry: "cyan", warning: "dim" } as const;

const viewErrors = (shown: readonly Row[], paint: Paint): string =>
  shown
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
