import { expect, test } from "vitest";
import type { ListedPlan } from "../../../functions/core/ports.ts";
import { lostPlans } from "../../../functions/core/recovery/lost-plans.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { fakeClock } from "../../support/fake-clock.ts";

const lease = { owner: "o", round: 0, lease: 0 };

const setUp = () => {
  const ledger = memoryLedger(fakeClock());
  let at = 0;
  const listed: ListedPlan[] = [];
  /** Lists a plan; its name is returned. */
  const plan = (claim: string): string => {
    const name = `plans/${++at}`;
    listed.push({ name, claim, at });
    return name;
  };
  const lost = async () => {
    const found = await lostPlans(
      (async function* () {
        yield* listed;
      })(),
      ledger,
    );
    return found.map(({ name, isSealed }) => `${name}${isSealed ? " sealed" : ""}`);
  };
  return { ledger, plan, lost };
};

test("plans of claims that the ledger knows as finished or ended are not lost", async () => {
  const { ledger, plan, lost } = setUp();
  const finished = plan("a.0");
  await ledger.acquireClaim("a.0", lease);
  await ledger.sealClaim("a.0", "o", finished);
  await ledger.finishClaim("a.0", "o");
  plan("b.0");
  await ledger.acquireClaim("b.0", lease);
  await ledger.endClaim("b.0", 0);
  expect(await lost()).toEqual([]);
});

test("a claim that is unknown or open has lost the last of its plans, a sealed one the plan that it names", async () => {
  const { ledger, plan, lost } = setUp();
  plan("a.0");
  const last = plan("a.0");
  const open = plan("b.0");
  await ledger.acquireClaim("b.0", lease);
  const sealed = plan("c.0");
  plan("c.0");
  await ledger.acquireClaim("c.0", lease);
  await ledger.sealClaim("c.0", "o", sealed);
  expect(await lost()).toEqual([last, open, `${sealed} sealed`]);
});

test("a slot that is not done has lost its last plan, and an earlier slot has lost none", async () => {
  const { ledger, plan, lost } = setUp();
  // A plan of a run that was not the first one, at a slot in which nothing was sent.
  plan("digest-a-b-10");
  await ledger.skipSlot("a-b", { slot: 10, after: undefined });
  const done = plan("digest-a-b-20");
  await ledger.sealDigest("a-b", { plan: done, slot: 20, after: 10 });
  await ledger.finishDigest("a-b", { plan: done, slot: 20 });
  const open = plan("digest-a-b-30");
  await ledger.sealDigest("a-b", { plan: open, slot: 30, after: 20 });
  const later = plan("digest-a-b-50");
  plan("digest-a-b-40");
  const last = plan("digest-a-b-40");
  expect(await lost()).toEqual([`${open} sealed`, last, later]);
});
