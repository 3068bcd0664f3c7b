import { spawn, spawnSync } from "node:child_process";
import { root } from "./feedbell.ts";

/** Why a test on a terminal is skipped; `undefined` where script (util-linux) can open one. */
export const noTerminal: string | undefined =
  process.platform !== "linux"
    ? "script(1) has other options on this system"
    : spawnSync("script", ["--version"]).error === undefined
      ? undefined
      : "script (util-linux) is not installed";

interface OnTerminal {
  /** What is typed after a text was shown. */
  readonly answers?: readonly (readonly [shown: string, typed: string])[];
  readonly columns?: number;
  readonly env?: NodeJS.ProcessEnv;
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** Runs the command line on a pseudo-terminal, whose one output has standard output and error. */
export function onTerminal(
  args: readonly string[],
  { answers = [], columns = 80, env = {} }: OnTerminal = {},
): Promise<{ readonly code: number | null; readonly shown: string }> {
  const command = [process.execPath, "functions/cli.ts", ...args].map(quoted).join(" ");
  const child = spawn("script", ["-qec", `stty cols ${columns}; ${command}`, "/dev/null"], {
    cwd: root,
    env: { ...process.env, TERM: "xterm-256color", FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
  });
  let shown = "";
  let next = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const [waited, typed] = answers[next] ?? [];
    if (waited === undefined || typed === undefined || !shown.includes(waited)) return;
    next++;
    child.stdin.write(typed);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      child.stdin.destroy();
      resolve({ code, shown: shown.replaceAll("\r\n", "\n") });
    });
  });
}
