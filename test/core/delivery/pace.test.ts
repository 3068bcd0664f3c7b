import * as fc from "../../support/properties.ts";
import { describe, expect, test } from "vitest";
import { paceOf } from "../../../functions/core/delivery/pace.ts";
import { publishGroup } from "../../../functions/core/delivery/publish-group.ts";
import type { DeliverPorts } from "../../../functions/core/ports.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { received } from "../../support/outbox-messages.ts";

/** The most of these times, milliseconds, within any window of one second. */
function maxInOneSecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let max = 0;
  let from = 0;
  for (const [to, time] of sorted.entries()) {
    while ((sorted[from] ?? time) <= time - 1_000) from++;
    max = Math.max(max, to - from + 1);
  }
  return max;
}

/** Milliseconds between the start of a call and its effect at each message, from there to its answer, and to write a mark. */
interface Stall {
  readonly before: number;
  readonly after: number;
  readonly mark: number;
}

const stall: fc.Arbitrary<Stall> = fc.record({
  before: fc.oneof(fc.nat(60), fc.nat(5_000)),
  after: fc.oneof(fc.nat(60), fc.nat(5_000)),
  mark: fc.oneof(fc.constant(0), fc.nat(200)),
});

/** When the messages of some invocations for one audience took effect, epoch milliseconds. */
async function play(messagesPerSecond: number, batches: readonly number[], stalls: readonly Stall[]) {
  const clock = fakeClock();
  const times: number[] = [];
  let calls = 0;
  let markTime = 0;
  const ledger = memoryLedger(clock);
  const ports: DeliverPorts = {
    clock,
    ledger: {
      ...ledger,
      markSent: (id) => {
        clock.advance(markTime);
        return ledger.markSent(id);
      },
    },
    log: () => undefined,
    quarantine: { quarantineMessage: async () => undefined },
    topics: {
      limits: { messages: 10, bytes: 262_144 },
      publish: async (_, messages) => {
        const { before, after, mark } = stalls[calls++ % stalls.length] ?? { before: 0, after: 0, mark: 0 };
        markTime = mark;
        // A message takes effect anywhere between the start of its call and the answer: the worst is tried below.
        for (const [i] of messages.entries()) times.push(clock.now() + (before * i) / messages.length);
        clock.advance(before + after);
        return messages.map(() => ({ outcome: "accepted" }));
      },
    },
  };
  let number = 0;
  for (const size of batches) {
    const group = Array.from({ length: size }, () => received({ id: String(number++) }));
    const context = {
      messagesPerSecond,
      attempts: new Map(),
      deadline: Infinity,
      end: Infinity,
      daily: { day: "2026-11-26" },
    };
    await publishGroup(group, context, ports);
  }
  return times;
}

describe("the pace of an audience", () => {
  test("lets no window of one second hold more than its messages, however long each call takes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 60 }),
        fc.array(stall, { minLength: 1, maxLength: 5 }),
        async (rate, batches, stalls) => {
          expect(maxInOneSecond(await play(rate, batches, stalls))).toBeLessThanOrEqual(rate);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("holds in the worst case: a call takes effect at its end, the next ones at their start", () => {
    for (let rate = 1; rate <= 300; rate++) {
      const { callSize, pauseAfter } = paceOf(rate, 10);
      for (let size = 1; size <= callSize; size++) {
        const times = Array.from({ length: callSize }, () => 0);
        let answer = 0;
        while (answer < 1_000) {
          answer += pauseAfter(answer === 0 ? callSize : size);
          times.push(...Array.from({ length: size }, () => answer));
        }
        expect(maxInOneSecond(times), `${rate} a second in calls of ${size}`).toBeLessThanOrEqual(rate);
      }
    }
  });

  test.each([
    [1, 1, 1_000],
    [8, 8, 1_000],
    [10, 10, 1_000],
    [20, 10, 910],
    [100, 10, 110],
    [300, 10, 35],
  ])("of %i a second is calls of %i with a pause of %i ms", (rate, callSize, pause) => {
    const pace = paceOf(rate, 10);
    expect([pace.callSize, pace.pauseAfter(pace.callSize)]).toEqual([callSize, pause]);
  });

  test("of a small call asks for a shorter pause", () => {
    expect(paceOf(8, 10).pauseAfter(1)).toBe(1_000);
    expect(paceOf(100, 10).pauseAfter(1)).toBe(11);
  });

  test("counts the time in which marks are written", async () => {
    // The pause after a call of 10 is 110 ms, of which the marks take 50.
    const [first = 0, ...rest] = await play(100, [20], [{ before: 0, after: 0, mark: 5 }]);
    expect(rest.slice(9, 10).map((time) => time - first)).toEqual([110]);
    const slow = await play(100, [20], [{ before: 0, after: 0, mark: 20 }]);
    expect((slow[10] ?? 0) - (slow[0] ?? 0)).toBe(200);
  });
});
