import type { Configuration } from "./configuration.ts";
import { SnapshotError } from "./errors.ts";
import type { Entry, Feed, SnapshotReport } from "./feed/entry.ts";
import { slug } from "./feed/feed-slug.ts";
import type { Clock, Snapshots } from "./ports.ts";
import type { SnapshotVersion } from "./snapshot.ts";

/** The entries of a snapshot and the feed that they belong to. */
export interface OpenEntries {
  /** Only what one entry takes is in memory at a time. */
  readonly entries: AsyncGenerator<Entry, SnapshotReport>;
  /** Name of the feed. */
  readonly name: string;
  /** Length of the text that the entries so far came from. */
  readonly length: () => number;
  /** Closes the connection to the bucket, also where no entry was read. */
  readonly close: () => Promise<void>;
}

/**
 * Opens, decodes and parses a snapshot as a stream. `name`: the feed's name in the key; a key without one belongs to
 * the feed that the head of the snapshot names, else to the host of its first link, else to the file's name.
 */
export async function openEntries(
  version: SnapshotVersion,
  name: string | undefined,
  configuration: Configuration,
  { snapshots, clock }: { readonly snapshots: Snapshots; readonly clock: Clock },
): Promise<OpenEntries> {
  // The parser is loaded while the bucket answers.
  const [opened, { streamSnapshot }] = await Promise.all([
    snapshots.open(version),
    import("./feed/parse.ts"),
  ]);
  const { bytes } = configuration.limits;
  if (opened.size !== undefined && opened.size > bytes) {
    await closeUnread(opened.chunks);
    throw new SnapshotError("snapshot-too-large", `${opened.size} bytes`, `at most ${bytes} bytes`);
  }
  let length = 0;
  let feed: Feed = {};
  const timeZone = name === undefined ? undefined : configuration.feeds[slug(name)]?.timeZone;
  let isRead = false;
  const chunks = async function* () {
    isRead = true;
    yield* opened.chunks;
  };
  const entries = streamSnapshot(chunks(), {
    name: version.key,
    ...(opened.contentType !== undefined && { contentType: opened.contentType }),
    ...(timeZone !== undefined && { timeZone }),
    limits: configuration.limits,
    now: clock.now(),
    clock: () => clock.now(),
    onProgress: (to, known) => {
      length = to;
      feed = known;
    },
  });
  const close = async () => {
    await entries.return(undefined as never);
    if (!isRead) await closeUnread(opened.chunks);
  };
  if (name !== undefined) return { entries, name, length: () => length, close };
  const first = await entries.next();
  const title = first.done ? first.value.feed.title : feed.title;
  const host = first.done ? undefined : first.value.link && URL.parse(first.value.link)?.host;
  const file = version.key.slice(version.key.lastIndexOf("/") + 1);
  return { entries: withFirst(first, entries), name: title ?? host ?? file, length: () => length, close };
}

/** Breaking out of the iterator closes the connection; a body that is never iterated stays open. */
async function closeUnread(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks) break;
}

/** The entries of which the first has already been read. */
async function* withFirst(
  first: IteratorResult<Entry, SnapshotReport>,
  rest: AsyncGenerator<Entry, SnapshotReport>,
): AsyncGenerator<Entry, SnapshotReport> {
  if (first.done) return first.value;
  try {
    yield first.value;
    return yield* rest;
  } finally {
    await rest.return(undefined as never);
  }
}
