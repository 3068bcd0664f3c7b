import { openClients } from "../../aws/stack-clients.ts";
import { stackLedger } from "../../aws/stack-ledger.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { readConfiguration } from "../options.ts";
import { findStack, need, type StackOptions } from "../stack.ts";

export interface PauseOptions extends StackOptions {
  readonly audience?: string;
}

/** Pauses or resumes one audience, or all of the configuration. */
export async function setPaused(options: PauseOptions, isPaused: boolean): Promise<void> {
  const audiences = (await readConfiguration(undefined)).audiences.map(({ name }) => name);
  const { audience } = options;
  if (audience !== undefined && !audiences.includes(audience))
    throw new UsageError(
      `There is no audience ${JSON.stringify(audience)}; give one of ${audiences.join(", ")}.`,
    );
  const chosen = audience === undefined ? audiences : [audience];
  const stack = await findStack(options);
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
