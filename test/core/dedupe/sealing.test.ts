import { describe, expect, test } from "vitest";
import { ClaimLostError, enqueue, resume, seal } from "../../../functions/core/dedupe/sealing.ts";
import type { OutboxMessage, Plan } from "../../../functions/core/plan.ts";
import { planFormat } from "../../../functions/core/plan.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { memoryPlans } from "../../../functions/memory/outbox.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { outboxMessageOf } from "../../support/outbox-messages.ts";

const plan: Plan = {
  format: planFormat,
  claim: "c.0",
  feed: "f",
  snapshot: { bucket: "b", key: "snapshots/f/1" },
  at: "2026-03-01T00:00:00.000Z",
  messages: [0, 1].map((n) => ({
    ...outboxMessageOf({ id: `c.0.${n}` }),
    kind: "alert",
    keys: [`entry#f#${n}`],
    more: 0,
    sms: { text: "SMS", encoding: "GSM-7", parts: 1, forcing: [], omissions: [], candidates: [] },
  })),
};

const setUp = async () => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  const enqueued: OutboxMessage[] = [];
  const outbox = {
    enqueue: async (messages: readonly OutboxMessage[]) => {
      enqueued.push(...messages);
    },
  };
  const ports = { ledger, outbox, plans: memoryPlans(clock.now) };
  await ledger.acquireClaim(plan.claim, { owner: "o", round: 0, lease: clock.now() + 1_000 });
  const claim = async () => (await ledger.claims([plan.claim])).get(plan.claim);
  return { clock, ledger, enqueued, ports, claim };
};

describe("sealing", () => {
  test("writes the plan and names it in the claim, and enqueues nothing", async () => {
    const { ports, claim, enqueued } = await setUp();
    await seal(plan, "o", ports);
    const found = await claim();
    expect(found?.state).toBe("sealed");
    expect(await ports.plans.read(found?.plan ?? "")).toEqual(plan);
    expect(enqueued).toEqual([]);
  });

  test("succeeds when the answer of the ledger was lost and the call repeated", async () => {
    const { ports, ledger, claim } = await setUp();
    const lossy = {
      ...ledger,
      sealClaim: async (...given: Parameters<typeof ledger.sealClaim>) => {
        await ledger.sealClaim(...given);
        return ledger.sealClaim(...given);
      },
    };
    await seal(plan, "o", { ...ports, ledger: lossy });
    expect(await claim()).toMatchObject({ state: "sealed" });
  });

  test("fails for a claim that was ended", async () => {
    const { clock, ports, ledger, claim } = await setUp();
    clock.advance(1_000);
    await ledger.endClaim(plan.claim, clock.now());
    await expect(seal(plan, "o", ports)).rejects.toThrow(ClaimLostError);
    expect(await claim()).toMatchObject({ state: "ended" });
  });

  test("fails for a claim that another run of the snapshot has taken up or sealed", async () => {
    const { clock, ports, ledger } = await setUp();
    clock.advance(1_000);
    await ledger.acquireClaim(plan.claim, { owner: "other", round: 0, lease: clock.now() + 1_000 });
    await expect(seal(plan, "o", ports)).rejects.toThrow(ClaimLostError);
    await seal(plan, "other", ports);
    await expect(seal(plan, "o", ports)).rejects.toThrow(ClaimLostError);
  });
});

describe("a sealed plan", () => {
  test("is enqueued in its order, without the keys of its entries, and then finished", async () => {
    const { ports, claim, enqueued } = await setUp();
    await seal(plan, "o", ports);
    await enqueue(plan, "o", ports);
    expect(enqueued).toEqual([
      outboxMessageOf({ id: "c.0.0", parts: 1 }),
      outboxMessageOf({ id: "c.0.1", parts: 1 }),
    ]);
    expect(await claim()).toMatchObject({ state: "finished" });
  });

  test("is not finished when it could not be enqueued", async () => {
    const { ports, claim } = await setUp();
    await seal(plan, "o", ports);
    const outbox = { enqueue: () => Promise.reject(new Error("503")) };
    await expect(enqueue(plan, "o", { ...ports, outbox })).rejects.toThrow("503");
    expect(await claim()).toMatchObject({ state: "sealed" });
  });

  test("is finished by any other run, under the same ids, as one that may have been enqueued before", async () => {
    const { ports, claim, enqueued } = await setUp();
    await seal(plan, "o", ports);
    await resume((await claim())?.plan ?? "", "another owner", ports);
    expect(enqueued.map(({ id, again }) => [id, again])).toEqual([
      ["c.0.0", true],
      ["c.0.1", true],
    ]);
    expect(await claim()).toMatchObject({ state: "finished" });
  });
});
