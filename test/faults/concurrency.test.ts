import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { dynamoLedger } from "../../functions/aws/ledger.ts";
import { retriesInTime } from "../../functions/aws/retries.ts";
import { ingest, type Outcome } from "../../functions/core/ingest.ts";
import type { Clock, Continued, Ports, SnapshotVersion } from "../../functions/core/ports.ts";
import { startTable } from "../support/contracts/table.ts";
import { configuration } from "../support/fake-system.ts";
import { marksIn, markOf, range, rss } from "./snapshots.ts";
import { mostInASecond } from "./windows.ts";

const table = await startTable();

afterAll(() => table.stop());

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => sleep(milliseconds),
  random: () => Math.random(),
};

interface Job {
  readonly version: SnapshotVersion;
  readonly continued?: Continued;
}

/** Runs every snapshot at once, and again until it is done, as the queue does. */
async function runAll(objects: ReadonlyMap<string, string>, versions: readonly SnapshotVersion[]) {
  const received: { audience: string; marks: readonly string[]; at: number }[] = [];
  let runs = 0;
  let handedBack = 0;
  const follow: Promise<void>[] = [];
  const ports: Ports = {
    clock,
    ledger: dynamoLedger(table.client, table.name, 60, clock, retriesInTime(clock)),
    log: () => undefined,
    snapshots: {
      open: async ({ versionId }) => ({
        chunks: (async function* () {
          yield Buffer.from(objects.get(versionId ?? "") ?? "");
        })(),
      }),
      quarantine: () => Promise.reject(new Error("Nothing should be put aside.")),
    },
    topics: {
      publish: async (_, messages) => {
        const at = Date.now();
        for (const { audience, email } of messages) received.push({ audience, marks: marksIn(email), at });
        return messages.map(() => ({ outcome: "accepted" }));
      },
    },
    continuations: {
      send: async (version, continued) => {
        follow.push(run({ version, continued }));
      },
    },
  };
  const run = async (job: Job): Promise<void> => {
    for (;;) {
      const now = Date.now();
      const turn = {
        claim: `run-${runs++}`,
        ...(job.continued && { continued: job.continued }),
        deadline: now + 20_000,
        end: now + 25_000,
        lease: now + 30_000,
        replay: true,
        prefix: "snapshots/",
      };
      const outcome: Outcome = await ingest(job.version, turn, configuration, ports);
      if (outcome.state !== "back") return;
      handedBack++;
      await sleep(200 + Math.random() * 200);
    }
  };
  await Promise.all(versions.map((version) => run({ version })));
  while (follow.length > 0) await follow.shift();
  return { received, runs, handedBack };
}

describe("50 runs at once on overlapping snapshots", () => {
  test("send each entry to each audience once, and to no topic more than 10 messages in any second", async () => {
    const objects = new Map<string, string>();
    const versions = range(0, 49).map((n): SnapshotVersion => {
      // Two events each of 25 versions, every one of which shares four of its five entries with the next.
      const start = (n % 25) + 1;
      objects.set(String(n), rss("crowd", range(start, start + 4)));
      return { bucket: "b", key: "snapshots/crowd/latest.xml", versionId: String(n) };
    });
    const { received, handedBack } = await runAll(objects, versions);
    const expected = range(1, 29).map((n) => markOf("crowd", n));
    for (const audience of ["alerts", "digest"]) {
      const own = received.filter((one) => one.audience === audience);
      expect(own.flatMap(({ marks }) => marks).toSorted()).toEqual(expected.toSorted());
      expect(mostInASecond(own.map(({ at }) => at))).toBeLessThanOrEqual(10);
    }
    // Otherwise they have not met.
    expect(handedBack).toBeGreaterThan(10);
  });
});

test.each([
  [[], 0],
  [[0, 100, 999], 3],
  [[0, 100, 1_000], 2],
  [[5_000, 0, 5_001, 5_002], 3],
])("of %j at most %i lie within a second", (times, most) => {
  expect(mostInASecond(times)).toBe(most);
});
