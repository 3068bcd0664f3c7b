import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/feedbell.ts";
import { noTerminal } from "../support/on-terminal.ts";
import { skippedIf } from "../support/skipped.ts";

/** Runs code with a progress bar on a pseudo-terminal. */
function withBar(code: string, options: string) {
  const module = path.join(root, "functions/console/progress.ts");
  const script = `const { startProgress } = await import("${module}"); const bar = startProgress(3, ${options}); bar.step(); ${code}`;
  const command = `'${process.execPath}' --input-type=module -e '${script}'`;
  return spawnSync("script", ["-qec", command, "/dev/null"], {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, TERM: "xterm-256color" },
  });
}

const [hidden, visible] = ["\u001b[?25l", "\u001b[?25h"];

test.each(["SIGINT", "SIGTERM"])(
  "%s ends the process as without a bar, and the cursor is visible again",
  { timeout: 60_000, ...skippedIf(noTerminal !== undefined, noTerminal ?? "") },
  (signal) => {
    const code = `process.kill(process.pid, "${signal}"); setTimeout(() => undefined, 30_000);`;
    const { stdout, status } = withBar(code, "{}");
    expect(stdout).toContain("of 3");
    expect(stdout.lastIndexOf(visible)).toBeGreaterThan(stdout.lastIndexOf(hidden));
    expect(status, "128 and the number of the signal").toBe(signal === "SIGINT" ? 130 : 143);
  },
);

test(
  "a bar that has ended leaves the signals alone, and --json has none",
  { timeout: 60_000, ...skippedIf(noTerminal !== undefined, noTerminal ?? "") },
  () => {
    const { stdout } = withBar('bar.stop(); console.log(String(process.listenerCount("SIGINT")));', "{}");
    expect(stdout).toMatch(/0\r?\n$/);
    expect(withBar("bar.stop();", "{ json: true }").stdout).toBe("");
  },
);
