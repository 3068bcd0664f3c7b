import { readFileSync } from "node:fs";
import type { Configuration } from "../core/configuration.ts";
import { configurationFile, environmentNames } from "./environment.ts";

export interface Settings {
  readonly configuration: Configuration;
  readonly table: string;
  readonly topicPrefix: string;
  readonly queue: string;
}

/** The configuration beside the bundle and the names from the environment; everything that is missing is named at once. */
export function readSettings(directory: string, environment: NodeJS.ProcessEnv): Settings {
  const missing = Object.values(environmentNames).filter((name) => !environment[name]);
  if (missing.length > 0)
    throw new Error(`Environment variables are missing: ${missing.join(", ")}; the stack sets them.`);
  return {
    configuration: JSON.parse(readFileSync(`${directory}/${configurationFile}`, "utf8")) as Configuration,
    table: environment[environmentNames.table] ?? "",
    topicPrefix: environment[environmentNames.topicPrefix] ?? "",
    queue: environment[environmentNames.queue] ?? "",
  };
}
