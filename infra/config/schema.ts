import { prices } from "../../functions/core/cost/prices.ts";
import type { z } from "zod";
import type { Audience } from "../../functions/core/configuration.ts";
import { defaultLimits } from "../../functions/core/feed/limits.ts";
import { audiences, feedSlug } from "./audience-schema.ts";
import { deployment } from "./deployment-schema.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import { locale, object, oneOf, recordOf, text, timeZone, valueOf, wholeNumber } from "./validators.ts";

const feed = object({
  title: text("a title of at most 200 characters on one line", /^(?=.*\S)\P{C}{1,200}$/u)
    .exactOptional()
    .meta({ description: "Name that readers see.", unset: "the feed's own" }),
  url: text("an http or https URL of at most 2,000 characters", /^https?:\/\/[A-Za-z0-9[][!-~]{0,1990}$/)
    .exactOptional()
    .describe("Address of the feed, for `npx feedbell feeds import` and `export`. feedbell fetches nothing."),
  timeZone: timeZone
    .exactOptional()
    .meta({ description: "Time zone of the feed's dates that have none.", unset: "UTC" }),
  updates: oneOf("ignore", "mark", "resend").exactOptional().meta({
    description:
      "What happens if the text of a sent entry changes: nothing; send again, marked as updated; send again.",
    unset: "`ignore`",
  }),
  silentPeriods: wholeNumber("periods", 0, 1_000).exactOptional().meta({
    description: "`silentPeriods` of this feed; 0: it is never reported as silent.",
    unset: "the stack's",
  }),
});

const limits = object({
  bytes: wholeNumber("bytes", 1, 5 * 2 ** 30)
    .default(defaultLimits.bytes)
    .describe("Maximum size of a snapshot."),
  expandedBytes: wholeNumber("bytes", 1, 50 * 2 ** 30)
    .default(defaultLimits.expandedBytes)
    .describe("Maximum size after gzip expansion."),
  entries: wholeNumber("entries", 1, 10_000_000)
    .default(defaultLimits.entries)
    .describe("Maximum entries of a snapshot."),
  entryLength: wholeNumber("UTF-16 code units", 1, 2 ** 28)
    .default(defaultLimits.entryLength)
    .describe(
      "Maximum length of an entry, in UTF-16 code units. Determines the memory that the function needs.",
    ),
  depth: wholeNumber("elements", 1, 100_000)
    .default(defaultLimits.depth)
    .describe("Maximum nesting of elements."),
  attributes: wholeNumber("attributes", 1, 1_000_000)
    .default(defaultLimits.attributes)
    .describe("Maximum attributes of an element."),
  entities: wholeNumber("character references", 1, 100_000_000)
    .default(defaultLimits.entities)
    .describe("Maximum character references in a field."),
  milliseconds: wholeNumber("milliseconds", 1, 900_000)
    .exactOptional()
    .meta({ description: "Maximum time to read a snapshot.", unset: "half of the time-out" }),
});

/** The schema of `context.feedbell`. `crossCheck` compares values with each other. */
export const schema = object({
  audiences: audiences.prefault([
    { name: "alerts", mode: "alerts" },
    { name: "digest", mode: "digest" },
  ]),
  locale: locale.default("en").describe("Default of all audiences."),
  timeZone: timeZone.default("UTC").describe("Default of all audiences."),
  feeds: recordOf("an object of feeds by slug", feedSlug, feed).default({}),
  limits: limits.prefault({}),
  timeoutSeconds: wholeNumber("seconds", 1, 900)
    .default(120)
    .describe("Time-out of ingest. Lease and queue visibility are derived from it."),
  ledgerDays: wholeNumber("days", 1, 3_650)
    .default(60)
    .describe("How long an entry is remembered after its feed last contained it."),
  retryHours: wholeNumber("hours", 1, 240)
    .default(72)
    .describe("How long a snapshot that fails for a transient reason is retried before it is quarantined."),
  maxRetrySeconds: wholeNumber("seconds", 1, 900).default(900).describe("Longest delay between two retries."),
  silentPeriods: wholeNumber("periods", 0, 1_000)
    .default(5)
    .describe(
      "A feed is reported as silent after so many of its usual times between two snapshots, which are learnt; 0: never.",
    ),
  smsPartPrice: valueOf<number>(
    "a price in US dollars from 0 to 10",
    (value) => typeof value === "number" && value >= 0 && value <= 10,
    { json: { type: "number", minimum: 0, maximum: 10 } },
  )
    .default(prices.smsPart.usd)
    .describe("Price of an SMS part in USD, for the estimates of `preview`, `status` and `cost` only."),
  deployment: deployment.prefault({}),
});

/**
 * Milliseconds that reading can take within the function's time-out. The minimum is for test stacks with a time-out of
 * a second, where a busy machine must not cause a quarantine: a timed-out invocation is retried instead.
 */
export const readingTime = (timeoutSeconds: number): number => Math.max(timeoutSeconds * 1000, 10_000);

/** Fills in the defaults that depend on other values. */
export function complete(given: z.output<typeof schema>): StackConfiguration {
  const { locale, timeZone, audiences, limits, ...rest } = given;
  return {
    ...rest,
    audiences: audiences.map(({ sms, ...audience }): Audience => ({
      locale,
      timeZone,
      ...(audience.mode === "digest" && { schedule: "upload" }),
      ...audience,
      sms: { ...sms, maxParts: { ...sms.parts, ...sms.maxParts } },
    })),
    limits: {
      milliseconds: Math.min(defaultLimits.milliseconds, readingTime(rest.timeoutSeconds) / 2),
      ...limits,
    },
  };
}
