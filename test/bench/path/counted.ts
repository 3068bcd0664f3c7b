import { startLocalStack } from "../../../infra/local/stack.ts";
import type { LocalStack } from "../../../infra/local/local-stack.ts";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import { openProxy, type Proxy } from "../../faults/proxy.ts";
import { countCapacity } from "./capacity.ts";
import { feed, numbers } from "./feed.ts";
import { prices } from "./prices.ts";

/** What one snapshot makes the functions do. */
interface Counted {
  readonly readItems: number;
  readonly readUnits: number;
  readonly writeItems: number;
  readonly writeUnits: number;
  readonly s3Get: number;
  /** By the functions, the upload itself not included. */
  readonly s3Put: number;
  /** The requests of S3 and of Lambda's pollers included. */
  readonly sqs: number;
  readonly publishes: number;
  readonly invocations: number;
  readonly milliseconds: number;
}

interface Snapshots {
  readonly name: string;
  readonly slug: string;
  /** Entries that are known before the first snapshot. */
  readonly known: number;
  /** Content of the n-th snapshot, from 1. */
  readonly content: (slug: string, n: number) => string;
}

const rounds = 10;
const minute = 60_000;
const start = Date.UTC(2026, 2, 1);

/** The newest 100 entries, of which `fresh` were not in the snapshot before. */
const withNews = (fresh: number, known: number) => (slug: string, n: number) =>
  feed(slug, { count: 100, from: known - 100 + n * fresh, built: start + n * minute });

const measured: readonly Snapshots[] = [
  { name: "same bytes", slug: "same", known: 100, content: (slug) => feed(slug, { count: 100 }) },
  { name: "100 known entries, nothing new", slug: "nothing", known: 100, content: withNews(0, 100) },
  { name: "the same, full feed memory", slug: "full", known: 4_000, content: withNews(0, 4_000) },
  { name: "99 known entries, 1 new", slug: "one", known: 100, content: withNews(1, 100) },
  { name: "98 known entries, 2 new", slug: "two", known: 100, content: withNews(2, 100) },
  { name: "95 known entries, 5 new", slug: "five", known: 100, content: withNews(5, 100) },
];

/** Counts what a snapshot costs, for one alerts and one digest audience. Prints a Markdown table. */
export async function benchCounted(): Promise<void> {
  console.log(`\n## Counted per snapshot\n`);
  console.log(
    `Audiences alerts and digest; mean of ${rounds} snapshots. Units as DynamoDB's emulator reports them, prices of ${prices.date}, us-east-1; USD without the messages to readers.\n`,
  );
  const proxy = await openProxy();
  const stack = await startLocalStack({
    configuration: parseConfiguration({}),
    functionEndpoint: proxy.url,
    subscribers: false,
  });
  try {
    proxy.connect(stack.endpoint, () => undefined);
    await stack.idle();
    console.log(
      "| snapshot | items read | read units | items written | write units | S3 GET | S3 PUT of the functions | SQS requests | SNS publishes | invocations | USD per million |\n|---|---|---|---|---|---|---|---|---|---|---|",
    );
    for (const snapshots of measured) console.log(row(snapshots.name, await count(snapshots, stack, proxy)));
  } finally {
    await stack.stop();
    await proxy.close();
  }
}

async function count({ slug, known, content }: Snapshots, stack: LocalStack, proxy: Proxy): Promise<Counted> {
  const put = async (name: string, body: string) => {
    await stack.uploader.put(`snapshots/${slug}/${name}.xml`, body);
    await stack.idle({ timeoutSeconds: 300 });
  };
  await put("before", feed(slug, { count: known }));
  const capacity = countCapacity();
  proxy.reset(() => undefined, { tap: capacity.tap });
  const first = stack.invocations.length;
  for (const n of numbers(rounds)) await put("latest", content(slug, n + 1));
  const invocations = stack.invocations.slice(first);
  const calls = (pattern: RegExp) => proxy.seen.filter(({ name }) => pattern.test(name)).length / rounds;
  const perSnapshot = (total: number) => total / rounds;
  return {
    readItems: perSnapshot(capacity.reads.items),
    readUnits: perSnapshot(capacity.reads.units),
    writeItems: perSnapshot(capacity.writes.items),
    writeUnits: perSnapshot(capacity.writes.units),
    s3Get: calls(/^s3\.GetObject/),
    s3Put: calls(/^s3\.(Put|Copy)Object/),
    // S3's own message, and a receive and a delete of each invocation.
    sqs: calls(/^sqs\./) + 1 + 2 * perSnapshot(invocations.length),
    publishes: calls(/^sns\./),
    invocations: perSnapshot(invocations.length),
    milliseconds: perSnapshot(invocations.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

/** USD of a million such snapshots, the upload's PUT included. */
const dollars = (one: Counted): number =>
  (1 + one.s3Put) * prices.s3Put +
  one.s3Get * prices.s3Get +
  one.sqs * prices.sqsRequest +
  one.readUnits * prices.dynamodbRead +
  one.writeUnits * prices.dynamodbWrite +
  one.publishes * prices.snsPublish +
  one.invocations * prices.lambdaRequest +
  // 1 GB of memory.
  one.milliseconds * 1_000 * prices.lambdaGigabyteSecond;

function row(name: string, one: Counted): string {
  const counts = [one.readItems, one.readUnits, one.writeItems, one.writeUnits];
  const requests = [one.s3Get, one.s3Put, one.sqs, one.publishes, one.invocations];
  const cells = [...counts, ...requests].map((value) => String(Math.round(value * 100) / 100));
  return `| ${name} | ${cells.join(" | ")} | ${dollars(one).toFixed(1)} |`;
}
