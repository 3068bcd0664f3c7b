import { prefixes } from "../../aws/environment.ts";
import { escapeLine } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { replayTargets } from "../replay/run.ts";
import type { StackOptions } from "../stack.ts";

export interface ReplayQuarantineOptions extends StackOptions {
  readonly yes?: true;
  readonly json?: true;
}

/** Replays quarantined snapshots and messages as `replay` does, after a question. */
export async function replayQuarantine(
  given: readonly string[],
  options: ReplayQuarantineOptions,
): Promise<void> {
  const wrong = given.find((key) => !key.startsWith(prefixes.quarantine));
  if (wrong !== undefined)
    throw new UsageError(
      `${escapeLine(wrong)} is no key in quarantine; give one that starts with ${prefixes.quarantine}, as \`quarantine\` lists it.`,
    );
  const keys = [...new Set(given)];
  const isWithinFolder = (key: string) =>
    keys.some((folder) => folder !== key && folder.endsWith("/") && key.startsWith(folder));
  const targets = keys
    .filter((key) => !isWithinFolder(key))
    .map((prefix) => ({ kind: "quarantine", prefix }) as const);
  await replayTargets(targets, options);
}
