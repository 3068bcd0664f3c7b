import { allTraits, driftingFeed, type DriftingFeed, type FeedHabits } from "./feeds.ts";
import { chance } from "./random.ts";
import { startWorld } from "./world.ts";

export const minute = 60_000;
export const day = 86_400_000;

export interface Simulation {
  readonly feeds: number;
  readonly polls: number;
  /** Milliseconds between two polls of a feed. */
  readonly every: number;
  readonly seed: number;
  readonly habits: (index: number) => Omit<FeedHabits, "slug" | "trait">;
  /** Probability that a feed is not polled for up to this long. */
  readonly outage?: { readonly probability: number; readonly longest: number };
}

export interface SimulationResult {
  readonly snapshots: number;
  readonly appeared: number;
  /** Audience by audience: entries told once, told again, never told, and told without having appeared. */
  readonly audiences: Readonly<
    Record<string, { once: number; again: number; never: number; madeUp: number }>
  >;
  /** What was not told once, with the way in which its feed names entries. */
  readonly broken: readonly string[];
  readonly messages: number;
  /** The table's size after each tenth of the time, with what was in sight then. */
  readonly sizes: readonly {
    readonly at: number;
    readonly slots: number;
    readonly claims: number;
    readonly shown: number;
  }[];
  readonly seconds: number;
}

/** Polls drifting feeds for a while and compares what was told with what appeared. */
export async function simulate(simulation: Simulation): Promise<SimulationResult> {
  const begun = performance.now();
  const { feeds: count, polls, every, seed, outage } = simulation;
  const random = chance(seed);
  const world = startWorld();
  const start = world.clock.now();
  const feeds = Array.from({ length: count }, (_, i): DriftingFeed => {
    const trait = allTraits[i % allTraits.length] ?? "stable ids";
    const habits = { ...simulation.habits(i), slug: `feed${i}`, trait };
    return driftingFeed(habits, chance(seed + i + 1), start);
  });
  const silentUntil = new Map<DriftingFeed, number>();
  const sizes: SimulationResult["sizes"][number][] = [];
  const gap = every / count;
  for (let poll = 0; poll < polls; poll++) {
    for (const feed of random.shuffle(feeds)) {
      const due = start + poll * every + (feeds.indexOf(feed) + random.next()) * gap;
      world.clock.advance(Math.max(0, due - world.clock.now()));
      const now = world.clock.now();
      if ((silentUntil.get(feed) ?? 0) > now) continue;
      if (outage && random.is(outage.probability))
        silentUntil.set(feed, now + random.next() * outage.longest);
      const outcome = await world.upload(feed.slug, feed.poll(now));
      if (outcome.state !== "done" && outcome.state !== "unchanged")
        throw new Error(`${feed.slug} (${feed.trait}) ended as ${JSON.stringify(outcome)}`);
    }
    if ((poll + 1) % Math.ceil(polls / 10) === 0 || poll === polls - 1)
      sizes.push({
        at: world.clock.now() - start,
        ...world.size(),
        shown: feeds.reduce((sum, { shown }) => sum + shown.size, 0),
      });
  }
  const appeared = new Set(feeds.flatMap((feed) => [...feed.appeared]));
  const audiences = Object.fromEntries(
    [...world.told].map(([audience, counts]) => {
      const times = [...appeared].map((mark) => counts.get(mark) ?? 0);
      const tally = {
        once: times.filter((n) => n === 1).length,
        again: times.filter((n) => n > 1).length,
        never: times.filter((n) => n === 0).length,
        madeUp: [...counts.keys()].filter((mark) => !appeared.has(mark)).length,
      };
      return [audience, tally];
    }),
  );
  const traitOf = new Map(feeds.map(({ slug, trait }) => [slug, trait]));
  const broken = [...world.told].flatMap(([audience, counts]) =>
    [...appeared]
      .filter((mark) => counts.get(mark) !== 1)
      .map(
        (mark) =>
          `${audience} ${mark} ${counts.get(mark) ?? 0} times, ${traitOf.get(mark.slice(5).split("-", 1)[0] ?? "")}`,
      ),
  );
  const seconds = (performance.now() - begun) / 1000;
  return {
    broken,
    snapshots: world.runs(),
    appeared: appeared.size,
    audiences,
    messages: world.messages(),
    sizes,
    seconds,
  };
}

/** A week of polls every quarter of an hour. */
export const week = (feeds: number, polls: number, seed: number): Simulation => ({
  feeds,
  polls,
  every: 15 * minute,
  seed,
  habits: (index) => ({
    length: 12 + (index % 5) * 6,
    rate: [0.02, 0.1, 0.3, 0.8][index % 4] ?? 0,
    edits: 0.05,
    returns: 0.02,
    pinned: index % 3,
    isStamped: index % 2 === 0,
  }),
});

/** A year of one poll a day, with outages of up to ten days; the ledger remembers for 60 days. */
export const year = (feeds: number, seed: number): Simulation => ({
  feeds,
  polls: 365,
  every: day,
  seed,
  habits: (index) => ({
    length: 10 + (index % 4) * 5,
    // Some feeds never change: their bytes are the same all the year.
    rate: [0, 0.05, 0.5, 3][index % 4] ?? 0,
    edits: index % 4 === 0 ? 0 : 0.05,
    returns: 0,
    pinned: 3,
    isStamped: index % 3 === 0,
  }),
  outage: { probability: 0.01, longest: 10 * day },
});
