import type { Arena } from "./arena.ts";
import type { Call, Published } from "./calls.ts";
import type { Kind } from "./proxy.ts";
import { markOf, range, rss, ticker } from "./snapshots.ts";

/** One kind of upload, with what each reader must get of it. */
export interface Scenario {
  readonly name: string;
  /** Snapshots in one event batch; 1 lets two of them run at once. */
  readonly batchSize: number;
  /** Entries that go out one by one; more than 10 need several paced calls, and so several runs. */
  readonly burst: number;
  readonly upload: (arena: Arena, feed: string) => Promise<void>;
  readonly expected: (feed: string, audience: string) => readonly string[];
  /** Messages that SNS refuses for good. */
  readonly refuses?: (message: Published) => boolean;
  /** What goes wrong in every run of the scenario, until the first invocation ends. */
  readonly trouble?: (call: Call) => Kind | undefined;
  /** Keys under `quarantine/` that there must be afterwards. */
  readonly quarantined?: (feed: string) => readonly string[];
  /** How many messages must lie beside their reasons. */
  readonly refusedMessages?: number;
}

const key = (feed: string, name = "latest.xml") => `snapshots/${feed}/${name}`;
const marks = (numbers: readonly number[]) => (feed: string) => numbers.map((n) => markOf(feed, n));

/** Entries that one digest shows in every scenario. */
export const digestItems = 5;

export const scenarios: readonly Scenario[] = [
  {
    name: "a few new entries",
    batchSize: 5,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
    },
    expected: marks(range(1, 3)),
  },
  {
    name: "entries that share a link, without ids and dates",
    batchSize: 5,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), ticker(feed, [1]));
      await stack.idle({ timeoutSeconds: 300 });
      await stack.uploader.put(key(feed), ticker(feed, [2, 3]));
    },
    expected: marks(range(1, 3)),
  },
  {
    name: "a flood",
    batchSize: 5,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 12)));
    },
    expected: marks(range(1, 12)),
  },
  {
    name: "two versions of a key within a second",
    batchSize: 1,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
      await stack.uploader.put(key(feed), rss(feed, range(3, 5)));
    },
    expected: marks(range(1, 5)),
  },
  {
    name: "a snapshot delivered twice at once",
    batchSize: 1,
    burst: 3,
    upload: async ({ stack, notify }, feed) => {
      const versionId = await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
      await notify({ key: key(feed), versionId });
    },
    expected: marks(range(1, 3)),
  },
  {
    name: "an unreadable snapshot beside a good one",
    batchSize: 5,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await Promise.all([
        stack.uploader.put(key(feed, "bad.xml"), "This is a note, and no feed."),
        stack.uploader.put(key(feed), rss(feed, range(1, 2))),
      ]);
    },
    expected: marks(range(1, 2)),
    quarantined: (feed) => [`quarantine/${feed}/bad.xml`, `quarantine/${feed}/bad.xml.reason.json`],
  },
  {
    name: "a snapshot that has to be continued",
    batchSize: 5,
    burst: 25,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 22)));
    },
    expected: marks(range(1, 22)),
  },
  {
    name: "a run that fails, and the next one that takes over",
    batchSize: 5,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
    },
    expected: marks(range(1, 3)),
    trouble: ({ published }) =>
      published.some(({ audience }) => audience === "digest") ? "throttled" : undefined,
  },
  {
    name: "two messages that SNS refuses",
    batchSize: 5,
    burst: 3,
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
    },
    expected: (feed, audience) => marks(audience === "alerts" ? [1] : [1, 2, 3])(feed),
    refuses: ({ audience, email }) => audience === "alerts" && /Case [a-z]+\d*-[23]\./.test(email),
    quarantined: (feed) => [`quarantine/${feed}/latest.xml`],
    refusedMessages: 2,
  },
];
