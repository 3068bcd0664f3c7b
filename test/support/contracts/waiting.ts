import { describe, expect, test } from "vitest";
import type { Alert } from "../../../functions/core/message/message.ts";
import type { Clock } from "../../../functions/core/ports.ts";
import type { AudienceLedger, WaitingLedger, WaitingWriter } from "../../../functions/core/waiting.ts";
import { fakeClock } from "../fake-clock.ts";

export type WholeWaitingLedger = WaitingWriter & WaitingLedger & AudienceLedger;

const source = { slug: "f", title: "A feed" };

const entry = (n: number, title = `Title ${n} 😀`): Alert => ({
  place: n,
  key: `entry#f#${n}`,
  source,
  title,
  dateSource: "published",
  date: "2026-03-01T00:00:00.000Z",
  authors: ["A. Writer"],
  categories: [],
  summary: "What happened.",
});

let unique = 0;

/** What every ledger must do for entries that wait and for the heads of audiences: in memory and on DynamoDB. */
export function waitingContract(name: string, make: (clock: Clock) => WholeWaitingLedger): void {
  describe(`the ${name} ledger of what waits`, () => {
    const setUp = () => {
      const clock = fakeClock();
      return { clock, ledger: make(clock), audience: `a${unique++}` };
    };

    describe("entries", () => {
      test("are read back whole by audience and claim, in the order of their snapshot", async () => {
        const { ledger, audience } = setUp();
        const entries = [entry(12), entry(3), entry(7, "Lone \ud83d surrogate")];
        const rest = { count: 940, source };
        await ledger.putWaiting("c.0", 5, [
          { audience, entries, rest },
          { audience: `${audience}-b`, entries: [entry(3)] },
        ]);
        expect(await ledger.waitingClaims(audience)).toEqual([{ claim: "c.0", at: 5, entries: 943 }]);
        expect(await ledger.readWaiting(audience, "c.0")).toEqual({
          entries: [entry(3), entry(7, "Lone \ud83d surrogate"), entry(12)],
          rest,
        });
        expect(await ledger.readWaiting(`${audience}-b`, "c.0")).toEqual({ entries: [entry(3)] });
        expect(await ledger.waitingAudiences()).toEqual(expect.arrayContaining([audience, `${audience}-b`]));
      });

      test("are absent where nothing was left", async () => {
        const { ledger, audience } = setUp();
        expect(await ledger.waitingClaims(audience)).toEqual([]);
        expect(await ledger.readWaiting(audience, "c.0")).toEqual({ entries: [] });
        expect(await ledger.waitingAudiences()).not.toContain(audience);
      });

      test("of 60 in one claim and of several claims are kept apart", async () => {
        const { ledger, audience } = setUp();
        const many = Array.from({ length: 60 }, (_, n) => entry(n));
        await ledger.putWaiting("c.0", 1, [{ audience, entries: many }]);
        await ledger.putWaiting("c.1", 2, [{ audience, entries: [entry(1)] }]);
        expect((await ledger.readWaiting(audience, "c.0")).entries).toEqual(many);
        expect((await ledger.readWaiting(audience, "c.1")).entries).toEqual([entry(1)]);
        expect(await ledger.waitingClaims(audience)).toHaveLength(2);
      });

      test("may be put again, and are not doubled", async () => {
        const { ledger, audience } = setUp();
        for (let n = 0; n < 2; n++)
          await ledger.putWaiting("c.0", 5, [{ audience, entries: [entry(1)], rest: { count: 2, source } }]);
        expect(await ledger.waitingClaims(audience)).toEqual([{ claim: "c.0", at: 5, entries: 3 }]);
        expect((await ledger.readWaiting(audience, "c.0")).entries).toEqual([entry(1)]);
      });

      test("are deleted with their claim, and with no other", async () => {
        const { ledger, audience } = setUp();
        await ledger.putWaiting("c.0", 5, [{ audience, entries: [entry(1)], rest: { count: 2, source } }]);
        await ledger.putWaiting("c.1", 6, [{ audience, entries: [entry(2)] }]);
        for (let n = 0; n < 2; n++) await ledger.deleteWaiting(audience, "c.0");
        expect(await ledger.readWaiting(audience, "c.0")).toEqual({ entries: [] });
        expect(await ledger.waitingClaims(audience)).toEqual([{ claim: "c.1", at: 6, entries: 1 }]);
      });

      test("of a covered claim stay marked after they were deleted and put again, for this audience only", async () => {
        const { clock, ledger, audience } = setUp();
        await ledger.putWaiting("c.0", 5, [{ audience, entries: [entry(1)] }]);
        await ledger.coverClaims(audience, ["c.0", "c.1"]);
        await ledger.deleteWaiting(audience, "c.0");
        await ledger.putWaiting("c.0", 5, [{ audience, entries: [entry(1)] }]);
        clock.advance(30 * 86_400_000);
        expect(await ledger.coveredClaims(audience, ["c.0", "c.2", "c.1"])).toEqual(new Set(["c.0", "c.1"]));
        expect(await ledger.coveredClaims(`${audience}-b`, ["c.0"])).toEqual(new Set());
        expect((await ledger.readWaiting(audience, "c.0")).entries).toEqual([entry(1)]);
      });

      test("of 300 claims are marked and looked up", async () => {
        const { ledger, audience } = setUp();
        const claims = Array.from({ length: 300 }, (_, n) => `c.${n}`);
        await ledger.coverClaims(audience, claims);
        expect(await ledger.coveredClaims(audience, claims)).toEqual(new Set(claims));
        expect(await ledger.coveredClaims(audience, [])).toEqual(new Set());
      });
    });

    describe("messages of an hour", () => {
      test("are added up by audience and clock hour", async () => {
        const { clock, ledger, audience } = setUp();
        const now = clock.now();
        expect(await ledger.countMessages(audience, now, 3)).toBe(0);
        expect(await ledger.countMessages(audience, now + 3_599_999, 2)).toBe(3);
        expect(await ledger.countMessages(audience, now + 3_600_000, 1)).toBe(0);
        expect(await ledger.countMessages(`${audience}-b`, now, 1)).toBe(0);
      });
    });

    describe("the head of an audience", () => {
      test("is empty at first, and has a plan from the seal to the end", async () => {
        const { ledger, audience } = setUp();
        expect(await ledger.readAudience(audience)).toEqual({});
        expect(await ledger.sealDigest(audience, { plan: "p", slot: 10, after: undefined })).toBe(true);
        expect(await ledger.readAudience(audience)).toEqual({ openPlan: "p" });
        expect(await ledger.digestPlan(audience, 10)).toBeUndefined();
        expect(await ledger.finishDigest(audience, { plan: "p", slot: 10 })).toBe(true);
        expect(await ledger.readAudience(audience)).toEqual({ slot: 10, lastPlan: "p" });
        expect(await ledger.digestPlan(audience, 10)).toBe("p");
        expect(await ledger.digestPlan(audience, 11)).toBeUndefined();
      });

      test("takes one plan at a time", async () => {
        const { ledger, audience } = setUp();
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, n) =>
            ledger.sealDigest(audience, { plan: `p${n}`, slot: 10 + n, after: undefined }),
          ),
        );
        expect(results.filter(Boolean)).toHaveLength(1);
        const { openPlan = "" } = await ledger.readAudience(audience);
        expect(await ledger.skipSlot(audience, { slot: 99, after: undefined })).toBe(false);
        expect(await ledger.finishDigest(audience, { plan: "another", slot: 10 })).toBe(false);
        expect((await ledger.readAudience(audience)).openPlan).toBe(openPlan);
      });

      test("takes no plan that was composed before another one was sent", async () => {
        const { ledger, audience } = setUp();
        await ledger.sealDigest(audience, { plan: "p", slot: 10, after: undefined });
        await ledger.finishDigest(audience, { plan: "p", slot: 10 });
        expect(await ledger.sealDigest(audience, { plan: "late", slot: 20, after: undefined })).toBe(false);
        expect(await ledger.skipSlot(audience, { slot: 20, after: undefined })).toBe(false);
        expect(await ledger.sealDigest(audience, { plan: "q", slot: 20, after: 10 })).toBe(true);
        expect(await ledger.finishDigest(audience, { plan: "q", slot: 20 })).toBe(true);
        expect(await ledger.finishDigest(audience, { plan: "q", slot: 20 })).toBe(false);
      });

      test("remembers a slot in which nothing was sent, and the last plan", async () => {
        const { ledger, audience } = setUp();
        await ledger.sealDigest(audience, { plan: "p", slot: 10, after: undefined });
        await ledger.finishDigest(audience, { plan: "p", slot: 10 });
        expect(await ledger.skipSlot(audience, { slot: 20, after: 10 })).toBe(true);
        expect(await ledger.readAudience(audience)).toEqual({ slot: 20, lastPlan: "p" });
        expect(await ledger.skipSlot(audience, { slot: 30, after: 10 })).toBe(false);
      });
    });
  });
}
