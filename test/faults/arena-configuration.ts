import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { StackConfiguration } from "../../infra/config/stack-configuration.ts";

/** Alerts of one snapshot, and entries that one digest shows, in every scenario. */
const maxAlerts = 3;
const digestItems = 5;

export interface ArenaConfiguration {
  /** Lease and visibility timeout follow from it, and so does the time that a case takes. */
  readonly timeoutSeconds: number;
  readonly maximumConcurrency: number;
  readonly digestItems?: number;
  /** @default 2 */
  readonly maxRetrySeconds?: number;
}

/** The audience with a schedule. */
const scheduledAudience = "daily";

/** What each audience is due where no entry is about the schedule. */
export const dueAtOnce =
  (expected: (audience: string) => readonly string[]) =>
  (audience: string): readonly string[] =>
    audience === scheduledAudience ? [] : expected(audience);

/** The word by which entries are due to the audience `daily`. */
export const scheduledWord = "Scheduled";

/**
 * Two audiences, alerts and digest, without a pace that would slow the cases down, and with short retries; a third one,
 * daily, has a schedule and gets only the entries of the scenarios that are about it.
 */
export function arenaAudiences(given: ArenaConfiguration): StackConfiguration {
  const { timeoutSeconds, maximumConcurrency, maxRetrySeconds = 2 } = given;
  const items = { digestItems: given.digestItems ?? digestItems, messagesPerSecond: 100 };
  return parseConfiguration(
    {
      audiences: [
        { name: "alerts", mode: "alerts", maxAlerts, ...items },
        { name: "digest", mode: "digest", ...items },
        {
          name: scheduledAudience,
          mode: "digest",
          schedule: "daily 07:00",
          rules: { include: [scheduledWord] },
          ...items,
        },
      ],
      timeoutSeconds,
      maxRetrySeconds,
      deployment: { maximumConcurrency },
    },
    { minTimeoutSeconds: 1 },
  );
}
