import { setTimeout as sleep } from "node:timers/promises";
import { visibilitySeconds } from "../../functions/core/configuration.ts";
import type { Arena } from "./arena.ts";
import { scheduledWord } from "./arena-configuration.ts";
import type { Call } from "./calls.ts";
import type { Behaviour, Kind } from "./proxy.ts";
import { markOf, range, rss, ticker } from "./snapshots.ts";

/** One kind of upload, with what each reader must get from it. */
export interface Scenario {
  readonly name: string;
  /** What happens before faults are possible. */
  readonly before?: (arena: Arena, feed: string, so: Progress) => Promise<void>;
  readonly upload: (arena: Arena, feed: string) => Promise<void>;
  /** Calls that this scenario is about. A fault of any other call has the effect that it has in the first scenario. */
  readonly about?: RegExp;
  /** The audience with a schedule is due the same entries. */
  readonly isScheduled?: true;
  readonly expected: (feed: string, audience: string) => readonly string[];
  readonly behaviour?: Behaviour;
  /** Time-out of the functions, where it is not the usual one of 2 seconds. */
  readonly timeoutSeconds?: number;
  /** A fault that is part of the scenario. */
  readonly trouble?: (call: Call, so: Progress) => Kind | undefined;
  /** Keys under `quarantine/` that must exist afterwards. */
  readonly quarantined?: (feed: string) => readonly string[];
  /** Number of messages that must be quarantined. */
  readonly refusedMessages?: number;
}

/** How far the scenario's own trouble has gone. */
export interface Progress {
  /** Invocations that ended. */
  readonly ended: number;
  /** Faults that the trouble has caused. */
  readonly troubles: number;
}

const key = (feed: string, name = "latest.xml") => `snapshots/${feed}/${name}`;
const marks = (numbers: readonly number[]) => (feed: string) => numbers.map((n) => markOf(feed, n));
const put = (numbers: readonly number[]) => async (arena: Arena, feed: string) => {
  await arena.stack.uploader.put(key(feed), rss(feed, numbers));
};

/** Milliseconds, shorter than the time after which a call fails: two batches of 100 entries use up a run's time. */
const slowLedger: Readonly<Record<string, number>> = {
  "dynamodb.BatchGetItem entry": 1_500,
  "dynamodb.PutItem entry": 500,
};

/** Calls in which two runs of one snapshot or feed meet. */
const ofMeetingRuns = / entry| pointer| claim| feed| memory| intake| outbox/;

/** Two entries in each of three feeds, for the audience with a schedule too: one more than a digest shows. */
async function putScheduled({ stack }: Arena, feed: string): Promise<void> {
  for (const [i, name] of ["a", "b", "c"].entries())
    await stack.uploader.put(
      `snapshots/${feed}-${name}/latest.xml`,
      rss(feed, [2 * i + 1, 2 * i + 2], scheduledWord),
    );
}

/** Fires a slot, the same slot again, and a later one. */
async function fireSlots({ stack, fire }: Arena): Promise<void> {
  const slot = Date.now();
  for (const at of [slot, slot, undefined]) {
    await fire("daily", at ?? Date.now());
    await stack.idle({ timeoutSeconds: 300 });
  }
}

const settle = (arena: Arena) => arena.stack.idle({ timeoutSeconds: 300 });

export const scenarios: readonly Scenario[] = [
  {
    name: "a few new entries",
    upload: put(range(1, 3)),
    expected: marks(range(1, 3)),
  },
  {
    name: "entries that share a link, without ids and dates",
    before: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), ticker(feed, [1]));
      await stack.idle({ timeoutSeconds: 300 });
    },
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), ticker(feed, [2, 3]));
    },
    about: /entry| pointer| claim/,
    expected: marks(range(1, 3)),
  },
  {
    name: "a first import",
    upload: put(range(1, 12)),
    about: / feed| memory| plans|seal| outbox| finish|^sns\.| sent/,
    expected: marks(range(1, 12)),
  },
  {
    name: "a flood in a known feed",
    before: async (arena, feed) => {
      await put([1])(arena, feed);
      await arena.stack.idle({ timeoutSeconds: 300 });
    },
    upload: put(range(1, 13)),
    about: / feed| memory| plans|seal| outbox| finish|^sns\.| sent/,
    expected: marks(range(1, 13)),
  },
  {
    name: "two versions of a key within a second",
    upload: async (arena, feed) => {
      await put(range(1, 3))(arena, feed);
      await put(range(3, 5))(arena, feed);
    },
    about: ofMeetingRuns,
    expected: marks(range(1, 5)),
  },
  {
    name: "an event delivered twice",
    upload: async ({ stack, notify }, feed) => {
      const versionId = await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
      await notify({ key: key(feed), versionId });
    },
    about: ofMeetingRuns,
    expected: marks(range(1, 3)),
  },
  {
    name: "an unreadable snapshot and a good one",
    upload: async (arena, feed) => {
      await Promise.all([
        arena.stack.uploader.put(key(feed, "bad.xml"), "This is a note, and no feed."),
        put(range(1, 2))(arena, feed),
      ]);
    },
    about: /^s3\.| feed/,
    expected: marks(range(1, 2)),
    quarantined: (feed) => [`quarantine/${feed}/bad.xml`, `quarantine/${feed}/bad.xml.reason.json`],
  },
  {
    name: "a snapshot that needs several runs",
    upload: put(range(1, 250)),
    about: /states| intake| hand on| acquire/,
    expected: marks(range(1, 250)),
    timeoutSeconds: 8,
    behaviour: { delay: ({ name }) => slowLedger[name] ?? 0 },
  },
  {
    name: "a run that can't seal its claim, and the next one",
    upload: put(range(1, 3)),
    about: /claim| plans| intake| attempt/,
    expected: marks(range(1, 3)),
    trouble: ({ name }, { ended }) =>
      ended === 0 && name === "dynamodb.UpdateItem claim seal" ? "throttled" : undefined,
  },
  {
    name: "two messages that SNS refuses",
    upload: put(range(1, 3)),
    about: /^sns\.| sent| audience| quarantine/,
    expected: (feed, audience) => marks(audience === "alerts" ? [1] : [1, 2, 3])(feed),
    behaviour: {
      refusal: ({ audience, email }) =>
        audience === "alerts" && /Case [a-z]+\d*-[23]\./.test(email) ? "InvalidParameter" : undefined,
    },
    refusedMessages: 2,
  },
  {
    name: "messages that are returned to the outbox twice",
    upload: put(range(1, 3)),
    about: /^sns\.|^sqs\.ChangeMessageVisibility| sent| attempt/,
    expected: marks(range(1, 3)),
    trouble: ({ name }, { troubles }) =>
      name === "sns.PublishBatch" && troubles < 4 ? "error before" : undefined,
  },
  {
    name: "a sealed plan that watch finds",
    before: async (arena, feed, so) => {
      await put(range(1, 3))(arena, feed);
      while (so.troubles === 0) await sleep(50);
      // The process has died by then.
      await sleep(1_000);
      await arena.loseIntake();
      // Watch leaves a plan of the last two visibility timeouts to the run that wrote it.
      await sleep(2_000 * visibilitySeconds(arena.timeoutSeconds) + 1_000);
    },
    upload: async (arena) => {
      await arena.watch();
      await arena.stack.idle({ timeoutSeconds: 300 });
      // The next hour, in case that all attempts of this one failed.
      await arena.watch();
    },
    about: /^s3\.| watch| claim| outbox/,
    expected: marks(range(1, 3)),
    trouble: ({ name }, { troubles }) =>
      troubles === 0 && name === "dynamodb.UpdateItem claim seal" ? "killed after" : undefined,
  },
  {
    name: "entries that wait for a schedule",
    upload: async (arena, feed) => {
      await putScheduled(arena, feed);
      await settle(arena);
      await fireSlots(arena);
    },
    about: /waiting put| claim finish|PutObject plans/,
    isScheduled: true,
    expected: marks(range(1, 6)),
  },
  {
    name: "a digest of three feeds",
    before: async (arena, feed) => {
      await putScheduled(arena, feed);
      await settle(arena);
    },
    upload: fireSlots,
    about: / waiting| audience| slots|^s3\.| outbox|BatchGetItem claim/,
    isScheduled: true,
    expected: marks(range(1, 6)),
  },
  {
    name: "a sealed digest that watch finds",
    before: async (arena, feed) => {
      await putScheduled(arena, feed);
      await settle(arena);
      const first = arena.stack.invocations.length;
      await arena.fire("daily", Date.now());
      while (arena.stack.invocations.length === first) await sleep(50);
      await arena.loseSlots();
      // Watch leaves a plan of the last two visibility timeouts to the run that wrote it.
      await sleep(2_000 * visibilitySeconds(arena.timeoutSeconds) + 1_000);
    },
    upload: async (arena) => {
      await arena.watch();
      await settle(arena);
      await arena.watch();
    },
    about: /^s3\.| waiting| audience| outbox/,
    isScheduled: true,
    expected: marks(range(1, 6)),
    trouble: ({ name }, { troubles }) =>
      troubles === 0 && name === "dynamodb.UpdateItem audience #plan #planSlot" ? "killed after" : undefined,
  },
];
