import { parseRequests } from "../../functions/aws/requests.ts";
import { prefixes } from "../../functions/aws/environment.ts";
import { feedOfKey } from "../../functions/core/feed/feed-slug.ts";
import { isFailure, readLogLine, type SnapshotLine } from "../../functions/core/log-line.ts";
import type { Endpoint } from "./emulators/endpoint.ts";
import type { QueuedMessage } from "./emulators/queues.ts";

/** Where a snapshot is on its way. */
export type SnapshotStateName = "queued" | "done" | "unchanged" | "retrying" | "quarantined" | "dead-letter";

/** One uploaded version and what was decided about its entries. */
export interface SnapshotStatus {
  readonly key: string;
  readonly version: string;
  /** Absent where the key names no feed and the snapshot has not been read. */
  readonly feed?: string;
  /** Time of the upload, ISO 8601. */
  readonly at: string;
  readonly state: SnapshotStateName;
  readonly counts: Readonly<Record<"entries" | "new" | "known" | "skipped" | "rejected", number>>;
  readonly reason?: string;
}

export interface SnapshotStates {
  /** Reads a line of the functions' log. */
  readLogLine(line: string): void;
  /** Makes the state of a version `queued` until the next line of the log about it: it is read again. */
  requeue(key: string, version: string): void;
  /** What the log said, to be kept between starts. */
  keep(): KeptSnapshots;
  restore(kept: KeptSnapshots): void;
  /** Newest first. */
  all(): Promise<readonly SnapshotStatus[]>;
}

/** The lines of the log by version and key. */
export type KeptSnapshots = readonly (readonly [name: string, line: SnapshotLine])[];

const states: Readonly<Record<string, SnapshotStateName>> = {
  done: "done",
  unchanged: "unchanged",
  retry: "retrying",
  quarantined: "quarantined",
};

/** Follows every version under `snapshots/` by the functions' log and the intake's dead-letter queue. */
export function followSnapshots(places: {
  readonly endpoint: Endpoint;
  readonly bucket: string;
  readonly deadLetters: () => Promise<readonly QueuedMessage[]>;
}): SnapshotStates {
  const lines = new Map<string, SnapshotLine>();
  const nameOf = (key: string, version: string | undefined) => `${version ?? "null"} ${key}`;

  return {
    readLogLine(text) {
      const line = readLogLine(text);
      if (line === undefined || isFailure(line)) return;
      const name = nameOf(line.key, line.version);
      lines.set(name, { ...lines.get(name), ...line });
    },
    requeue: (key, version) => void lines.delete(nameOf(key, version)),
    keep: () => [...lines],
    restore(kept) {
      for (const [name, line] of kept) lines.set(name, line);
    },
    async all() {
      const dead = new Set((await places.deadLetters()).flatMap(({ body }) => namesIn(body, nameOf)));
      const objects = [...(places.endpoint.buckets.get(places.bucket)?.objects ?? [])];
      return objects
        .filter(([key]) => key.startsWith(prefixes.snapshots))
        .flatMap(([key, versions]) =>
          versions
            .filter(({ body }) => body !== undefined)
            .map(({ versionId, modified }) => {
              const name = nameOf(key, versionId);
              const at = modified.toISOString();
              return statusOf({ key, version: versionId, at }, lines.get(name), dead.has(name));
            }),
        )
        .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    },
  };
}

function statusOf(
  upload: Pick<SnapshotStatus, "key" | "version" | "at">,
  line: SnapshotLine | undefined,
  isDead: boolean,
): SnapshotStatus {
  const feed = line?.feed ?? feedOfKey(upload.key, prefixes.snapshots);
  const { entries = 0, new: fresh = 0, known = 0, skipped = 0, rejected = 0 } = line ?? {};
  const state = isDead ? "dead-letter" : (states[line?.event ?? ""] ?? "queued");
  const reason = state === "done" || state === "unchanged" ? undefined : reasonIn(line);
  return {
    ...upload,
    ...(feed !== undefined && { feed }),
    state,
    counts: { entries, new: fresh, known, skipped, rejected },
    ...(reason !== undefined && { reason }),
  };
}

function reasonIn(line: SnapshotLine | undefined): string | undefined {
  if (line?.code === undefined) return undefined;
  const { code, why, found, expected } = line;
  return `${code}: ${why ?? `found ${found ?? "nothing"}; expected ${expected ?? "a feed"}`}`;
}

function namesIn(
  body: string,
  nameOf: (key: string, version: string | undefined) => string,
): readonly string[] {
  try {
    return parseRequests(body, 1, 0).map(({ version }) => nameOf(version.key, version.versionId));
  } catch {
    return [];
  }
}
