import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { locate } from "../../console/input.ts";
import { readConfiguration } from "../options.ts";
import { setJson, type JsonPath } from "./json-edit.ts";

/** A change of one setting, below `context.feedbell`. */
export interface SettingChange {
  readonly path: JsonPath;
  readonly value: unknown;
}

/** The path of `cdk.json` or of another file with settings. */
export const settingsPath = (given: string | undefined): string =>
  given === undefined ? fileURLToPath(new URL("../../../cdk.json", import.meta.url)) : locate(given);

/**
 * Changes settings in a file and leaves the rest of its text as it is. The new text is written next to the file,
 * checked as a whole, and renamed, so that the file is never half written and never invalid. A link stays a link.
 * Throws `UsageError` if the new configuration is not valid.
 */
export async function changeSettings(file: string, changes: readonly SettingChange[]): Promise<void> {
  const target = await realpath(file);
  const text = await readFile(target, "utf8");
  const changed = changes.reduce(
    (edited, { path, value }) => setJson(edited, ["context", "feedbell", ...path], value),
    text,
  );
  const partial = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(partial, changed, { mode: (await stat(target)).mode, flag: "wx" });
    await readConfiguration(partial);
    await rename(partial, target);
  } finally {
    await rm(partial, { force: true });
  }
}
