import { chance } from "../simulation/random.ts";
import { arenaAudiences, dueAtOnce } from "./arena-configuration.ts";
import { openArena } from "./arena.ts";
import type { Call } from "./calls.ts";
import { applies, kinds, type Kind } from "./proxy.ts";
import { markOf, range, rss } from "./snapshots.ts";
import { judge, promisedCases, type Verdict } from "./verdict.ts";

export interface RandomFaults {
  readonly seed: number;
  readonly snapshots: number;
  /** Share of all calls that fail. */
  readonly share: number;
  readonly deduplicationSeconds: number;
}

/** Each kind as often as it is named; a process dies in two faults of a hundred. */
const urn: readonly Kind[] = [
  ...kinds
    .filter((kind) => !kind.startsWith("killed"))
    .flatMap((kind) => Array.from({ length: 12 }, () => kind)),
  "killed before",
  "killed after",
];

/** Uploads overlapping snapshots of many feeds while a share of all calls fails in ways of chance. */
export async function playRandom({
  seed,
  snapshots,
  share,
  deduplicationSeconds,
}: RandomFaults): Promise<Verdict & { readonly summary: string }> {
  const begun = performance.now();
  const random = chance(seed);
  const perFeed = 10;
  const feeds = Array.from({ length: Math.ceil(snapshots / perFeed) }, (_, i) => `feed${i}`);
  const shown = 6;
  const step = 1;
  const arena = await openArena({
    configuration: arenaAudiences({ timeoutSeconds: 6, maximumConcurrency: 6, digestItems: 10 }),
    deduplicationSeconds,
  });
  let calls = 0;
  const faults = new Map<Kind, number>();
  const decide = (call: Call): Kind | undefined => {
    calls++;
    if (!random.is(share)) return undefined;
    const kind = random.pick(urn.filter((one) => applies(one, call)));
    faults.set(kind, (faults.get(kind) ?? 0) + 1);
    return kind;
  };
  try {
    const uploads = random.shuffle(
      feeds.flatMap((feed) => range(0, perFeed - 1).map((round) => ({ feed, round }))),
    );
    const after = await arena.play({
      decide,
      replays: true,
      upload: async ({ stack }) => {
        for (const { feed, round } of uploads.slice(0, snapshots)) {
          const from = round * step + 1;
          await stack.uploader.put(`snapshots/${feed}/latest.xml`, rss(feed, range(from, from + shown - 1)));
        }
      },
    });
    const expected = [
      ...new Set(
        uploads
          .slice(0, snapshots)
          .flatMap(({ feed, round }) =>
            range(round * step + 1, round * step + shown).map((number) => markOf(feed, number)),
          ),
      ),
    ];
    const verdict = judge(
      dueAtOnce(() => expected),
      after,
    );
    const injected = [...faults.values()].reduce((a, b) => a + b, 0);
    const duplicates = promisedCases.map((name) => `${verdict.duplicates[name]} ${name}`).join(", ");
    const summary = `Random faults (seed ${seed}, deduplication ${deduplicationSeconds} s): ${snapshots} snapshots with ${expected.length} entries for 2 audiences, ${calls} calls, ${injected} of them failed (${((100 * injected) / calls).toFixed(1)} %: ${[...faults].map(([kind, count]) => `${kind} ${count}`).join(", ")}); ${after.deaths.length} processes died or ran out of time, ${after.redriven} dead letters and quarantined snapshots or messages were replayed. Lost: ${verdict.lost.length}. Repeated: ${duplicates}. Otherwise wrong: ${verdict.broken.length}. ${Math.round((performance.now() - begun) / 1000)} s`;
    return { ...verdict, summary };
  } finally {
    await arena.close();
  }
}
