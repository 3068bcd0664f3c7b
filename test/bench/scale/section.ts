import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import type { LocalStack } from "../../../infra/local/local-stack.ts";
import { startLocalStack } from "../../../infra/local/stack.ts";
import { openProxy, type Proxy } from "../../faults/proxy.ts";
import { countCapacity } from "../path/capacity.ts";
import { feed, numbers } from "../path/feed.ts";

interface Load {
  readonly feeds: number;
  /** New entries in the one snapshot of each feed. */
  readonly entries: number;
}

/** One snapshot of more and more entries, then more and more feeds of ten entries. */
const loads: readonly Load[] = [
  ...[100, 1_000, 10_000, 100_000].map((entries) => ({ feeds: 1, entries })),
  ...[1, 10, 100, 1_000].map((feeds) => ({ feeds, entries: 10 })),
];

const services = ["s3", "sqs", "sns"] as const;

/**
 * What an entry costs, from 100 to 100,000 entries in a snapshot and from 1 to 1,000 feeds: all of them new, for one digest
 * audience. Prints a Markdown table.
 */
export async function benchScale(): Promise<void> {
  console.log(`\n## Cost per entry\n`);
  console.log(
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}. All entries are new; one digest audience. Calls of the functions, counted by a proxy; units as DynamoDB's emulator reports them; processor time of the functions, without the emulators.\n`,
  );
  console.log(
    "| feeds | entries of each | read units | write units | S3 calls | SQS calls | SNS calls | runs | processor ms | peak MB |\n|---|---|---|---|---|---|---|---|---|---|",
  );
  for (const [number, load] of loads.entries()) console.log(await measure(load, `load${number}`));
}

async function measure(load: Load, slug: string): Promise<string> {
  const proxy = await openProxy();
  const stack = await startLocalStack({
    configuration: parseConfiguration({ audiences: [{ name: "digest", mode: "digest" }] }),
    functionEndpoint: proxy.url,
  });
  try {
    proxy.connect(stack.endpoint, () => undefined);
    // The processes of the functions exist, and have loaded everything.
    for (const n of numbers(3))
      await stack.uploader.put(`snapshots/warm${n}/1.xml`, feed(`warm${n}`, { count: 5 }));
    await stack.idle({ timeoutSeconds: 60 });
    return await play({ stack, proxy, load, slug });
  } finally {
    await stack.stop();
    await proxy.close();
  }
}

interface Run {
  readonly stack: LocalStack;
  readonly proxy: Proxy;
  readonly load: Load;
  readonly slug: string;
}

async function play({ stack, proxy, load: { feeds, entries }, slug }: Run): Promise<string> {
  const capacity = countCapacity();
  proxy.reset(() => undefined, { tap: capacity.tap });
  const first = stack.invocations.length;
  const warm = processorTimes(stack);
  stack.clearMessages();
  for (const n of numbers(feeds))
    await stack.uploader.put(`snapshots/${slug}-${n}/1.xml`, feed(`${slug}-${n}`, { count: entries }));
  await stack.idle({ timeoutSeconds: 3_600 });
  const runs = stack.invocations.slice(first);
  const mails = stack.messages().filter(({ channel }) => channel === "email").length;
  if (mails !== feeds) throw new Error(`${mails} mails arrived, expected ${feeds}.`);
  const busy = [...processorTimes(stack)].reduce(
    (sum, [pid, milliseconds]) => sum + milliseconds - (warm.get(pid) ?? 0),
    0,
  );
  const calls = services.map((name) => proxy.seen.filter(({ service }) => service === name).length);
  const counts = [capacity.reads.units, capacity.writes.units, ...calls, runs.length, busy];
  const perEntry = counts.map((count) => String(Number((count / (feeds * entries)).toPrecision(3))));
  const memory = Math.max(...runs.map(({ memoryMegabytes }) => memoryMegabytes));
  const named = [feeds, entries].map((count) => count.toLocaleString("en"));
  return `| ${[...named, ...perEntry, String(memory)].join(" | ")} |`;
}

/** Milliseconds of processor time of each process of a function (proc(5): `utime` and `stime`, 100 ticks a second). */
function processorTimes({ invocations }: LocalStack): ReadonlyMap<number, number> {
  const pids = new Set(invocations.map(({ pid }) => pid));
  return new Map(
    [...pids].map((pid) => {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [pid, (Number(fields[11]) + Number(fields[12])) * 10];
    }),
  );
}
