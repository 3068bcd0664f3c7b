import { prefixes } from "../../aws/environment.ts";
import { UsageError } from "../../console/usage-error.ts";
import { program } from "../options.ts";

/**
 * The key in quarantine of a key as any command prints it: `quarantine/voa/1.md`, `snapshots/voa/1.md` or `voa/1.md`.
 * Throws `UsageError` for one that names nothing below these folders.
 */
export function quarantineKey(given: string): string {
  if (given.startsWith(prefixes.quarantine)) return given;
  const key = given.startsWith(prefixes.snapshots) ? given.slice(prefixes.snapshots.length) : given;
  if (key === "") throw new UsageError(`Name a key in quarantine; \`${program} quarantine\` lists them.`);
  return `${prefixes.quarantine}${key}`;
}
