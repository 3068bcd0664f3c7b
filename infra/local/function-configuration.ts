import { readFileSync } from "node:fs";
import path from "node:path";
import { configurationFile } from "../../functions/aws/environment.ts";
import type { Configuration } from "../../functions/core/configuration.ts";
import type { FunctionDefinition } from "./resources/resource-type.ts";

/** The configuration in the bundle of a function: what the running stack uses, which `cdk.json` may not say any more. */
export function readFunctionConfiguration({ taskRoot }: Pick<FunctionDefinition, "taskRoot">): Configuration {
  const file = readFileSync(path.join(taskRoot, configurationFile), "utf8");
  return (JSON.parse(file) as { readonly configuration: Configuration }).configuration;
}
