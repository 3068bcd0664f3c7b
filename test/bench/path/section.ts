import { cpus } from "node:os";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import type { LocalStack } from "../../../infra/local/local-stack.ts";
import { startLocalStack } from "../../../infra/local/stack.ts";
import { openProxy, type Proxy } from "../../faults/proxy.ts";
import { benchCounted } from "./counted.ts";
import { feed, numbers } from "./feed.ts";
import { benchLatency } from "./latency.ts";

const rounds = 3;

/** A measured scenario: the uploads, and how many of their entries are read and new. */
interface Measure {
  readonly name: string;
  /** Uploads before the measurement. */
  readonly before?: (put: Put, round: number) => Promise<void>;
  readonly upload: (put: Put, round: number) => Promise<void>;
  readonly snapshots: number;
  /** Entries in one snapshot. */
  readonly entries: number;
  readonly isNew: boolean;
}

type Put = (key: string, body: string) => Promise<unknown>;

interface Measured {
  readonly seconds: number;
  readonly calls: Readonly<Record<string, number>>;
  readonly memory: number;
}

const known = 100;
const fresh = 500;

const measures: readonly Measure[] = [
  {
    name: "nothing new, the same bytes",
    before: (put, round) =>
      put(`snapshots/same${round}/0.xml`, feed("same", { count: known })).then(() => undefined),
    upload: async (put, round) => {
      for (const n of numbers(200))
        await put(`snapshots/same${round}/${n}.xml`, feed("same", { count: known }));
    },
    snapshots: 200,
    entries: known,
    isNew: false,
  },
  {
    name: "nothing new, other bytes",
    before: (put, round) =>
      put(`snapshots/known${round}/0.xml`, feed("known", { count: known })).then(() => undefined),
    upload: async (put, round) => {
      for (const n of numbers(200))
        await put(
          `snapshots/known${round}/${n}.xml`,
          feed("known", { count: known, built: Date.UTC(2026, 2, 1) + n * 60_000 }),
        );
    },
    snapshots: 200,
    entries: known,
    isNew: false,
  },
  {
    name: "everything new",
    upload: async (put, round) => {
      for (const n of numbers(10))
        await put(`snapshots/fresh${round}-${n}/0.xml`, feed(`fresh${n}`, { count: fresh }));
    },
    snapshots: 10,
    entries: fresh,
    isNew: true,
  },
];

const services = ["s3", "sqs", "dynamodb", "sns"] as const;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * Counts what a snapshot costs, measures latencies, uploads to the local stack and measures the whole path, from the function's first event to its last response. A proxy
 * counts the function's calls. Prints a Markdown table.
 */
export async function benchPath(): Promise<void> {
  await benchCounted();
  await benchLatency();
  console.log(`\n## The whole path on the local stack\n`);
  console.log(
    `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores shared by function, emulators and proxy, Node ${process.version}; median of ${rounds} rounds (spread). One digest audience: an audience that gets each entry by itself is paced to 10 messages in 1.25 seconds.\n`,
  );
  const proxy = await openProxy();
  const stack = await startLocalStack({
    configuration: parseConfiguration({ audiences: [{ name: "digest", mode: "digest" }] }),
    functionEndpoint: proxy.url,
  });
  try {
    proxy.connect(stack.endpoint, () => undefined);
    await stack.idle();
    console.log(
      `| what | snapshots a second | entries a second | calls an entry: ${services.join(", ")} | calls a snapshot | peak memory of a process |\n|---|---|---|---|---|---|`,
    );
    for (const measure of measures) console.log(row(measure, await run(measure, stack, proxy)));
  } finally {
    await stack.stop();
    await proxy.close();
  }
}

async function run(measure: Measure, stack: LocalStack, proxy: Proxy): Promise<readonly Measured[]> {
  const results: Measured[] = [];
  const put: Put = (key, body) => stack.uploader.put(key, body);
  for (const round of numbers(rounds)) {
    await measure.before?.(put, round);
    await stack.idle();
    stack.clearMessages();
    proxy.reset(() => undefined);
    const first = stack.invocations.length;
    await measure.upload(put, round);
    await stack.idle({ timeoutSeconds: 300 });
    const invocations = stack.invocations.slice(first);
    const begin = Math.min(...invocations.map(({ at }) => at.getTime()));
    const end = Math.max(...invocations.map(({ at, milliseconds }) => at.getTime() + milliseconds));
    const mails = stack.messages().filter(({ channel }) => channel === "email").length;
    const expected = measure.isNew ? measure.snapshots : 0;
    if (mails !== expected) throw new Error(`${measure.name}: ${mails} mails arrived, expected ${expected}.`);
    results.push({
      seconds: (end - begin) / 1000,
      calls: Object.fromEntries(
        services.map((name) => [name, proxy.seen.filter(({ service }) => service === name).length]),
      ),
      memory: Math.max(...invocations.map(({ memoryMegabytes }) => memoryMegabytes)),
    });
  }
  return results;
}

function row({ name, snapshots, entries }: Measure, measured: readonly Measured[]): string {
  const rate = (count: number) => {
    const rates = measured.map(({ seconds }) => count / seconds);
    return `${median(rates).toFixed(0)} (${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)})`;
  };
  const calls = (service: string) => median(measured.map(({ calls }) => calls[service] ?? 0));
  const perEntry = services.map((service) => (calls(service) / snapshots / entries).toFixed(3)).join(", ");
  const perSnapshot = services
    .map((service) => `${service} ${(calls(service) / snapshots).toFixed(1)}`)
    .join(", ");
  const memory = Math.max(...measured.map(({ memory }) => memory));
  return `| ${name}, ${entries} entries a snapshot | ${rate(snapshots)} | ${rate(snapshots * entries)} | ${perEntry} | ${perSnapshot} | ${memory} MB |`;
}
