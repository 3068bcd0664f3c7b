import { outboxMessages, type Plan } from "../plan.ts";
import type { ClaimLedger, Outbox, Plans } from "../ports.ts";

/** The claim was taken over before it could be sealed: nothing was enqueued, and the snapshot is retried. */
export class ClaimLostError extends Error {
  constructor(id: string) {
    super(`The claim ${id} was taken over by another run.`);
    this.name = "ClaimLostError";
  }
}

interface SealingPorts {
  readonly plans: Pick<Plans, "write" | "read">;
  readonly ledger: ClaimLedger;
  readonly outbox: Outbox;
}

/** Writes the plan and seals the claim: from then on the plan decides, and any run may enqueue it. */
export async function seal(plan: Plan, owner: string, { plans, ledger }: SealingPorts): Promise<void> {
  const name = await plans.write(plan);
  if (await ledger.sealClaim(plan.claim, owner, name)) return;
  // A seal whose answer was lost is repeated by the client and then fails because of itself.
  const found = (await ledger.claims([plan.claim])).get(plan.claim);
  if (found?.plan !== name) throw new ClaimLostError(plan.claim);
}

/** Enqueues a plan that was just sealed, and finishes its claim. */
export async function enqueue(plan: Plan, owner: string, { outbox, ledger }: SealingPorts): Promise<void> {
  await outbox.enqueue(outboxMessages(plan));
  await ledger.finishClaim(plan.claim, owner);
}

/**
 * Enqueues what an earlier run sealed and did not finish. May be repeated: deliver skips the messages that were sent,
 * and counts the starts of these from their first receive on. Otherwise a ledger that can be read but not written would
 * send a message once for each repetition.
 */
export async function resume(
  name: string,
  owner: string,
  { plans, outbox, ledger }: SealingPorts,
): Promise<Plan> {
  const plan = await plans.read(name);
  await outbox.enqueue(outboxMessages(plan, true));
  await ledger.finishClaim(plan.claim, owner);
  return plan;
}
