import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeAfter, pace, waitForPlace } from "../../../functions/core/routing/pace.ts";
import type { Clock } from "../../../functions/core/ports.ts";
import { memoryLedger } from "../../../functions/memory/ledger.ts";
import { mostInASecond } from "../../faults/windows.ts";

/** Time that goes on only when everybody sleeps, straight to whoever wakes first. */
function virtualTime(random: () => number) {
  let time = 1_000_000;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => Math.floor(time),
    random,
    sleep: (milliseconds) =>
      new Promise((wake) => sleepers.push({ until: time + Math.max(0, milliseconds), wake })),
  };
  const run = async (work: Promise<unknown>) => {
    let isOver = false;
    void work.finally(() => (isOver = true)).catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return work;
      const next = sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (!next) throw new Error("Everybody waits for ever.");
      sleepers.splice(sleepers.indexOf(next), 1);
      time = Math.max(time, next.until);
      next.wake();
    }
  };
  return { clock, run };
}

/** What one sender does, in order; milliseconds. */
interface Sender {
  readonly start: number;
  readonly batches: readonly {
    readonly count: number;
    /** Between having its place and SNS, and from there back. */
    readonly there: number;
    readonly back: number;
    readonly fate: "answered" | "dies" | "answer lost";
  }[];
}

const longest = 4_000;

async function play(senders: readonly Sender[], seed: number) {
  let state = seed;
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const { clock, run } = virtualTime(random);
  const kept = memoryLedger(clock);
  const slow = async <T>(call: () => Promise<T>): Promise<T> => {
    await clock.sleep(random() * 40);
    const answer = await call();
    await clock.sleep(random() * 40);
    return answer;
  };
  const ledger = {
    pace: (audience: string) => slow(() => kept.pace(audience)),
    setPace: async (audience: string, from: readonly number[], to: readonly number[]) => {
      const isSet = await slow(() => kept.setPace(audience, from, to));
      // The call is repeated when its answer is lost, and then finds its own work.
      return isSet && random() < 0.1 ? slow(() => kept.setPace(audience, from, to)) : isSet;
    },
  };
  const accepted: number[] = [];
  const send = async ({ start, batches }: Sender) => {
    await clock.sleep(start);
    for (const { count, there, back, fate } of batches) {
      const limits = { deadline: Infinity, longest };
      const place = await waitForPlace("a", count, limits, { ledger, clock, log: () => undefined });
      if (!place) throw new Error("There is always time.");
      await clock.sleep(there);
      accepted.push(...Array.from({ length: count }, () => clock.now()));
      await clock.sleep(back);
      if (fate === "dies") return;
      if (fate === "answered") await place.leave();
    }
  };
  await run(Promise.all(senders.map(send)));
  return { accepted, took: clock.now() };
}

const sender = fc.record({
  start: fc.nat(5_000),
  batches: fc.array(
    fc.record({
      count: fc.integer({ min: 1, max: 10 }),
      there: fc.oneof(fc.nat(60), fc.nat(longest - 1)),
      back: fc.nat(100),
      fate: fc.constantFrom("answered", "answered", "answered", "dies", "answer lost"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

describe("the place before a topic", () => {
  test("never lets more than 10 messages to it in a second, however its senders stall or die", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sender, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 1e9 }),
        async (senders, seed) => {
          const { accepted } = await play(senders, seed);
          expect(mostInASecond(accepted)).toBeLessThanOrEqual(pace.messages);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is taken by another as soon as it is left, so that 7 messages a second go", async () => {
    const batch = { count: 10, there: 30, back: 30, fate: "answered" } as const;
    const senders = Array.from({ length: 20 }, () => ({ start: 0, batches: [batch] }));
    const { accepted } = await play(senders, 7);
    const seconds = ((accepted.at(-1) ?? 0) - (accepted[0] ?? 0)) / 1_000;
    expect(accepted).toHaveLength(200);
    expect((accepted.length - 10) / seconds).toBeGreaterThan(7);
  });

  test.each([
    [[], 10, -Infinity],
    [[1, 2, 3], 7, -Infinity],
    [[1, 2, 3], 8, 1 + pace.window],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, 1 + pace.window],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10, 10 + pace.window],
  ])("after messages at %j, %i more may go from %d on", (times, count, at) => {
    expect(freeAfter(times, count)).toBe(at);
  });

  test("that is not free in time is given up, a busy one and one that needs its distance", async () => {
    const { clock, run } = virtualTime(() => 0.5);
    const ledger = memoryLedger(clock);
    const start = clock.now();
    const ask = async () =>
      (await waitForPlace(
        "a",
        10,
        { deadline: start + 1_000, longest },
        { ledger, clock, log: () => undefined },
      ))
        ? "place"
        : clock.now() - start;
    expect(await run(ask())).toBe("place");
    expect(await run(ask())).toBeGreaterThan(1_000);
    const times = await ledger.pace("a");
    await ledger.setPace(
      "a",
      times,
      times.map(() => clock.now() - 1),
    );
    const before = clock.now();
    expect(await run(ask())).toBe(before - start);
  });
});
