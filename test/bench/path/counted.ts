import { writeFile } from "node:fs/promises";
import { startLocalStack } from "../../../infra/local/stack.ts";
import type { LocalStack } from "../../../infra/local/local-stack.ts";
import {
  dollarsOfUsage,
  usageOf,
  type CountedName,
  type CountedSnapshot,
} from "../../../functions/core/cost/counted-snapshot.ts";
import { pricesDate } from "../../../functions/core/cost/prices.ts";
import { defaults, parseConfiguration } from "../../../infra/config/configuration.ts";
import { openProxy, type Proxy } from "../../faults/proxy.ts";
import { countCapacity } from "./capacity.ts";
import { feed, numbers } from "./feed.ts";

interface Snapshots {
  /** Name in `counted-snapshots.json`. */
  readonly id: CountedName;
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
  {
    id: "same bytes",
    name: "same bytes",
    slug: "same",
    known: 100,
    content: (slug) => feed(slug, { count: 100 }),
  },
  {
    id: "nothing new",
    name: "100 known entries, nothing new",
    slug: "nothing",
    known: 100,
    content: withNews(0, 100),
  },
  {
    id: "full memory",
    name: "the same, full feed memory",
    slug: "full",
    known: 4_000,
    content: withNews(0, 4_000),
  },
  { id: "1 new", name: "99 known entries, 1 new", slug: "one", known: 100, content: withNews(1, 100) },
  { id: "2 new", name: "98 known entries, 2 new", slug: "two", known: 100, content: withNews(2, 100) },
  { id: "5 new", name: "95 known entries, 5 new", slug: "five", known: 100, content: withNews(5, 100) },
];

const countedFile = new URL("../../../functions/core/cost/counted-snapshots.json", import.meta.url);

/**
 * Counts what a snapshot costs, for one alerts and one digest audience. Prints a Markdown table, and writes the file that
 * `feedbell cost` reads.
 */
export async function benchCounted(): Promise<void> {
  console.log(`\n## Counted per snapshot\n`);
  console.log(
    `Audiences alerts and digest; mean of ${rounds} snapshots. Units as DynamoDB's emulator reports them, prices of ${pricesDate}, us-east-1; USD without the messages to readers.\n`,
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
      "| snapshot | items read | read units | items written | write units | S3 GET | S3 PUT of the functions | SQS requests | of the FIFO outbox | SNS publishes | invocations | milliseconds of ingest | of deliver | USD per million |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    );
    const counted: Partial<Record<CountedName, CountedSnapshot>> = {};
    for (const snapshots of measured) {
      const one = await count(snapshots, stack, proxy);
      counted[snapshots.id] = one;
      console.log(row(snapshots.name, one));
    }
    await writeFile(countedFile, `${JSON.stringify(counted, undefined, 2)}\n`);
    console.log(`\nWritten to functions/core/cost/counted-snapshots.json, for \`feedbell cost\`.`);
  } finally {
    await stack.stop();
    await proxy.close();
  }
}

async function count(
  { slug, known, content }: Snapshots,
  stack: LocalStack,
  proxy: Proxy,
): Promise<CountedSnapshot> {
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
  const of = (part: string) => invocations.filter(({ functionName }) => functionName.includes(part));
  /** The median, because a process that composes its first message loads code for it. */
  const timeOf = (part: string) => {
    const times = of(part).map(({ milliseconds }) => milliseconds);
    return (times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0) * times.length;
  };
  return {
    readItems: perSnapshot(capacity.reads.items),
    readUnits: perSnapshot(capacity.reads.units),
    writeItems: perSnapshot(capacity.writes.items),
    writeUnits: perSnapshot(capacity.writes.units),
    s3Get: calls(/^s3\.GetObject/),
    s3Put: calls(/^s3\.(Put|Copy)Object/),
    // S3's own message to the intake queue, and a receive and a delete of each invocation.
    sqs: 1 + 2 * perSnapshot(of("Ingest").length),
    // The functions call no other queue in these snapshots.
    sqsFifo: calls(/^sqs\./) + 2 * perSnapshot(of("Deliver").length),
    publishes: calls(/^sns\./),
    invocations: perSnapshot(invocations.length),
    ingestMilliseconds: Math.round(perSnapshot(timeOf("Ingest"))),
    deliverMilliseconds: Math.round(perSnapshot(timeOf("Deliver"))),
  };
}

/** USD of a million such snapshots, the upload's PUT included, with the default memory. */
const dollars = (one: CountedSnapshot): number =>
  dollarsOfUsage(usageOf(one, defaults.deployment.memory)) * 1_000_000;

function row(name: string, one: CountedSnapshot): string {
  const counts = [one.readItems, one.readUnits, one.writeItems, one.writeUnits];
  const requests = [one.s3Get, one.s3Put, one.sqs, one.sqsFifo, one.publishes, one.invocations];
  const times = [one.ingestMilliseconds, one.deliverMilliseconds];
  const cells = [...counts, ...requests, ...times].map((value) => String(Math.round(value * 100) / 100));
  return `| ${name} | ${cells.join(" | ")} | ${dollars(one).toFixed(1)} |`;
}
