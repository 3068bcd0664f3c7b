import type { z } from "zod";
import type { Audience, FirstImport } from "../../functions/core/configuration.ts";
import { defaultLimits } from "../../functions/core/feed/limits.ts";
import { rules } from "./rules-schema.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import {
  flag,
  listOf,
  locale,
  object,
  oneOf,
  recordOf,
  text,
  timeZone,
  valueOf,
  wholeNumber,
} from "./validators.ts";

const slug = text(
  'a slug such as "news" or "city-desk": lower-case letters, digits and single hyphens, at most 40 characters',
  /^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
);
const feedSlug = text(
  'a feed\'s slug: ASCII letters, digits, ".", "_" and "-", at most 100',
  /^[\w.-]{1,100}$/,
);

// Ten parts of 153 characters are within the 1,600 that SNS accepts.
const smsParts = wholeNumber("SMS parts", 1, 10);

const audience = object({
  name: slug,
  mode: oneOf("alerts", "digest"),
  schedule: text("a schedule of at most 256 characters", /^.{1,256}$/su).exactOptional(),
  minItems: wholeNumber("entries", 1, 500).default(1),
  maxWaitDays: wholeNumber("days", 1, 14).default(7),
  quietHours: text(
    'two different times of day, such as "22:00-07:00"',
    /^(?!(.{5})-\1$)(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/,
  ).exactOptional(),
  maxPerHour: wholeNumber("alerts", 1, 1_000).exactOptional(),
  firstImport: valueOf<FirstImport>(
    'one of "digest", "silent" and "newest N" with N from 1 to 1000',
    (value) => typeof value === "string" && /^(?:digest|silent|newest (?:[1-9]\d{0,2}|1000))$/.test(value),
  ).default("digest"),
  locale: locale.exactOptional(),
  timeZone: timeZone.exactOptional(),
  displayName: text('1 to 100 ASCII letters, digits, spaces, "-" and "_"', /^[\w -]{1,100}$/).exactOptional(),
  sms: object({
    parts: object({ alert: smsParts.default(2), digest: smsParts.default(3) }).prefault({}),
    maxParts: object({ alert: smsParts.exactOptional(), digest: smsParts.exactOptional() }).prefault({}),
    fold: oneOf("auto", "never").default("auto"),
  }).prefault({}),
  digestItems: wholeNumber("entries", 1, 500).default(50),
  order: oneOf("newest", "feed", "importance").default("newest"),
  maxAlerts: wholeNumber("entries", 1, 1_000).default(10),
  messagesPerSecond: wholeNumber("messages a second", 1, 300).default(8),
  rules: rules.prefault({}),
});

const feed = object({
  title: text("a title of at most 200 characters on one line", /^(?=.*\S)\P{C}{1,200}$/u).exactOptional(),
  timeZone: timeZone.exactOptional(),
  updates: oneOf("ignore", "mark", "resend").exactOptional(),
});

const limits = object({
  bytes: wholeNumber("bytes", 1, 5 * 2 ** 30).default(defaultLimits.bytes),
  expandedBytes: wholeNumber("bytes", 1, 50 * 2 ** 30).default(defaultLimits.expandedBytes),
  entries: wholeNumber("entries", 1, 10_000_000).default(defaultLimits.entries),
  entryLength: wholeNumber("UTF-16 code units", 1, 2 ** 28).default(defaultLimits.entryLength),
  depth: wholeNumber("elements", 1, 100_000).default(defaultLimits.depth),
  attributes: wholeNumber("attributes", 1, 1_000_000).default(defaultLimits.attributes),
  entities: wholeNumber("character references", 1, 100_000_000).default(defaultLimits.entities),
  milliseconds: wholeNumber("milliseconds", 1, 900_000).exactOptional(),
});

// PutRetentionPolicy in the CloudWatch Logs API Reference.
const logPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logPeriod = valueOf<number>(
  `one of the days ${logPeriods.join(", ")}`,
  (value) => logPeriods.includes(Number(value)) && typeof value === "number",
);

const adopt = object({
  bucket: text("the name of an S3 bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).exactOptional(),
  table: text("the name of a DynamoDB table", /^[\w.-]{3,255}$/).exactOptional(),
  topics: listOf("a list of names of audiences", slug).default([]),
});

const deployment = object({
  stackName: text(
    "1 to 100 ASCII letters, digits and hyphens, a letter first",
    /^[A-Za-z][A-Za-z0-9-]{0,99}$/,
  ).default("feedbell"),
  snapshotDays: wholeNumber("days", 1, 3_650).default(30),
  quarantineDays: wholeNumber("days", 1, 3_650).default(30),
  logDays: logPeriod.default(30),
  maximumConcurrency: wholeNumber("invocations", 2, 1_000).default(10),
  memoryMegabytes: wholeNumber("megabytes", 128, 10_240).default(1024),
  tracing: flag.default(false),
  alarmTopicArn: text(
    "the ARN of an SNS topic",
    /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  ).exactOptional(),
  adopt: adopt.prefault({}),
  tags: recordOf(
    "an object of tags",
    text(
      'a tag key of at most 128 letters, digits, spaces and _.:/=+-@ that does not start with "aws:"',
      /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
    ),
    text(
      "a tag value of at most 256 letters, digits, spaces and _.:/=+-@",
      /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
    ),
  ).default({}),
});

/** The schema of `context.feedbell`. `crossCheck` compares values with each other. */
export const schema = object({
  audiences: listOf("a list of at least one audience", audience).prefault([
    { name: "alerts", mode: "alerts" },
    { name: "digest", mode: "digest" },
  ]),
  locale: locale.default("en"),
  timeZone: timeZone.default("UTC"),
  feeds: recordOf("an object of feeds by slug", feedSlug, feed).default({}),
  limits: limits.prefault({}),
  timeoutSeconds: wholeNumber("seconds", 1, 900).default(120),
  ledgerDays: wholeNumber("days", 1, 3_650).default(60),
  retryHours: wholeNumber("hours", 1, 240).default(72),
  maxRetrySeconds: wholeNumber("seconds", 1, 900).default(900),
  smsPartPrice: valueOf<number>(
    "a price in US dollars from 0 to 10",
    (value) => typeof value === "number" && value >= 0 && value <= 10,
  ).default(0.01),
  deployment: deployment.prefault({}),
});

/**
 * Milliseconds that reading can take within the function's time-out. The minimum is for test stacks with a time-out of
 * a second, where a busy machine must not cause a quarantine: a timed-out invocation is retried instead.
 */
export const readingTime = (timeoutSeconds: number): number => Math.max(timeoutSeconds * 1000, 10_000);

/** Settings that no longer exist, by their path, with the new spelling or the reason. `[]` stands for any index. */
export const removedSettings: Readonly<Record<string, string>> = {
  "audiences[].smsParts": 'was renamed: write "sms": { "parts": { "alert": 2, "digest": 3 } }',
  "audiences[].cadence":
    'was replaced: write "mode": "alerts" instead of "each", and "mode": "digest", "schedule": "upload" instead of "upload"',
  "audiences[].burst": "was renamed: write maxAlerts",
  "deployment.batchSize":
    "was removed: each invocation reads one snapshot, so that a snapshot that crashes it delays no other",
};

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
