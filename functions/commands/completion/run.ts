import type { Command } from "commander";
import { localDirectory } from "../../console/live-stack.ts";
import { safeLine, write } from "../../console/terminal.ts";
import type { Shell } from "../completion.ts";
import type { LocalPlace } from "./local-names.ts";
import { files, valuesOf } from "./values.ts";
import { wantedIn, type CompletedWord } from "./wanted.ts";

/** The line that lets the shell complete names of files. */
const filesLine = ":files";

/** Prints what the last word can become: a line each, the value, a tab and its description; or `:files`. */
export async function printCompletions(root: Command, shell: Shell, words: readonly string[]): Promise<void> {
  const found = await completionsOf(root, shell === "bash" ? joinBroken(words) : words);
  if (found === files) return write(process.stdout, `${filesLine}\n`);
  const lines = found.map(({ value, description }) => {
    // bash replaces only what follows the equals sign, because it breaks words there.
    const shown = shell === "bash" && value.startsWith("--") ? value.slice(value.indexOf("=") + 1) : value;
    return `${safeLine(shown)}\t${safeLine(description)}\n`;
  });
  await write(process.stdout, lines.join(""));
}

/**
 * The words that the last word can become. Reads files and asks the local stack of the folder for at most 150 ms, because
 * somebody waits after a Tab; never AWS.
 */
export async function completionsOf(
  root: Command,
  words: readonly string[],
  place: LocalPlace = { directory: localDirectory, patience: 150 },
): Promise<readonly CompletedWord[] | typeof files> {
  const wanted = wantedIn(root, words);
  if (wanted.kind === "words") return wanted.candidates.filter(({ value }) => value.startsWith(wanted.typed));
  const { of, before, typed, choices, config } = wanted;
  const values =
    choices?.map((value) => ({ value, description: "" })) ??
    (await valuesOf(of, { ...place, ...(config !== undefined && { config }) }));
  if (values === files) return files;
  return values
    .filter(({ value }) => value.startsWith(typed))
    .map(({ value, description }) => ({ value: `${before}${value}`, description }));
}

/** bash breaks words at `=` and `:` (COMP_WORDBREAKS): joins them again, and removes a quotation mark that is open. */
function joinBroken(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let isOpen = false;
  for (const word of words) {
    const isBreak = /^[=:]+$/.test(word);
    if ((isBreak || isOpen) && joined.length > 0) joined.push(`${joined.pop() ?? ""}${word}`);
    else joined.push(word);
    isOpen = isBreak;
  }
  return joined.map((word) => word.replace(/^["']/, "").replace(/["']$/, ""));
}
