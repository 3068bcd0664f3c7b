import { stackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { counted, safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { need, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { pendingMessages } from "./pending.ts";

export interface OutboxOptions extends StackOptions {
  readonly audience?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Lists the messages that were decided and not sent. */
export const listOutbox = (options: OutboxOptions): Promise<void> =>
  withStack("outbox", options, async (stack, clients) => {
    let count = 0;
    for await (const message of pendingMessages(clients, need(stack, "bucket", "table"), options.audience)) {
      count++;
      const { at, id, audience, subject, entries } = message;
      const line = [at, id, audience, subject, counted(entries, "entry", "entries")].map(safeLine).join("  ");
      await write(process.stdout, `${options.json ? jsonLine({ ...message }) : line}\n`);
    }
    if (!options.json) await write(process.stdout, `${counted(count, "message", "messages")} not sent\n`);
  });

/** Marks messages as sent, so that deliver skips them. */
export async function dropFromOutbox(ids: readonly string[], options: OutboxOptions): Promise<void> {
  if (!options.yes)
    throw new UsageError(
      `Readers will never get ${counted(ids.length, "this message", "these messages")}; confirm it with --yes.`,
    );
  await withStack("outbox", options, async (stack, clients) => {
    const address = need(stack, "bucket", "table");
    const known = new Set<string>();
    for await (const { id } of pendingMessages(clients, address, options.audience)) known.add(id);
    const unknown = ids.filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new UsageError(
        `No message with these ids is waiting: ${unknown.join(", ")}; see \`outbox list\`.`,
      );
    const ledger = stackLedger(clients, address.table);
    for (const id of ids) await ledger.markSent(id);
    await write(process.stdout, `${counted(ids.length, "message", "messages")} dropped\n`);
  });
}
