import * as fc from "../support/properties.ts";
import { expect, test } from "vitest";
import { digest } from "../../functions/core/digest.ts";
import { watchWaiting } from "../../functions/core/digest/watch-waiting.ts";
import type { IngestPorts } from "../../functions/core/ports.ts";
import { scheduled } from "../support/contracts/scheduled.ts";
import { audience, configuration, rss, startSystem } from "../support/fake-system.ts";

const daily = audience({ name: "daily", mode: "digest", schedule: "daily 07:00", digestItems: 3 });

const hour = 3_600_000;

test("runs of digest, ingest and watch at the same time send each entry once, in any order of their calls", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.scheduler(),
      async (slots, uploads, scheduler) => {
        const system = startSystem({ ...configuration, audiences: [daily] });
        const { clock, ledger } = system;
        const start = clock.now();
        await system.ingest(system.put("snapshots/a/1", rss([1, 2])));
        const versions = Array.from({ length: uploads }, (_, n) =>
          system.put(
            `snapshots/${n % 2 === 0 ? "a" : "b"}/${n + 2}`,
            rss([10 + n], (i) => `Later ${i}`),
          ),
        );
        const ports = {
          ...system.ports,
          ledger: scheduled(ledger, scheduler),
          outbox: scheduled(system.ports.outbox, scheduler),
          plans: { ...scheduled(system.plans, scheduler), list: system.plans.list },
        } satisfies IngestPorts;
        const context = { audience: daily, deadline: start + hour };
        const left = { audiences: [daily], before: start + hour, deadline: start + hour };
        const runs = Promise.all([
          ...slots.map((n) => digest({ slot: start + n * hour, attempts: 0 }, context, ports)),
          ...versions.map((version) => system.ingest(version, { ports })),
          watchWaiting(left, ports),
        ]);
        await scheduler.waitFor(runs);
        await runs;
        clock.advance(24 * hour);
        for (const _ of [1, 2]) {
          await digest({ slot: clock.now(), attempts: 0 }, { ...context, deadline: Infinity }, system.ports);
          clock.advance(24 * hour);
        }
        await system.drain();
        const expected = ["Title 1", "Title 2", ...versions.map((_, n) => `Later ${10 + n}`)];
        expect(system.told("daily").toSorted()).toEqual(expected.toSorted());
        expect(ledger.waits()).toBe(0);
      },
    ),
    { numRuns: Number(process.env["INTERLEAVINGS"] ?? 100), endOnFailure: true },
  );
});
