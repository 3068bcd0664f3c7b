import { slug } from "./audience-schema.ts";
import { flag, listOf, object, oneOf, recordOf, text, valueOf, wholeNumber } from "./validators.ts";

// PutRetentionPolicy in the CloudWatch Logs API Reference.
const logPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logPeriod = valueOf<number>(
  `one of the days ${logPeriods.join(", ")}`,
  (value) => logPeriods.includes(Number(value)) && typeof value === "number",
  { json: { enum: logPeriods } },
);

const adopt = object({
  bucket: text("the name of an S3 bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
    .exactOptional()
    .describe(
      "An existing bucket that the stack uses instead of a new one: see [Deploy again](#deploy-again).",
    ),
  table: text("the name of a DynamoDB table", /^[\w.-]{3,255}$/)
    .exactOptional()
    .describe("An existing ledger."),
  key: text("the ARN of a KMS key", /^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]{1,64}$/)
    .exactOptional()
    .describe("The key of an earlier stack, with `encryption` `customer`."),
  topics: listOf("a list of names of audiences", slug)
    .default([])
    .meta({ description: "Audiences whose topics `<stackName>-<name>` exist.", unset: "none" }),
});

const operator = text(
  "a mail address, a telephone number such as +12025550123 or an https URL",
  /^(?:[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}|\+[1-9]\d{6,14}|https:\/\/[!-~]{1,2000})$/,
);

const alarms = object({
  hoursWithoutUpload: wholeNumber("hours", 1, 168)
    .default(24)
    .describe("An alarm is raised after this time without an upload, at most a week."),
  smsSpendUsd: valueOf<number>(
    "an amount in US dollars from 0 to 1000000",
    (value) => typeof value === "number" && value >= 0 && value <= 1_000_000,
    { json: { type: "number", minimum: 0, maximum: 1_000_000 } },
  )
    .default(0.8)
    .describe(
      "An alarm is raised if the account's SMS have cost more than this in a month. Set it to 80 % of your spending limit, which is 1 USD in a new account.",
    ),
  smsSuccessPercent: wholeNumber("percent", 1, 100)
    .default(80)
    .describe("An alarm is raised if a smaller share of the SMS to one of `sms.countries` arrives."),
  deletedSubscriptions: wholeNumber("subscriptions", 0, 1_000_000)
    .default(5)
    .describe(
      "An alarm is raised if SNS lists more subscriptions as deleted; it does so for some days. Raise it for large audiences, where readers come and go.",
    ),
});

const megabytes = (name: string, size: number, why: string) =>
  wholeNumber("megabytes", 128, 10_240).default(size).describe(`Memory of ${name}: ${why}`);

/** Chosen by measurement: `npm run bench -- memory`. */
const memory = object({
  ingest: megabytes("ingest", 1024, "it computes, and Lambda gives processor time in proportion to memory."),
  deliver: megabytes("deliver", 256, "it mostly waits for SNS."),
  digest: megabytes("digest", 512, "it composes what waits."),
  watch: megabytes("watch", 512, "it runs once an hour."),
});

/** `deployment`. */
export const deployment = object({
  stackName: text(
    "1 to 100 ASCII letters, digits and hyphens, a letter first",
    /^[A-Za-z][A-Za-z0-9-]{0,99}$/,
  )
    .default("feedbell")
    .describe("Name of the stack and prefix of the topics. Changing it creates another stack."),
  snapshotDays: wholeNumber("days", 1, 3_650).default(30).describe("Snapshots expire after this time."),
  quarantineDays: wholeNumber("days", 1, 3_650)
    .default(30)
    .describe("Quarantined snapshots expire after this time."),
  logDays: logPeriod.default(30).describe("Log retention."),
  maximumConcurrency: wholeNumber("invocations", 2, 1_000)
    .default(10)
    .describe("Maximum concurrent invocations of each of ingest and deliver."),
  memory: memory.prefault({}),
  encryption: oneOf("aws", "customer")
    .default("aws")
    .describe(
      "`customer`: one KMS key of your account for bucket, queues, topics and table: see [Encryption](#encryption).",
    ),
  accessLogs: flag
    .default(false)
    .describe("S3 logs each request to the bucket into another bucket, for `logDays`."),
  tracing: flag.default(false).describe("AWS X-Ray tracing."),
  alarmTopicArn: text("the ARN of an SNS topic", /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/)
    .exactOptional()
    .describe(
      "Topic that receives alarms. It must not be encrypted with the AWS-managed key, because CloudWatch can't publish to such a topic.",
    ),
  operators: listOf("a list of addresses", operator).default([]).meta({
    description:
      "Who is told of the alarms, by a topic of the stack: mail addresses, telephone numbers, https URLs. Each operator confirms the subscription once.",
    unset: "none",
  }),
  alarms: alarms.prefault({}),
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
  )
    .default({})
    .meta({ description: "Tags of all resources.", unset: "none" }),
});
