import { stackLedger } from "../../aws/stack-ledger.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { need, type StackOptions } from "../stack.ts";
import { audiencesOf, checkAudience } from "../stack-audiences.ts";
import { withStack } from "../with-stack.ts";

export interface PauseOptions extends StackOptions {
  readonly audience?: string;
}

/** Pauses or resumes one audience, or all of the configuration. */
export const setPaused = (options: PauseOptions, isPaused: boolean): Promise<void> =>
  withStack(isPaused ? "pause" : "resume", options, async (stack, clients) => {
    const audiences = await audiencesOf(stack);
    const { audience } = options;
    if (audience !== undefined) checkAudience(audience, audiences);
    const chosen = audience === undefined ? audiences : [audience];
    const ledger = stackLedger(clients, need(stack, "table").table);
    for (const name of chosen) await ledger.pause(name, isPaused);
    const what = counted(chosen.length, "audience", "audiences");
    const state = isPaused ? "paused" : "resumed";
    await write(process.stdout, `${safeLine(stack.name)}: ${what} ${state} (${chosen.join(", ")})\n`);
  });
