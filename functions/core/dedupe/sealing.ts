import { isDigestPlan, outboxMessages, type SnapshotPlan } from "../plan.ts";
import type { ClaimLedger, Outbox, Plans } from "../ports.ts";
import type { WaitingWriter } from "../waiting.ts";

/** The claim was taken over before it could be sealed: nothing was enqueued, and the snapshot is retried. */
export class ClaimLostError extends Error {
  constructor(id: string) {
    super(`The claim ${id} was taken over by another run.`);
    this.name = "ClaimLostError";
  }
}

interface SealingPorts {
  readonly plans: Pick<Plans, "write" | "read">;
  readonly ledger: ClaimLedger & Pick<WaitingWriter, "putWaiting">;
  readonly outbox: Outbox;
}

/** Writes the plan and seals the claim: from then on the plan decides, and any run may enqueue it. */
export async function seal(
  plan: SnapshotPlan,
  owner: string,
  { plans, ledger }: Pick<SealingPorts, "plans" | "ledger">,
): Promise<void> {
  const name = await plans.write(plan);
  if (await ledger.sealClaim(plan.claim, owner, name)) return;
  // A seal whose answer was lost is repeated by the client and then fails because of itself.
  const found = (await ledger.claims([plan.claim])).get(plan.claim);
  if (found?.plan !== name) throw new ClaimLostError(plan.claim);
}

/**
 * Enqueues the messages of a sealed plan, stores what waits for schedules, and finishes its claim: what waits is ready
 * only then. `again`: the plan may have been enqueued before.
 */
export async function enqueue(
  plan: SnapshotPlan,
  owner: string,
  { outbox, ledger, again = false }: Omit<SealingPorts, "plans"> & { readonly again?: boolean },
): Promise<void> {
  const { claim, at, messages, waiting = [] } = plan;
  if (messages.length > 0) await outbox.enqueue(outboxMessages(plan, again));
  if (waiting.length > 0) await ledger.putWaiting(claim, Date.parse(at), waiting);
  await ledger.finishClaim(claim, owner);
}

/**
 * Enqueues what an earlier run sealed and did not finish. May be repeated: deliver skips the messages that were sent,
 * and counts the starts of these from their first receive on. Otherwise a ledger that can be read but not written would
 * send a message once for each repetition.
 */
export async function resume(name: string, owner: string, { plans, ...ports }: SealingPorts): Promise<void> {
  const plan = await plans.read(name);
  if (isDigestPlan(plan)) throw new Error(`${name} is the plan of a digest; expected one of a snapshot.`);
  await enqueue(plan, owner, { ...ports, again: true });
}
