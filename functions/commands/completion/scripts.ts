import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { write } from "../../console/terminal.ts";
import type { Shell } from "../completion.ts";

/** Prints the script of a shell; it calls this installation with the Node that runs now. */
export async function printScript(shell: Shell): Promise<void> {
  const entry = fileURLToPath(new URL("../../feedbell.mjs", import.meta.url));
  const quote = shell === "fish" ? quotedForFish : quoted;
  const call = `${quote(process.execPath)} ${quote(entry)} complete ${shell} --`;
  const script = await readFile(new URL(`feedbell.${shell}`, import.meta.url), "utf8");
  await write(
    process.stdout,
    script.replaceAll("__CALL__", () => call),
  );
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const quotedForFish = (text: string): string =>
  `'${text.replaceAll("\\", String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;
