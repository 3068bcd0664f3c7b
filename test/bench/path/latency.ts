import { setTimeout as sleep } from "node:timers/promises";
import { cpus } from "node:os";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import { startLocalStack } from "../../../infra/local/stack.ts";
import { openProxy, type Proxy } from "../../faults/proxy.ts";
import { markOf, rss } from "../../faults/snapshots.ts";
import { numbers } from "./feed.ts";

const audiences = 10;
/** So many that a feed's next upload comes after the one before is done, as with real feeds. */
const feedsPerAudience = 10;
const feeds = audiences * feedsPerAudience;

/** Uploads that are measured, and uploads a second; without a rate each one waits for the one before. */
interface Load {
  readonly name: string;
  readonly uploads: number;
  readonly perSecond?: number;
}

const loads: readonly Load[] = [
  { name: "idle, one upload after the other", uploads: 100 },
  { name: "20 uploads a second over ten audiences", uploads: 400, perSecond: 20 },
];

/** Measures the time from the upload of a snapshot with one new entry until SNS has accepted its message. Prints a Markdown table. */
export async function benchLatency(): Promise<void> {
  console.log(
    `\n## Latency from the upload until SNS has accepted the message\n\n${cpus().length} cores shared by functions, emulators and proxy.\n`,
  );
  const proxy = await openProxy();
  const stack = await startLocalStack({
    configuration: parseConfiguration({
      audiences: numbers(audiences).map((n) => ({
        name: `audience${n}`,
        mode: "alerts",
        rules: { feeds: numbers(feedsPerAudience).map((i) => `news${i * audiences + n}`) },
      })),
    }),
    functionEndpoint: proxy.url,
  });
  try {
    proxy.connect(stack.endpoint, () => undefined);
    const put = (n: number, entries: readonly number[]) =>
      stack.uploader.put(
        `snapshots/news${n}/latest.xml`,
        rss(
          `news${n}`,
          entries.map((entry) => entry + 1),
        ),
      );
    await Promise.all(numbers(feeds).map((n) => put(n, [0])));
    await stack.idle({ timeoutSeconds: 300 });
    console.log("| load | uploads | p50 | p99 | maximum |\n|---|---|---|---|---|");
    const last = numbers(feeds).map(() => 0);
    for (const load of loads) {
      proxy.reset(() => undefined);
      const starts = new Map<string, number>();
      const begin = Date.now();
      for (const i of numbers(load.uploads)) {
        const n = i % feeds;
        const entry = (last[n] = (last[n] ?? 0) + 1);
        if (load.perSecond) await sleep(Math.max(0, begin + (i * 1000) / load.perSecond - Date.now()));
        starts.set(markOf(`news${n}`, entry + 1), Date.now());
        await put(
          n,
          numbers(Math.min(20, entry + 1)).map((back) => entry - back),
        );
        if (!load.perSecond) await stack.idle({ timeoutSeconds: 60 });
      }
      await stack.idle({ timeoutSeconds: 300 });
      console.log(row(load, latencies(proxy, starts)));
    }
  } finally {
    await stack.stop();
    await proxy.close();
  }
}

/** Milliseconds from each start until SNS had accepted the message that shows the entry, ascending. */
function latencies({ seen }: Pick<Proxy, "seen">, starts: ReadonlyMap<string, number>): readonly number[] {
  const accepted = seen.flatMap(({ accepted, doneAt = 0 }) =>
    accepted.map(({ email }) => ({ email, doneAt })),
  );
  const times = [...starts].map(([mark, start]) => {
    const found = accepted.find(({ email }) => email.includes(mark));
    if (!found) throw new Error(`No message shows ${mark}`);
    return found.doneAt - start;
  });
  return times.toSorted((a, b) => a - b);
}

function row({ name, uploads }: Load, sorted: readonly number[]): string {
  const at = (share: number) => `${sorted[Math.ceil(sorted.length * share) - 1]} ms`;
  return `| ${name} | ${uploads} | ${at(0.5)} | ${at(0.99)} | ${at(1)} |`;
}
