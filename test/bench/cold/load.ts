import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { environmentNames } from "../../../functions/aws/environment.ts";

/** Milliseconds until a module is loaded. */
export interface Load {
  readonly wall: number;
  /** Processor time of all threads. */
  readonly processor: number;
}

export type Measure = keyof Load;

/** Whether `taskset` can keep a process on one processor, so that nothing moves it to another one meanwhile. */
export const isPinned = canPin();

function canPin(): boolean {
  try {
    execFileSync("taskset", ["-c", "0", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Loads `NAME/NAME.mjs` of a folder in a fresh process, with the environment of the stack. */
export function load(folder: string, name: string): Load {
  const url = pathToFileURL(join(folder, name, `${name}.mjs`)).href;
  const script = `
    const processor = process.cpuUsage();
    const start = performance.now();
    const { handler } = await import(${JSON.stringify(url)});
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(processor);
    if (!handler) throw new Error("no handler");
    console.log(JSON.stringify({ wall, processor: (user + system) / 1000 }));`;
  const variables = Object.values(environmentNames).map((variable) => [variable, "x"]);
  const command = [process.execPath, "--input-type=module", "--eval", script];
  const [file = "", ...parameters] = isPinned ? ["taskset", "-c", "0", ...command] : command;
  const out = execFileSync(file, parameters, {
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      AWS_REGION: "eu-central-1",
      ...Object.fromEntries(variables),
    },
  });
  return JSON.parse(out) as Load;
}
