import { Command } from "commander";
import { errorTable, type ErrorRow } from "../core/errors.ts";
import { UsageError } from "../console/usage-error.ts";
import { nearest } from "../console/suggestion.ts";
import { examples, program } from "./options.ts";
import { escapeLine, painterFor, write, type Paint } from "../console/terminal.ts";

/** `feedbell errors`: lists error and warning codes with their fate, meaning and remedy. */
export const errorsCommand = (): Command =>
  new Command("errors")
    .description("list error and warning codes with their fate, meaning and remedy")
    .argument("[code...]", "list only these codes")
    .option("--json", "one JSON line a code")
    .option("--markdown", "print the Markdown table of functions/README.md")
    .addHelpText(
      "after",
      examples([
        ["errors", "List all codes"],
        ["errors snapshot-gone", "Explain one code"],
        ["errors --markdown", "Print the Markdown table"],
      ]),
    )
    .action(async (codes: readonly string[], { json, markdown }: Form) => {
      const shown = codes.length === 0 ? rows : chooseRows(codes);
      const text = json
        ? shown.map(([code, row]) => `${JSON.stringify({ code, ...row })}\n`).join("")
        : markdown
          ? `${errorsMarkdown(shown)}\n`
          : await viewErrors(shown, painterFor(process.stdout, process.env));
      await write(process.stdout, text);
    });

interface Form {
  readonly json?: true;
  readonly markdown?: true;
}

type Row = readonly [code: string, row: ErrorRow];

const rows: readonly Row[] = Object.entries(errorTable);

function chooseRows(codes: readonly string[]): readonly Row[] {
  const unknown = codes.find((code) => !Object.hasOwn(errorTable, code));
  if (unknown !== undefined) {
    const similar = nearest(unknown, Object.keys(errorTable));
    const advice = similar === undefined ? `\`${program} errors\` lists all.` : `did you mean ${similar}?`;
    throw new UsageError(`There is no error code ${escapeLine(unknown)}; ${advice}`);
  }
  return rows.filter(([code]) => codes.includes(code));
}

/** The error table of functions/README.md. */
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

async function viewErrors(shown: readonly Row[], paint: Paint): Promise<string> {
  const { factLines, widthOf } = await import("../console/columns.ts");
  return shown
    .map(([code, { fate, message, hint }]) => {
      const details = factLines(
        [
          ["meaning", message],
          ["hint", hint],
        ],
        widthOf(process.stdout),
      );
      return [`${paint("bold", code)}  ${paint(styles[fate], fate)}`, ...details, ""].join("\n");
    })
    .join("\n");
}
