import { SnapshotError } from "../errors.ts";
import { isDigestPlan, outboxMessages, type DigestPlan } from "../plan.ts";
import type { DigestPorts } from "../ports.ts";

/** Claims whose entries are deleted at the same time. */
const batchSize = 25;

export interface FinishOptions {
  /** Name of the plan. */
  readonly name: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** The plan may have been enqueued before. */
  readonly again: boolean;
}

/**
 * Enqueues a sealed plan, deletes the entries that it covers, and marks its slot as done. May be repeated: the claims are
 * marked as covered before anything is deleted, so that no run that stores their entries again brings them back.
 *
 * @throws `SnapshotError("out-of-time")` if entries are left to delete at the deadline; the next run continues.
 */
export async function finishPlan(
  plan: DigestPlan,
  { name, deadline, again }: FinishOptions,
  { outbox, ledger, clock }: DigestPorts,
): Promise<void> {
  const { audience, slot, covers } = plan;
  await outbox.enqueue(outboxMessages(plan, again));
  const left = new Set((await ledger.waitingClaims(audience)).map(({ claim }) => claim));
  const claims = covers.filter((claim) => left.has(claim));
  await ledger.coverClaims(audience, claims);
  for (let i = 0; i < claims.length; i += batchSize) {
    if (clock.now() > deadline)
      throw new SnapshotError("out-of-time", `${claims.length - i} claims left to delete`, "none");
    const batch = claims.slice(i, i + batchSize);
    await Promise.all(batch.map((claim) => ledger.deleteWaiting(audience, claim)));
  }
  await ledger.finishDigest(audience, { plan: name, slot: Date.parse(slot) });
}

/** Finishes the plan that an earlier run sealed. */
export async function finishOpenPlan(
  name: string,
  deadline: number,
  ports: DigestPorts,
): Promise<DigestPlan> {
  const plan = await ports.plans.read(name);
  if (!isDigestPlan(plan)) throw new Error(`${name} is no plan of a digest.`);
  await finishPlan(plan, { name, deadline, again: true }, ports);
  ports.log("warn", "digest finished", { audience: plan.audience, slot: plan.slot, plan: name });
  return plan;
}
