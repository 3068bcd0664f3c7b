import { openClients } from "../../aws/stack-clients.ts";
import { stackLedger } from "../../aws/stack-ledger.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { findStack, need, type StackOptions } from "../stack.ts";
import { audiencesOf, checkAudience } from "../stack-audiences.ts";

export interface PauseOptions extends StackOptions {
  readonly audience?: string;
}

/** Pauses or resumes one audience, or all of the configuration. */
export async function setPaused(options: PauseOptions, isPaused: boolean): Promise<void> {
  const stack = await findStack(options);
  const audiences = await audiencesOf(stack);
  const { audience } = options;
  if (audience !== undefined) checkAudience(audience, audiences);
  const chosen = audience === undefined ? audiences : [audience];
  const { table } = need(stack, "table");
  const clients = openClients(stack, process.env);
  try {
    const ledger = stackLedger(clients, table);
    for (const name of chosen) await ledger.pause(name, isPaused);
  } finally {
    clients.close();
  }
  const what = counted(chosen.length, "audience", "audiences");
  const state = isPaused ? "paused" : "resumed";
  await write(process.stdout, `${safeLine(stack.name)}: ${what} ${state} (${chosen.join(", ")})\n`);
}
