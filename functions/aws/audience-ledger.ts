import type { AudienceLedger } from "../core/waiting.ts";
import { keys, number, text, type ItemAttributes } from "./ledger-items.ts";
import { openTable } from "./table.ts";
import type { TableAccess } from "./table-lists.ts";

/** Seconds for which the plan of a digest is found by its slot: longer than the plan itself is kept. */
const digestSeconds = 90 * 86_400;

/** The heads of audiences: which digests they got. */
export function dynamoAudienceLedger({ client, table, clock, wait }: TableAccess): AudienceLedger {
  const { getItem, put, updateIf } = openTable(client, table, clock, wait);
  const untouched = (after: number | undefined) =>
    `attribute_not_exists(#plan) AND ${after === undefined ? "attribute_not_exists(#slot)" : "#slot = :after"}`;
  const values = (after: number | undefined): ItemAttributes =>
    after === undefined ? {} : { ":after": number(after) };
  return {
    async readAudience(audience) {
      const { slot, plan, lastPlan, paused, pausedAt } = (await getItem(keys.audience(audience))) ?? {};
      return {
        ...(slot?.N !== undefined && { slot: Number(slot.N) }),
        ...(plan?.S !== undefined && { openPlan: plan.S }),
        ...(lastPlan?.S !== undefined && { lastPlan: lastPlan.S }),
        // A pause of an earlier version does not say when it began.
        ...(paused?.BOOL === true && { pausedSince: Number(pausedAt?.N ?? 0) }),
      };
    },
    sealDigest: (audience, { plan, slot, after }) =>
      updateIf(keys.audience(audience), "SET #plan = :plan, #planSlot = :slot", untouched(after), {
        ":plan": text(plan),
        ":slot": number(slot),
        ...values(after),
      }),
    async finishDigest(audience, { plan, slot }) {
      await put(keys.digest(audience, slot), {
        plan: text(plan),
        expires: number(Math.floor(clock.now() / 1000) + digestSeconds),
      });
      return updateIf(
        keys.audience(audience),
        "SET #slot = #planSlot, #lastPlan = #plan REMOVE #plan, #planSlot",
        "#plan = :plan",
        { ":plan": text(plan) },
      );
    },
    skipSlot: (audience, { slot, after }) =>
      updateIf(keys.audience(audience), "SET #slot = :slot", untouched(after), {
        ":slot": number(slot),
        ...values(after),
      }),
    digestPlan: async (audience, slot) => (await getItem(keys.digest(audience, slot)))?.["plan"]?.S,
  };
}
