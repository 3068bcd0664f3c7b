import { createInterface } from "node:readline/promises";
import { pauseActivity } from "./activity.ts";
import { safeLine, writeError } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** A change that a command is about to make. */
interface Change {
  /** Sentences without a question: what happens, where, and to how many. */
  readonly what: string;
  /** Its parts, a line each. */
  readonly parts?: Iterable<string> | AsyncIterable<string>;
  /** Number of the parts, which may be more than are read. */
  readonly total?: number;
  /** How all parts can be seen, such as `--dry-run lists all`. */
  readonly seeAll?: string;
  /**
   * Where nobody can be asked: refuse it without `--yes`, or make it. Only for what is called from programs and can be
   * undone or repeated without harm.
   *
   * @default "refuse"
   */
  readonly elsewhere?: "refuse" | "proceed";
}

interface ConfirmationOptions {
  /** The user has confirmed on the command line. */
  readonly yes?: true;
}

/** Parts that are shown before the question. */
const maxShown = 20;

/**
 * The rule for every command that changes something: it shows what it will do and asks on a terminal. Elsewhere it
 * needs `--yes`; without it `UsageError` is thrown. Where the answer is no, it says so and sets exit code 1.
 */
export async function isConfirmed(change: Change, { yes }: ConfirmationOptions): Promise<boolean> {
  if (yes) return true;
  const { what, elsewhere = "refuse" } = change;
  if (!process.stdin.isTTY && elsewhere === "proceed") return true;
  await show(change);
  if (!process.stdin.isTTY) throw new UsageError(`${what} Nothing was changed; confirm it with --yes.`);
  if (/^y(es)?$/i.test((await ask(`${what} Go on? [y/N] `)).trim())) return true;
  writeError("Nothing was changed.\n");
  process.exitCode = 1;
  return false;
}

async function show({ parts = [], total = 0, seeAll }: Change): Promise<void> {
  let shown = 0;
  for await (const part of parts) {
    if (shown === maxShown) break;
    writeError(`  ${safeLine(part)}\n`);
    shown++;
  }
  if (total > shown)
    writeError(
      `  and ${(total - shown).toLocaleString("en")} more${seeAll === undefined ? "" : `; ${seeAll}`}\n`,
    );
}

/** The answer; Ctrl-C and Ctrl-D are none. */
async function ask(question: string): Promise<string> {
  pauseActivity(true);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await prompt.question(question);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "AbortError") throw error;
    writeError("\n");
    return "";
  } finally {
    prompt.close();
    pauseActivity(false);
  }
}
