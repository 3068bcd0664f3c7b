import { endActivity } from "../../console/activity.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { widthOf } from "../../console/columns.ts";
import { painterFor, write } from "../../console/terminal.ts";
import { readConfiguration } from "../options.ts";
import type { StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { collectStatus } from "./collect-status.ts";
import { problemsIn } from "./problems.ts";
import { viewStatus } from "./view-status.ts";

export interface StatusOptions extends StackOptions {
  readonly watch?: true;
  readonly check?: true;
  readonly spend?: true;
  readonly config?: string;
  readonly json?: true;
}

/** Milliseconds between two looks with `--watch`. */
const interval = 5_000;

/** Moves to the top left corner and clears what is below (ECMA-48, CUP and ED). */
const clearScreen = "\u001b[H\u001b[J";

/** Prints the state of the stack, once or again and again. */
export async function showStatus(options: StatusOptions): Promise<void> {
  const configuration = await readConfiguration(options.config);
  await withStack("status", options, async (stack, clients) => {
    for (;;) {
      const status = await collectStatus({
        stack,
        clients,
        configuration,
        now: Date.now(),
        isSpendWanted: options.spend === true,
      });
      const problems = problemsIn(status);
      const isWorking = problems.length === 0;
      if (options.check && !isWorking) process.exitCode = 1;
      if (options.json)
        await write(process.stdout, `${jsonLine({ working: isWorking, problems, ...status })}\n`);
      else {
        const paint = painterFor(process.stdout, process.env);
        const text = viewStatus(status, problems, { paint, width: widthOf(process.stdout), configuration });
        await write(process.stdout, `${options.watch && process.stdout.isTTY ? clearScreen : ""}${text}\n`);
      }
      if (!options.watch) return;
      endActivity();
      await sleep(interval);
    }
  });
}
