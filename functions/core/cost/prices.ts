/** What one unit of something costs. */
interface Price {
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  readonly service: Service;
  readonly source: Source;
}

/** Where a price was read, and when that page was written. */
type Source = { readonly page: string; readonly date: string } | { readonly isUnverified: true };

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

// AWS's pricing pages load their figures by script. The sources are AWS's announcements, copies of its price list, and
// dated articles that quote it.
const s3: Source = {
  page: "github.com/SaimShaikh/Cloud_Computing, AWS/AWS_S3/AWS_S3_Pricing.md; the same as AWS's price list of AmazonS3 of 2025-10-01",
  date: "2025-10-28",
};
const dynamodb: Source = {
  page: "aws.amazon.com/about-aws/whats-new/2024/11/amazon-dynamo-db-reduces-prices-on-demand-throughput-global-tables (half of 1.25 and 0.25 USD); the same as AWS's price list of AmazonDynamoDB of 2026-09",
  date: "2026-09-06",
};
const lambda: Source = { page: "wring.co/blog/aws-lambda-pricing-guide", date: "2026-03-08" };
const sqs: Source = {
  page: "factualminds.com/blog/amazon-sqs-pricing-64kb-rule-fifo-vs-standard; cloudburn.io/blog/amazon-sqs-pricing",
  date: "2026-06-13",
};
const sns: Source = { page: "factualminds.com, Amazon SNS pricing", date: "2026-06-13" };
const cloudWatch: Source = {
  page: "factualminds.com and cloudburn.io, Amazon CloudWatch pricing",
  date: "2026-06-13",
};
const scheduler: Source = { page: "cloudburn.io/blog/amazon-eventbridge-pricing", date: "2026-03-13" };

/** The month in which the prices were last compared with their sources. */
export const pricesDate = "2026-11";

export const pricesRegion = "us-east-1";

/** On-demand prices in `pricesRegion` without free tiers. Other regions cost up to twice as much. */
export const prices = {
  s3Put: { service: "S3", usd: 5, per: million, unit: "PUT or COPY", source: s3 },
  s3Get: { service: "S3", usd: 0.4, per: million, unit: "GET", source: s3 },
  s3GigabyteMonth: { service: "S3", usd: 0.023, per: 1, unit: "GB-month", source: s3 },
  sqsRequest: {
    service: "SQS",
    usd: 0.4,
    per: million,
    unit: "request of a standard queue",
    source: sqs,
  },
  sqsFifoRequest: { service: "SQS", usd: 0.5, per: million, unit: "request of a FIFO queue", source: sqs },
  dynamodbRead: {
    service: "DynamoDB",
    usd: 0.125,
    per: million,
    unit: "read request unit",
    source: dynamodb,
  },
  dynamodbWrite: {
    service: "DynamoDB",
    usd: 0.625,
    per: million,
    unit: "write request unit",
    source: dynamodb,
  },
  dynamodbGigabyteMonth: {
    service: "DynamoDB",
    usd: 0.25,
    per: 1,
    unit: "GB-month",
    source: dynamodb,
  },
  snsPublish: { service: "SNS", usd: 0.5, per: million, unit: "publish of up to 64 KB", source: sns },
  snsMail: { service: "SNS", usd: 2, per: 100_000, unit: "mail", source: sns },
  /** Default of `smsPartPrice`: an order of magnitude, because each country has its own price. */
  smsPart: { service: "SMS", usd: 0.01, per: 1, unit: "SMS part", source: { isUnverified: true } },
  lambdaRequest: { service: "Lambda", usd: 0.2, per: million, unit: "request", source: lambda },
  lambdaGigabyteSecond: {
    service: "Lambda",
    usd: 13.3334,
    per: million,
    unit: "GB-second on arm64",
    source: lambda,
  },
  alarm: { service: "CloudWatch", usd: 0.1, per: 1, unit: "alarm and month", source: cloudWatch },
  metric: { service: "CloudWatch", usd: 0.3, per: 1, unit: "metric and month", source: cloudWatch },
  dashboard: { service: "CloudWatch", usd: 3, per: 1, unit: "dashboard and month", source: cloudWatch },
  logsGigabyte: { service: "CloudWatch", usd: 0.5, per: 1, unit: "GB of logs", source: cloudWatch },
  schedulerInvocation: {
    service: "EventBridge Scheduler",
    usd: 1,
    per: million,
    unit: "invocation",
    source: scheduler,
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** US dollars of a number of units. */
export const dollarsOf = (name: PriceName, units: number): number =>
  (prices[name].usd / prices[name].per) * units;

/** The prices for which no dated source was found: check them before you rely on them. */
export const unverifiedPrices: readonly string[] = Object.values(prices)
  .filter(({ source }) => "isUnverified" in source)
  .map(({ service, unit }) => (unit.startsWith(service) ? unit : `${service} ${unit}`));
