import type { Arena } from "./arena.ts";
import type { Call, Published } from "./calls.ts";
import type { Kind } from "./proxy.ts";
import { markOf, range, rss, ticker } from "./snapshots.ts";

/** One kind of upload, with what each reader must get from it. */
export interface Scenario {
  readonly name: string;
  readonly upload: (arena: Arena, feed: string) => Promise<void>;
  readonly expected: (feed: string, audience: string) => readonly string[];
  /** Messages that SNS refuses permanently. */
  readonly refuses?: (message: Published) => boolean;
  /** A fault that is part of the scenario, until the first invocation ends. */
  readonly trouble?: (call: Call) => Kind | undefined;
  /** Keys under `quarantine/` that must exist afterwards. */
  readonly quarantined?: (feed: string) => readonly string[];
  /** Number of messages that must be quarantined. */
  readonly refusedMessages?: number;
}

const key = (feed: string, name = "latest.xml") => `snapshots/${feed}/${name}`;
const marks = (numbers: readonly number[]) => (feed: string) => numbers.map((n) => markOf(feed, n));

/** Entries that go out one by one, and entries that one digest shows, in every scenario. */
export const maxAlerts = 3;
export const digestItems = 5;

export const scenarios: readonly Scenario[] = [
  {
    name: "a few new entries",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
    },
    expected: marks(range(1, 3)),
  },
  {
    name: "entries that share a link, without ids and dates",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), ticker(feed, [1]));
      await stack.idle({ timeoutSeconds: 300 });
      await stack.uploader.put(key(feed), ticker(feed, [2, 3]));
    },
    expected: marks(range(1, 3)),
  },
  {
    name: "a first import",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 12)));
    },
    expected: marks(range(1, 12)),
  },
  {
    name: "a flood in a known feed",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, [1]));
      await stack.idle({ timeoutSeconds: 300 });
      await stack.uploader.put(key(feed), rss(feed, range(1, 13)));
    },
    expected: marks(range(1, 13)),
  },
  {
    name: "two versions of a key within a second",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
      await stack.uploader.put(key(feed), rss(feed, range(3, 5)));
    },
    expected: marks(range(1, 5)),
  },
  {
    name: "an event delivered twice",
    upload: async ({ stack, notify }, feed) => {
      const versionId = await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
      await notify({ key: key(feed), versionId });
    },
    expected: marks(range(1, 3)),
  },
  {
    name: "an unreadable snapshot and a good one",
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
    name: "a snapshot that needs several runs",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 1_200)));
    },
    expected: marks(range(1, 1_200)),
  },
  {
    name: "a run that can't seal its claim, and the next one",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
    },
    expected: marks(range(1, 3)),
    trouble: ({ name }) => (name === "dynamodb.UpdateItem claim seal" ? "throttled" : undefined),
  },
  {
    name: "two messages that SNS refuses",
    upload: async ({ stack }, feed) => {
      await stack.uploader.put(key(feed), rss(feed, range(1, 3)));
    },
    expected: (feed, audience) => marks(audience === "alerts" ? [1] : [1, 2, 3])(feed),
    refuses: ({ audience, email }) => audience === "alerts" && /Case [a-z]+\d*-[23]\./.test(email),
    refusedMessages: 2,
  },
];
