import type { ClaimLedger, ListedPlan } from "../ports.ts";
import type { AudienceLedger } from "../waiting.ts";

/** A plan of which the ledger does not know that it was enqueued. */
export interface LostPlan extends ListedPlan {
  readonly kind: "snapshot" | "digest";
  /** The ledger knows that the plan was sealed, not that it was finished. */
  readonly isSealed: boolean;
}

/** Plans whose claims are read together. */
const batchSize = 100;

/** `digest-<audience>-<slot>`: what the messages of a digest are named after. */
const digestClaim = /^digest-(.+)-(\d+)$/;

/**
 * The plans that a ledger does not know as enqueued: what was decided after the time to which it was restored. Oldest
 * first, those of snapshots before those of digests. Void plans are omitted: those whose claim was sealed with another
 * plan or ended, those of a slot that was done otherwise, and all but the last of a claim or slot that is unknown,
 * because the last run that wrote a plan is the one that could seal it.
 */
export async function lostPlans(
  plans: AsyncIterable<ListedPlan>,
  ledger: Pick<ClaimLedger, "claims"> & Pick<AudienceLedger, "readAudience" | "digestPlan">,
): Promise<readonly LostPlan[]> {
  const listed: ListedPlan[] = [];
  for await (const plan of plans) listed.push(plan);
  const last = new Map(listed.map((plan) => [plan.claim, plan.name]));
  const isLast = ({ claim, name }: ListedPlan) => last.get(claim) === name;
  const ofSnapshots = listed.filter(({ claim }) => !digestClaim.test(claim));
  const ofDigests = listed.filter(({ claim }) => digestClaim.test(claim));
  const lost: LostPlan[] = [];
  for (let i = 0; i < ofSnapshots.length; i += batchSize) {
    const batch = ofSnapshots.slice(i, i + batchSize);
    const claims = await ledger.claims(batch.map(({ claim }) => claim));
    for (const plan of batch) {
      const found = claims.get(plan.claim);
      const isSealed = found?.state === "sealed" && found.plan === plan.name;
      const isUnknown = (found === undefined || found.state === "open") && isLast(plan);
      if (isSealed || isUnknown) lost.push({ ...plan, kind: "snapshot", isSealed });
    }
  }
  const heads = new Map<string, Awaited<ReturnType<AudienceLedger["readAudience"]>>>();
  const bySlot = ofDigests
    .map((plan) => ({ plan, ...slotOf(plan.claim) }))
    .toSorted((a, b) => a.slot - b.slot);
  for (const { plan, audience, slot } of bySlot) {
    const head = heads.get(audience) ?? (await ledger.readAudience(audience));
    heads.set(audience, head);
    const isSealed = head.openPlan === plan.name;
    const isLater =
      slot > (head.slot ?? -Infinity) && (await ledger.digestPlan(audience, slot)) === undefined;
    if (isSealed || (isLater && isLast(plan))) lost.push({ ...plan, kind: "digest", isSealed });
  }
  return lost;
}

function slotOf(claim: string): { readonly audience: string; readonly slot: number } {
  const [, audience = "", slot = ""] = digestClaim.exec(claim) ?? [];
  return { audience, slot: Number(slot) };
}
