import { setTimeout as sleep } from "node:timers/promises";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { openArena, type Act, type Aftermath } from "./arena.ts";
import { arenaAudiences, dueAtOnce } from "./arena-configuration.ts";
import { markOf, range, rss } from "./snapshots.ts";
import { judge } from "./verdict.ts";
import type { Outcome } from "./outages.ts";

export const poisonHead =
  "| poison | other snapshots | delivered within | lost | duplicates | quarantined |\n|---|---|---|---|---|---|";

interface Poison {
  readonly name: string;
  /** Other snapshots, and the seconds between two of them. */
  readonly snapshots: number;
  readonly interval: number;
  /** Code with which the one poisoned thing is quarantined. */
  readonly code: string;
  /** Audiences that get the poisoned entry nevertheless. */
  readonly told: readonly string[];
  /** The death of its process makes the messages of the same call be sent again. */
  readonly repeats?: true;
  /** Seconds within which all others are delivered after their upload. */
  readonly within: number;
  readonly timeoutSeconds: number;
  readonly act: Pick<Act, "decide" | "behaviour">;
}

const poisoned = markOf("poison", 1);
const isPoisoned = ({ audience, email }: { readonly audience: string; readonly email: string }): boolean =>
  audience === "alerts" && email.includes(poisoned);

export const poisons: readonly Poison[] = [
  {
    name: "a snapshot that kills ingest",
    snapshots: 40,
    interval: 0,
    code: "snapshot-kills",
    told: [],
    within: 15,
    timeoutSeconds: 5,
    act: {
      decide: ({ name, object }) =>
        name === "s3.GetObject snapshots" && object?.includes("/poison/") ? "killed after" : undefined,
    },
  },
  {
    name: "a message that kills deliver",
    snapshots: 40,
    interval: 0.5,
    code: "message-kills",
    told: ["digest"],
    repeats: true,
    // The group of the message waits for the visibility timeout of each invocation that it killed, and is then sent one by one.
    within: 300,
    timeoutSeconds: 5,
    act: { decide: ({ published }) => (published.some(isPoisoned) ? "killed before" : undefined) },
  },
  {
    name: "a message that always fails",
    snapshots: 60,
    interval: 5,
    code: "message-fails",
    told: ["digest"],
    within: 30,
    timeoutSeconds: 15,
    act: {
      decide: () => undefined,
      behaviour: { refusal: (message) => (isPoisoned(message) ? "InternalError" : undefined) },
    },
  },
];

/** One poisoned snapshot or message among others. */
export async function playPoison(poison: Poison): Promise<Outcome> {
  const configuration = arenaAudiences({ timeoutSeconds: poison.timeoutSeconds, maximumConcurrency: 4 });
  const arena = await openArena({ configuration, deduplicationSeconds: 0 });
  const feeds = range(1, poison.snapshots).map((n) => `sound${n}`);
  const uploaded = new Map<string, number>();
  try {
    const after = await arena.play({
      ...poison.act,
      async upload({ stack }) {
        for (const [i, feed] of feeds.entries()) {
          if (i === 5) await put(stack, "poison");
          uploaded.set(feed, Date.now());
          await put(stack, feed);
          await sleep(poison.interval * 1000);
        }
      },
    });
    const others = feeds.map((feed) => markOf(feed, 1));
    const expected = (audience: string): readonly string[] =>
      poison.told.includes(audience) ? [...others, poisoned] : others;
    const { lost, duplicates, broken } = judge(dueAtOnce(expected), after);
    const repeated = Object.values(duplicates).reduce((sum, count) => sum + count, 0);
    const codes = (await arena.stack.troubles()).map(({ code }) => code);
    const late = slowest(after, uploaded);
    for (const one of broken) console.log(`BROKEN ${poison.name}: ${one}`);
    return {
      isKept:
        lost.length + broken.length + after.redriven === 0 &&
        repeated === (poison.repeats ? duplicates["process died"] : 0) &&
        codes.join() === poison.code &&
        late <= poison.within,
      row: `| ${poison.name} | ${poison.snapshots} | ${late.toFixed(1)} s | ${lost.length} | ${repeated} | ${codes.join(", ")} |`,
    };
  } finally {
    await arena.close();
  }
}

const put = ({ uploader }: LocalStack, feed: string): Promise<unknown> =>
  uploader.put(`snapshots/${feed}/latest.xml`, rss(feed, [1]));

/** Longest time from the upload of a snapshot to the last mail about it, seconds. */
function slowest({ mails }: Aftermath, uploaded: ReadonlyMap<string, number>): number {
  const times = [...uploaded].flatMap(([feed, start]) =>
    mails.filter(({ text }) => text.includes(markOf(feed, 1))).map(({ at }) => at - start),
  );
  return Math.max(...times) / 1000;
}
