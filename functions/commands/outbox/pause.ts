import { stackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { need, type StackOptions } from "../stack.ts";
import { audiencesOf, checkAudience } from "../known-names.ts";
import { withStack } from "../with-stack.ts";

export interface PauseOptions extends StackOptions {
  readonly audience?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Pauses or resumes one audience, or all of the configuration. */
export const setPaused = (options: PauseOptions, isPaused: boolean): Promise<void> =>
  withStack(isPaused ? "pause" : "resume", options, async (stack, clients) => {
    const audiences = await audiencesOf(stack);
    const { audience } = options;
    if (audience !== undefined) checkAudience(audience, audiences);
    const chosen = audience === undefined ? audiences : [audience];
    const ledger = stackLedger(clients, need(stack, "table").table);
    const audiencesInWords = `${counted(chosen.length, "audience", "audiences")} (${chosen.join(", ")})`;
    const what = isPaused
      ? `${safeLine(stack.name)}: nothing more is published to ${audiencesInWords} until \`resume\`.`
      : `${safeLine(stack.name)}: the held messages of ${audiencesInWords} go out.`;
    if (!(await isConfirmed({ what, elsewhere: "proceed" }, options))) return;
    for (const name of chosen) {
      await ledger.pause(name, isPaused);
      if (options.json) await write(process.stdout, `${jsonLine({ audience: name, paused: isPaused })}\n`);
    }
    if (options.json) return;
    const state = isPaused ? "paused" : "resumed";
    const count = counted(chosen.length, "audience", "audiences");
    await write(process.stdout, `${safeLine(stack.name)}: ${count} ${state} (${chosen.join(", ")})\n`);
  });
