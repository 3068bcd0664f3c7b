import type { Configuration } from "./configuration.ts";
import type { SubscriptionCounts, WatchPorts } from "./ports.ts";
import { judgeFeeds } from "./silence/silent-feeds.ts";

/** A pause that is longer was probably forgotten. */
const longPause = 24 * 3_600_000;

/** Silent feeds that one log line names. */
const maxNamed = 50;

type StatesContext = Pick<Configuration, "audiences" | "feeds" | "silentPeriods">;

/**
 * Measures what no single event shows: pauses, subscriptions and silent feeds. What could not be read is logged and not
 * measured, so that no alarm mistakes it for 0. Returns the number of states that could not be read.
 */
export async function measureStates(context: StatesContext, ports: WatchPorts): Promise<number> {
  const states = {
    pauses: () => measurePauses(context, ports),
    subscriptions: () => measureSubscriptions(context, ports),
    feeds: () => measureFeeds(context, ports),
  };
  let failed = 0;
  for (const [state, measure] of Object.entries(states))
    try {
      await measure();
    } catch (error) {
      failed++;
      ports.log("error", "not measured", { state, why: String(error) });
    }
  return failed;
}

async function measurePauses(
  { audiences }: StatesContext,
  { ledger, clock, log, measure }: WatchPorts,
): Promise<void> {
  const now = clock.now();
  const long: string[] = [];
  for (const { name } of audiences) {
    const { pausedSince = now } = await ledger.readAudience(name);
    if (now - pausedSince > longPause) long.push(name);
  }
  if (long.length > 0) log("warn", "audiences paused for more than a day", { audiences: long });
  measure?.("longPauses", long.length);
}

async function measureSubscriptions(
  { audiences }: StatesContext,
  { subscriptions, log, measure }: WatchPorts,
): Promise<void> {
  const byAudience: Record<string, SubscriptionCounts> = {};
  for (const audience of audiences) byAudience[audience.name] = await subscriptions.count(audience);
  const sum = (state: keyof SubscriptionCounts) =>
    Object.values(byAudience).reduce((total, counts) => total + counts[state], 0);
  log("info", "subscriptions", { byAudience });
  measure?.("subscriptionsConfirmed", sum("confirmed"));
  measure?.("subscriptionsPending", sum("pending"));
  measure?.("subscriptionsDeleted", sum("deleted"));
}

async function measureFeeds(
  context: StatesContext,
  { ledger, clock, log, measure }: WatchPorts,
): Promise<void> {
  const now = Math.floor(clock.now() / 1000);
  const judged = judgeFeeds(await ledger.knownFeeds(), context, now);
  const silent = judged.filter(({ state }) => state === "silent");
  if (silent.length > 0) {
    const named = silent.slice(0, maxNamed).map(({ place, key, rhythm, usual }) => ({
      feed: place,
      key,
      lastSnapshot: new Date(rhythm.seen * 1000).toISOString(),
      usualSeconds: usual,
    }));
    log("warn", "feeds silent", { count: silent.length, feeds: named });
  }
  measure?.("feeds", judged.filter(({ state }) => state !== "gone").length);
  measure?.("silentFeeds", silent.length);
}
