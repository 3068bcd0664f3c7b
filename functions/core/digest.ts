import type { Audience } from "./configuration.ts";
import { collect, type Collected } from "./digest/collect.ts";
import { finishOpenPlan, finishPlan } from "./digest/finish-plan.ts";
import { isTooFew, quietAt } from "./digest/postpone.ts";
import type { DigestPlan } from "./plan.ts";
import type { DigestPorts } from "./ports.ts";
import type { SlotRequest } from "./waiting.ts";

export interface DigestContext {
  readonly audience: Audience;
  /** Epoch milliseconds: nothing is deleted after it; a retry continues. */
  readonly deadline: number;
}

export type DigestResult =
  | { readonly state: "sent"; readonly plan: DigestPlan }
  /** The slot is not later than the last one that was done. */
  | { readonly state: "done before" }
  | { readonly state: "nothing waits" }
  /** Fewer than `minItems` wait. */
  | { readonly state: "too few"; readonly entries: number }
  /** The audience gets nothing in its quiet hours. */
  | { readonly state: "quiet" };

/** Runs of other processes that one run of digest gives way to. */
const maxRounds = 20;

/**
 * Sends what waits for an audience as one digest: collect, compose, seal, enqueue, clear. It may run again at any time
 * and after any end, concurrently too: each slot is done once, and each entry is in one digest.
 *
 * @throws `SnapshotError("out-of-time")` if entries are left to delete at the deadline; the next run continues.
 */
export async function digest(
  { slot, attempts, byHand = false }: Pick<SlotRequest, "slot" | "attempts" | "byHand">,
  { audience, deadline }: DigestContext,
  ports: DigestPorts,
): Promise<DigestResult> {
  const { name } = audience;
  const { ledger } = ports;
  for (let round = 0; round < maxRounds; round++) {
    const head = await ledger.readAudience(name);
    if (head.openPlan !== undefined) {
      const plan = await finishOpenPlan(head.openPlan, deadline, ports);
      if (Date.parse(plan.slot) === slot) return { state: "sent", plan };
      continue;
    }
    if (slot <= (head.slot ?? -Infinity)) return { state: "done before" };
    const order = { slot, after: head.slot };
    const now = ports.clock.now();
    const waiting = await collect(audience, ledger);
    for (const claim of waiting.stale) await ledger.deleteWaiting(name, claim);
    const skipped = reasonToSkip(waiting, audience, { slot, byHand, now, isLate: attempts > 0 });
    if (skipped) {
      if (await ledger.skipSlot(name, order)) return skipped;
      continue;
    }
    const { composeScheduled } = await import("./digest/compose-scheduled.ts");
    const plan = composeScheduled(waiting, audience, { slot, now });
    const sealed = { plan: await ports.plans.write(plan), ...order };
    // Another run sealed its plan first, or this seal is repeated because its answer was lost: that plan is finished first.
    if (!(await ledger.sealDigest(name, sealed))) continue;
    await finishPlan(plan, { name: sealed.plan, deadline, again: false }, ports);
    return { state: "sent", plan };
  }
  throw new Error(`Other runs of digest were first ${maxRounds} times for the audience ${name}.`);
}

/** Why nothing is sent at a slot. */
function reasonToSkip(
  { shown, more, since }: Collected,
  audience: Audience,
  {
    byHand,
    ...times
  }: { readonly slot: number; readonly byHand: boolean; readonly now: number; readonly isLate: boolean },
): DigestResult | undefined {
  const entries = shown.length + more;
  if (entries === 0) return { state: "nothing waits" };
  if (byHand) return undefined;
  if (quietAt(audience, times)) return { state: "quiet" };
  return isTooFew(audience, { entries, since, slot: times.slot }) ? { state: "too few", entries } : undefined;
}
