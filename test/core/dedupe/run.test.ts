import { describe, expect, test } from "vitest";
import {
  ClaimHeldError,
  claimId,
  earlierClaims,
  startRun,
  type RunOptions,
} from "../../../functions/core/dedupe/run.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { fakeClock } from "../../support/fake-clock.ts";

const version = { bucket: "b", key: "snapshots/f/1", versionId: "v1", sequencer: "01" };

const setUp = () => {
  const clock = fakeClock();
  const ledger = memoryLedger(clock);
  let owners = 0;
  const start = (options: Partial<RunOptions> = {}) =>
    startRun(
      {
        version,
        owner: `owner-${owners++}`,
        lease: clock.now() + 60_000,
        ledgerDays: 60,
        now: clock.now,
        ...options,
      },
      ledger,
    );
  const end = async (pass: number) => {
    const id = claimId(version, undefined, pass);
    const { lease } = (await ledger.claims([id])).get(id) ?? { lease: 0 };
    clock.advance(120_000);
    expect(await ledger.endClaim(id, lease)).toBe(true);
  };
  return { clock, ledger, start, end };
};

describe("the id of a claim", () => {
  test("is the same for the same snapshot, request and pass, and another one otherwise", () => {
    const ids = [
      claimId(version, undefined, 0),
      claimId(version, undefined, 1),
      claimId(version, "request-1", 0),
      claimId(version, "request-2", 0),
      claimId({ ...version, versionId: "v2" }, undefined, 0),
      claimId({ ...version, key: "snapshots/f/2" }, undefined, 0),
      claimId({ ...version, bucket: "other" }, undefined, 0),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(claimId({ ...version, etag: "e", size: 7 }, undefined, 0)).toBe(ids[0]);
  });

  test("is that of the bytes where the bucket keeps no versions", () => {
    const { versionId: _, ...unversioned } = version;
    expect(claimId({ ...unversioned, etag: "e1" }, undefined, 0)).not.toBe(
      claimId({ ...unversioned, etag: "e2" }, undefined, 0),
    );
  });

  test("can be a deduplication id of SQS and part of a key", () => {
    expect(`${claimId(version, "a request", 99)}.0`).toMatch(/^[\w.-]{1,80}$/);
  });
});

describe("a run", () => {
  test("acquires its claim once, when it is asked for", async () => {
    const { ledger, start } = setUp();
    const run = start();
    expect(run.claim()).toBeUndefined();
    expect((await ledger.claims([claimId(version, undefined, 0)])).size).toBe(0);
    const [first, second] = await Promise.all([run.acquireClaim(), run.acquireClaim()]);
    expect([first, second, run.claim()]).toEqual(
      Array.from({ length: 3 }, () => claimId(version, undefined, 0)),
    );
  });

  test("waits while another run of the snapshot holds the claim", async () => {
    const { clock, start } = setUp();
    await start().acquireClaim();
    const held = start().acquireClaim();
    await expect(held).rejects.toThrow(ClaimHeldError);
    await expect(held).rejects.toHaveProperty("until", clock.now() + 60_000);
  });

  test("takes up the claim of a dead run of the same snapshot", async () => {
    const { clock, start } = setUp();
    await start().acquireClaim();
    clock.advance(60_000);
    expect(await start().acquireClaim()).toBe(claimId(version, undefined, 0));
  });

  test("takes the next pass for each claim that was ended or finished", async () => {
    const { ledger, start, end } = setUp();
    await start().acquireClaim();
    await end(0);
    const second = start();
    expect(await second.acquireClaim()).toBe(claimId(version, undefined, 1));
    await ledger.sealClaim(claimId(version, undefined, 1), second.owner, "plan");
    await expect(start().acquireClaim()).rejects.toThrow(ClaimHeldError);
    await ledger.finishClaim(claimId(version, undefined, 1), second.owner);
    expect(await start().acquireClaim()).toBe(claimId(version, undefined, 2));
  });

  test("has claims of its own for a request to send again", async () => {
    const { start } = setUp();
    await start().acquireClaim();
    expect(await start({ resend: "request-1" }).acquireClaim()).toBe(claimId(version, "request-1", 0));
  });

  test("ends when every claim was ended by others", async () => {
    const { ledger, start } = setUp();
    for (let pass = 0; pass < 100; pass++) {
      const id = claimId(version, undefined, pass);
      await ledger.acquireClaim(id, { owner: "x", round: 0, lease: 0 });
      await ledger.endClaim(id, 0);
    }
    await expect(start().acquireClaim()).rejects.toThrow(
      expect.objectContaining({ code: "claims-exhausted", fate: "retry" }),
    );
  });

  test("continues a claim that was handed to it, in its round", async () => {
    const { ledger, start } = setUp();
    const first = start();
    const claim = await first.acquireClaim();
    await ledger.handOnClaim(claim, { owner: first.owner, round: 1, lease: first.lease });
    const second = start({ continued: { claim, round: 1 } });
    expect([await second.acquireClaim(), second.round()]).toEqual([claim, 1]);
    await expect(start().acquireClaim()).rejects.toThrow(ClaimHeldError);
  });

  test("that can't continue its claim starts one of its own", async () => {
    const { start, end } = setUp();
    const claim = await start().acquireClaim();
    await end(0);
    const second = start({ continued: { claim, round: 1 } });
    expect([await second.acquireClaim(), second.round()]).toEqual([claimId(version, undefined, 1), 0]);
  });

  test("asks again after a failure of the ledger", async () => {
    const { ledger, clock } = setUp();
    let failures = 1;
    const failing = {
      ...ledger,
      acquireClaim: async (...given: Parameters<typeof ledger.acquireClaim>) => {
        if (failures-- > 0) throw new Error("throttled");
        return ledger.acquireClaim(...given);
      },
    };
    const run = startRun(
      { version, owner: "o", lease: clock.now() + 1, ledgerDays: 60, now: clock.now },
      failing,
    );
    await expect(run.acquireClaim()).rejects.toThrow("throttled");
    expect(run.claim()).toBeUndefined();
  });
});

test("the earlier claims of a snapshot are found in their order", async () => {
  const { ledger, start, end } = setUp();
  expect(await earlierClaims({ version }, ledger)).toEqual([]);
  await start().acquireClaim();
  await end(0);
  await start().acquireClaim();
  await start({ resend: "request-1" }).acquireClaim();
  expect((await earlierClaims({ version }, ledger)).map(({ id, state }) => [id, state])).toEqual([
    [claimId(version, undefined, 0), "ended"],
    [claimId(version, undefined, 1), "open"],
  ]);
  expect(await earlierClaims({ version, resend: "request-1" }, ledger)).toHaveLength(1);
});
