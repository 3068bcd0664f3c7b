import { shortTime } from "../../console/columns.ts";
import { stackLedger } from "../../aws/stack-ledger.ts";
import { logLine as jsonLine } from "../../aws/telemetry.ts";
import { isConfirmed } from "../../console/confirmation.ts";
import { rowPrinter } from "../../console/rows.ts";
import { counted, escapeLine, safeLine, write } from "../../console/terminal.ts";
import { UsageError } from "../../console/usage-error.ts";
import { remarkOnAudience } from "../known-names.ts";
import { program } from "../options.ts";
import { need, type StackOptions } from "../stack.ts";
import { withStack } from "../with-stack.ts";
import { pendingMessages, type PendingMessage } from "./pending.ts";

export interface OutboxOptions extends StackOptions {
  readonly audience?: string;
  readonly yes?: true;
  readonly json?: true;
}

const columns = [
  { title: "decided (UTC)", short: shortTime },
  { title: "id" },
  { title: "audience", shrinks: true },
  { title: "subject", shrinks: true },
  { title: "entries", align: "right", short: (cell: string) => cell.replace(/ .*/, "") },
] as const;

/** Lists the messages that were decided and not sent. */
export const listOutbox = (options: OutboxOptions): Promise<void> =>
  withStack("outbox", options, async (stack, clients) => {
    let count = 0;
    const rows = rowPrinter(columns);
    for await (const message of pendingMessages(clients, need(stack, "bucket", "table"), options.audience)) {
      count++;
      const { at, id, audience, subject, entries } = message;
      if (options.json) await write(process.stdout, `${jsonLine({ ...message })}\n`);
      else await rows.add([at, id, audience, subject, counted(entries, "entry", "entries")]);
    }
    await rows.end();
    if (count === 0) await remarkOnAudience(options.audience, stack);
    if (options.json) return;
    const none =
      options.audience === undefined
        ? "Every message was sent."
        : `No message to ${safeLine(options.audience)} waits.`;
    const summary = count === 0 ? none : `${counted(count, "message", "messages")} not sent`;
    await write(process.stdout, `${summary}\n`);
  });

/** Marks messages as sent, so that deliver skips them. */
export async function dropFromOutbox(given: readonly string[], options: OutboxOptions): Promise<void> {
  const ids = new Set(given);
  await withStack("outbox", options, async (stack, clients) => {
    const address = need(stack, "bucket", "table");
    const found: PendingMessage[] = [];
    for await (const message of pendingMessages(clients, address, options.audience))
      if (ids.has(message.id)) found.push(message);
    const known = new Set(found.map(({ id }) => id));
    const unknown = [...ids].filter((id) => !known.has(id));
    if (unknown.length > 0)
      throw new UsageError(
        `No message with these ids is waiting: ${unknown.map(escapeLine).join(", ")}; \`${program} outbox list\` shows what waits.`,
      );
    const what = `${safeLine(stack.name)}: readers will never get ${counted(found.length, "message", "messages")}.`;
    const parts = found.map(({ id, audience, subject }) => `${id}  ${audience}  ${subject}`);
    if (!(await isConfirmed({ what, parts, total: parts.length }, options))) return;
    const ledger = stackLedger(clients, address.table);
    for (const { id, audience, subject } of found) {
      await ledger.markSent(id);
      if (options.json)
        await write(process.stdout, `${jsonLine({ id, audience, subject, outcome: "dropped" })}\n`);
    }
    if (!options.json)
      await write(process.stdout, `${counted(found.length, "message", "messages")} dropped\n`);
  });
}
