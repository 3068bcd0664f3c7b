import { expect, test } from "vitest";
import { SnapshotError } from "../../../functions/core/errors.ts";
import { planFormat, type SnapshotPlan } from "../../../functions/core/plan.ts";
import { recoverSnapshotPlan } from "../../../functions/core/recovery/recover-plan.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { memoryPlans } from "../../../functions/memory/outbox.ts";
import { oneSnapshot } from "../../../functions/memory/snapshots.ts";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { rss } from "../../support/stack-under-test.ts";

const plan: SnapshotPlan = {
  format: planFormat,
  claim: "c.1",
  feed: "harbour",
  snapshot: { bucket: "b", key: "snapshots/harbour/1.xml", versionId: "v" },
  at: "2026-02-28T23:00:00.000Z",
  messages: [],
  waiting: [
    {
      audience: "morning",
      entries: [],
      rest: { count: 3, source: { slug: "harbour", title: "Harbour" } },
    },
  ],
};
const lost = { name: "plans/1", claim: plan.claim, at: 0, kind: "snapshot", isSealed: false } as const;
const context = { configuration: parseConfiguration({}), owner: "r", prefix: "snapshots/" };

const setUp = (open: Parameters<typeof oneSnapshot>[0]) => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  const ports = {
    ledger,
    clock,
    plans: memoryPlans(clock.now),
    snapshots: oneSnapshot(open),
    log: () => undefined,
  };
  const claim = async () => (await ledger.claims([plan.claim])).get(plan.claim);
  return { ledger, ports, claim, clock };
};

const harbour = async () => ({
  chunks: (async function* () {
    yield new TextEncoder().encode(rss("Harbour", "Crane", "Dock", "Quay"));
  })(),
});

test("the entries are known under the plan's own claim, which is finished, and wait for schedules", async () => {
  const { ledger, ports, claim } = setUp(harbour);
  expect(await recoverSnapshotPlan(lost, plan, context, ports)).toEqual({
    state: "recovered",
    entries: 3,
    waiting: 3,
  });
  expect(await claim()).toMatchObject({ state: "finished", plan: "plans/1" });
  expect(await ledger.waitingClaims("morning")).toEqual([
    { claim: "c.1", at: Date.parse(plan.at), entries: 3 },
  ]);
  // The next upload of the feed is no first import.
  expect(await ledger.readHead("harbour")).toMatchObject({ key: plan.snapshot.key, entries: 3, etag: "" });
  // Once more, as after an interruption: nothing is new.
  const again = await recoverSnapshotPlan({ ...lost, isSealed: true }, plan, context, ports);
  expect(again).toMatchObject({ state: "recovered", entries: 0 });
});

test("the head of a feed that was read after the plan stays", async () => {
  const { ledger, ports } = setUp(harbour);
  const head = {
    etag: '"later"',
    readBy: "reader",
    at: Date.parse(plan.at) / 1000 + 60,
    key: "snapshots/harbour/2.xml",
    entries: 4,
  };
  await ledger.writeHead("harbour", head);
  await recoverSnapshotPlan(lost, plan, context, ports);
  expect(await ledger.readHead("harbour")).toEqual(head);
});

test("a snapshot that is gone leaves its entries unknown, and the plan is not enqueued again", async () => {
  const { ports, claim } = setUp(async () => {
    throw new SnapshotError("snapshot-gone", "HTTP 404", "the version");
  });
  expect(await recoverSnapshotPlan(lost, plan, context, ports)).toEqual({
    state: "recovered",
    entries: 0,
    waiting: 3,
    unread: "snapshot-gone",
  });
  expect(await claim()).toMatchObject({ state: "finished" });
});

test("a claim that a live run holds is left alone", async () => {
  const { ledger, ports, claim, clock } = setUp(harbour);
  await ledger.acquireClaim(plan.claim, { owner: "ingest", round: 0, lease: clock.now() + 60_000 });
  expect(await recoverSnapshotPlan(lost, plan, context, ports)).toMatchObject({ state: "held" });
  expect(await claim()).toMatchObject({ state: "open" });
  expect(await ledger.waitingClaims("morning")).toEqual([]);
});

test("an error of a service is thrown, and the claim is free for the next attempt", async () => {
  const { ports, claim } = setUp(async () => {
    throw new Error("a broken connection");
  });
  await expect(recoverSnapshotPlan(lost, plan, context, ports)).rejects.toThrow("a broken connection");
  expect(await claim()).toMatchObject({ state: "open", lease: 0 });
});
