import { readFileSync } from "node:fs";
import type { Configuration } from "../core/configuration.ts";
import { configurationFile, environmentNames } from "./environment.ts";

type SettingName = keyof typeof environmentNames;

export type Settings<Name extends SettingName> = Readonly<Record<Name, string>> & {
  readonly configuration: Configuration;
  /** Hash of the bundle's code. */
  readonly codeHash: string;
};

/** The configuration next to the bundle and the named variables of the environment; reports all that are missing at once. */
export function readSettings<Name extends SettingName>(
  directory: string,
  environment: NodeJS.ProcessEnv,
  names: readonly Name[],
): Settings<Name> {
  const missing = names.map((name) => environmentNames[name]).filter((name) => !environment[name]);
  if (missing.length > 0)
    throw new Error(`Environment variables are missing: ${missing.join(", ")}; the stack sets them.`);
  const file = JSON.parse(readFileSync(`${directory}/${configurationFile}`, "utf8")) as {
    readonly configuration: Configuration;
    readonly codeHash: string;
  };
  const variables = names.map((name) => [name, environment[environmentNames[name]] ?? ""]);
  return { ...file, ...(Object.fromEntries(variables) as Record<Name, string>) };
}
