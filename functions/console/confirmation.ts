import { createInterface } from "node:readline/promises";
import { UsageError } from "./usage-error.ts";

interface ConfirmationOptions {
  /** The user has confirmed on the command line. */
  readonly yes?: true;
}

/**
 * Asks on a terminal whether to go on. Elsewhere nobody can answer: throws `UsageError` with the question's subject,
 * unless the command line has `--yes`.
 */
export async function isConfirmed(what: string, { yes }: ConfirmationOptions): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${what} Nothing was changed; confirm it with --yes.`);
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${what} Go on? [y/N] `).finally(() => prompt.close());
  return /^y(es)?$/i.test(answer.trim());
}
