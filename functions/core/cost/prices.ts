/** What one unit of something costs. */
interface Price {
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  readonly service: Service;
  /** Where the price was read. */
  readonly source: string;
  /** The price was not found in a dated source: check it before you rely on it. */
  readonly isUnverified?: true;
}

export type Service =
  | "S3"
  | "Lambda"
  | "DynamoDB"
  | "SQS"
  | "SNS"
  | "SMS"
  | "CloudWatch"
  | "EventBridge Scheduler";

const million = 1_000_000;
const sns = "factualminds.com, Amazon SNS pricing, 2026-06-13";
const cloudWatch = "factualminds.com and cloudburn.io, Amazon CloudWatch pricing, 2026-06";

const unverified = (source: string) => ({ source, isUnverified: true }) as const;

/** The month in which the prices were last looked at. */
export const pricesDate = "2026-11";

/**
 * On-demand prices in us-east-1 without free tiers. Other regions cost up to twice as much. The pricing pages of the
 * services load their figures by script, so those without a dated source are marked as unverified.
 */
export const prices = {
  s3Put: {
    service: "S3",
    usd: 5,
    per: million,
    unit: "PUT or COPY",
    ...unverified("pricing page of Amazon S3"),
  },
  s3Get: { service: "S3", usd: 0.4, per: million, unit: "GET", ...unverified("pricing page of Amazon S3") },
  s3GigabyteMonth: {
    service: "S3",
    usd: 0.023,
    per: 1,
    unit: "GB-month",
    ...unverified("pricing page of Amazon S3"),
  },
  sqsRequest: {
    service: "SQS",
    usd: 0.4,
    per: million,
    unit: "request of a standard queue",
    ...unverified("pricing page of Amazon SQS"),
  },
  dynamodbRead: {
    service: "DynamoDB",
    usd: 0.125,
    per: million,
    unit: "read request unit",
    ...unverified("pricing page of Amazon DynamoDB"),
  },
  dynamodbWrite: {
    service: "DynamoDB",
    usd: 0.625,
    per: million,
    unit: "write request unit",
    ...unverified("pricing page of Amazon DynamoDB"),
  },
  dynamodbGigabyteMonth: {
    service: "DynamoDB",
    usd: 0.25,
    per: 1,
    unit: "GB-month",
    ...unverified("pricing page of Amazon DynamoDB"),
  },
  snsPublish: { service: "SNS", usd: 0.5, per: million, unit: "publish of up to 64 KB", source: sns },
  snsMail: { service: "SNS", usd: 2, per: 100_000, unit: "mail", source: sns },
  /** Default of `smsPartPrice`: an order of magnitude, because each country has its own price. */
  smsPart: {
    service: "SMS",
    usd: 0.01,
    per: 1,
    unit: "SMS part",
    ...unverified("pricing page of SNS SMS; differs by country"),
  },
  lambdaRequest: {
    service: "Lambda",
    usd: 0.2,
    per: million,
    unit: "request",
    ...unverified("pricing page of AWS Lambda"),
  },
  lambdaGigabyteSecond: {
    service: "Lambda",
    usd: 13.3334,
    per: million,
    unit: "GB-second on arm64",
    ...unverified("pricing page of AWS Lambda"),
  },
  alarm: { service: "CloudWatch", usd: 0.1, per: 1, unit: "alarm and month", source: cloudWatch },
  metric: { service: "CloudWatch", usd: 0.3, per: 1, unit: "metric and month", source: cloudWatch },
  logsGigabyte: { service: "CloudWatch", usd: 0.5, per: 1, unit: "GB of logs", source: cloudWatch },
  schedulerInvocation: {
    service: "EventBridge Scheduler",
    usd: 1,
    per: million,
    unit: "invocation",
    ...unverified("pricing page of Amazon EventBridge"),
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** US dollars of a number of units. */
export const dollarsOf = (name: PriceName, units: number): number =>
  (prices[name].usd / prices[name].per) * units;
