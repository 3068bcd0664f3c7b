import { replayTargets } from "../replay/run.ts";
import type { StackOptions } from "../stack.ts";
import { quarantineKey } from "./quarantine-key.ts";

export interface ReplayQuarantineOptions extends StackOptions {
  readonly yes?: true;
  readonly json?: true;
}

/** Replays quarantined snapshots and messages as `replay` does, after a question. */
export async function replayQuarantine(
  given: readonly string[],
  options: ReplayQuarantineOptions,
): Promise<void> {
  const keys = [...new Set(given.map(quarantineKey))];
  const isWithinFolder = (key: string) =>
    keys.some((folder) => folder !== key && folder.endsWith("/") && key.startsWith(folder));
  const targets = keys
    .filter((key) => !isWithinFolder(key))
    .map((prefix) => ({ kind: "quarantine", prefix }) as const);
  await replayTargets(targets, options);
}
