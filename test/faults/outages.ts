import { setTimeout as sleep } from "node:timers/promises";
import { openArena, type Aftermath } from "./arena.ts";
import { arenaAudiences, dueAtOnce } from "./arena-configuration.ts";
import type { Call } from "./calls.ts";
import type { Kind } from "./proxy.ts";
import { markOf, range, rss } from "./snapshots.ts";
import { judge } from "./verdict.ts";

/** A time in which certain calls fail before they take effect, while snapshots come in. */
export interface Outage {
  readonly name: string;
  readonly seconds: number;
  /** Uploaded at equal intervals during the outage. */
  readonly snapshots: number;
  readonly fault: (call: Call) => Kind | undefined;
}

export const outages: readonly Outage[] = [
  {
    name: "every SNS call fails",
    seconds: 1_200,
    snapshots: 60,
    fault: ({ service }) => (service === "sns" ? "error before" : undefined),
  },
  {
    name: "every DynamoDB call fails",
    seconds: 120,
    snapshots: 6,
    fault: ({ service }) => (service === "dynamodb" ? "error before" : undefined),
  },
  {
    name: "every read from S3 answers 403",
    seconds: 120,
    snapshots: 6,
    fault: ({ name }) => (name.startsWith("s3.GetObject") ? "forbidden" : undefined),
  },
];

/** Longest delay of a retry, seconds, as it is configured by default. */
const maxRetrySeconds = 900;

/** Milliseconds that may pass from the end of the longest delay to the last mail. */
const margin = 30_000;

export interface Outcome {
  /** A row of a Markdown table. */
  readonly row: string;
  readonly isKept: boolean;
}

export const outageHead =
  "| what fails | snapshots | seconds | failed calls | delivered within, after its end | lost | duplicates | quarantined or dead letters |\n|---|---|---|---|---|---|---|---|";

/** Plays an outage; `scale` divides its time and the longest delay of a retry. */
export async function playOutage({ name, fault, ...outage }: Outage, scale = 1): Promise<Outcome> {
  const seconds = outage.seconds / scale;
  const retrySeconds = Math.ceil(maxRetrySeconds / scale);
  const configuration = arenaAudiences({
    timeoutSeconds: 30,
    maximumConcurrency: 4,
    maxRetrySeconds: retrySeconds,
  });
  const arena = await openArena({ configuration, deduplicationSeconds: 300 });
  const feeds = range(1, outage.snapshots).map((n) => ({ feed: `outage${n % 6}`, upto: Math.ceil(n / 6) }));
  let failed = 0;
  const start = Date.now();
  const end = start + seconds * 1000;
  try {
    const after = await arena.play({
      decide(call) {
        const kind = Date.now() < end ? fault(call) : undefined;
        if (kind !== undefined) failed++;
        return kind;
      },
      async upload({ stack }) {
        for (const { feed, upto } of feeds) {
          await stack.uploader.put(`snapshots/${feed}/latest.xml`, rss(feed, range(1, upto)));
          await sleep((seconds * 1000) / outage.snapshots);
        }
      },
    });
    const expected = [...new Set(feeds.map(({ feed, upto }) => markOf(feed, upto)))];
    const { lost, broken, duplicates } = judge(
      dueAtOnce(() => expected),
      after,
    );
    const repeated = Object.values(duplicates).reduce((sum, count) => sum + count, 0);
    const late = Math.max(...after.mails.map(({ at }) => at)) - end;
    const setAside = after.quarantined.length + after.redriven;
    for (const one of broken) console.log(`BROKEN ${name}: ${one}`);
    return {
      isKept: lost.length + broken.length + repeated + setAside === 0 && late <= retrySeconds * 1000 + margin,
      row: `| ${name} | ${outage.snapshots} | ${seconds} | ${failed} | ${Math.round(late / 1000)} s (longest delay ${retrySeconds} s) | ${lost.length} | ${repeated} | ${setAside} |`,
    };
  } finally {
    await arena.close();
  }
}

/** How often SNS accepted each message, of all that it accepted until a time. */
function mostAccepted({ seen }: Pick<Aftermath, "seen">, until = Infinity): number {
  const accepted = seen.filter(({ at }) => at < until).flatMap((call) => call.accepted);
  const times = Map.groupBy(accepted, ({ audience, text }) => `${audience} ${text}`);
  return Math.max(0, ...[...times.values()].map(({ length }) => length));
}

/** A ledger that can be read but not written, from the time at which the plans of all snapshots are enqueued. */
export async function playUnwritableLedger(): Promise<Outcome> {
  const seconds = 120;
  const configuration = arenaAudiences({ timeoutSeconds: 4, maximumConcurrency: 4 });
  const arena = await openArena({ configuration, deduplicationSeconds: 0 });
  const feeds = range(1, 5).map((n) => `unwritable${n}`);
  let finished = 0;
  let start = Infinity;
  let failed = 0;
  try {
    const after = await arena.play({
      decide({ name }) {
        if (name === "dynamodb.UpdateItem claim finish" && ++finished === 1) start = Date.now();
        const isWrite = /^dynamodb\.(PutItem|UpdateItem)/.test(name);
        if (!isWrite || Date.now() < start || Date.now() > start + seconds * 1000) return undefined;
        failed++;
        return "error before";
      },
      async upload({ stack }) {
        for (const feed of feeds)
          await stack.uploader.put(`snapshots/${feed}/latest.xml`, rss(feed, range(1, 3)));
      },
    });
    const expected = (): readonly string[] =>
      feeds.flatMap((feed) => range(1, 3).map((n) => markOf(feed, n)));
    const { lost } = judge(dueAtOnce(expected), after);
    const during = mostAccepted(after, start + seconds * 1000);
    const inAll = mostAccepted(after);
    const setAside = after.quarantined.length + after.redriven;
    return {
      isKept: lost.length + setAside === 0 && during <= 2 && inAll <= 3,
      row: `| the ledger can be read, not written: at most ${during} of each message meanwhile, ${inAll} in all | ${feeds.length} | ${seconds} | ${failed} | | ${lost.length} | | ${setAside} |`,
    };
  } finally {
    await arena.close();
  }
}
