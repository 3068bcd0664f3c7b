import { errorTable, type ErrorCode } from "../errors.ts";
import type { DeliverPorts } from "../ports.ts";
import type { OutboxMessage } from "../plan.ts";

/** Messages of one audience that are quarantined within an hour; beyond it the environment is at fault, not the messages. */
const maxQuarantinedPerHour = 10;

/**
 * Keeps a message under `quarantine/` and marks it, so that it is not sent. `false`: too many messages of the audience
 * were quarantined within this hour, and this one has to be retried.
 */
export async function quarantineMessage(
  message: OutboxMessage,
  { code, found, expected }: { readonly code: ErrorCode; readonly found: string; readonly expected: string },
  { ledger, quarantine, log, measure, emit }: DeliverPorts,
): Promise<boolean> {
  const { id, audience, subject } = message;
  if (!(await ledger.admitToQuarantine(audience, id, maxQuarantinedPerHour))) {
    log("error", "quarantine suspended", { audience, message: id, code, found });
    return false;
  }
  log("error", "message quarantined", { audience, message: id, subject, code, found, expected });
  const { hint } = errorTable[code];
  await quarantine.quarantineMessage({ id, audience, content: message }, { code, found, expected, hint });
  await ledger.markSent(id);
  measure?.("refused", 1, { code });
  emit?.();
  return true;
}
