import { parseRequests } from "../../functions/aws/requests.ts";
import { snapshotOfReason } from "../../functions/aws/snapshots.ts";
import { isFailure, readLogLine, type FailureLine } from "../../functions/core/log-line.ts";
import { readBody } from "./emulators/s3/body.ts";
import type { Version } from "./emulators/s3/buckets.ts";
import type { Endpoint } from "./emulators/endpoint.ts";
import type { QueuedMessage } from "./emulators/queues.ts";

/** A quarantined snapshot or a dead letter. */
export interface Trouble {
  /** Unique per occurrence: the same snapshot may be quarantined again for the same reason. */
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly reason: string;
}

/** Watches quarantine and dead-letter queue. */
export interface Troubles {
  all(): Promise<readonly Trouble[]>;
  /** Reads a line of the function's log, which has the reason of a later dead letter. */
  readLogLine(line: string): void;
  close(): void;
}

export function watchTroubles(places: {
  readonly endpoint: Endpoint;
  readonly bucket: string;
  readonly deadLetters: () => Promise<readonly QueuedMessage[]>;
  readonly onTrouble?: (trouble: Trouble) => void;
}): Troubles {
  const { endpoint, bucket, deadLetters, onTrouble } = places;
  const reported = new Set<string>();
  /** The last failure of each queue message. */
  const failures = new Map<string, FailureLine>();
  let closed = false;

  const all = async () => [
    ...(await readQuarantine(endpoint, bucket)),
    ...(await deadLetters()).map((message) => describeDeadLetter(message, failures.get(message.id))),
  ];

  async function report(): Promise<void> {
    try {
      for (const trouble of await all()) {
        if (!reported.has(trouble.id)) onTrouble?.(trouble);
        reported.add(trouble.id);
      }
    } catch (error) {
      // The stack may have been stopped during the call.
      if (!closed) throw error;
    }
  }

  const timer = onTrouble && setInterval(() => void report(), 1000);
  return {
    all,
    readLogLine(line) {
      const read = readLogLine(line);
      if (read && isFailure(read)) failures.set(read.message, read);
    },
    close() {
      closed = true;
      clearInterval(timer);
    },
  };
}

/** Reads the reason files under `quarantine/`. */
async function readQuarantine(endpoint: Endpoint, bucketName: string): Promise<readonly Trouble[]> {
  const objects = endpoint.buckets.get(bucketName)?.objects ?? new Map<string, never>();
  const troubles: Trouble[] = [];
  for (const [key, versions] of objects) {
    const snapshot = snapshotOfReason(key);
    if (!key.startsWith("quarantine/") || snapshot === undefined) continue;
    for (const { versionId, body } of sinceDeletion(versions).toReversed()) {
      if (!body) continue;
      const text = Buffer.concat(await readBody(body).toArray()).toString("utf8");
      const {
        code = "unknown",
        found,
        expected,
        hint,
      } = JSON.parse(text) as Readonly<Record<string, string>>;
      const reason = `found ${found}; expected ${expected}. ${hint ?? ""}`;
      troubles.push({ id: `${key} ${versionId}`, key: snapshot, code, reason });
    }
  }
  return troubles;
}

/** The versions since the key was last deleted, newest first: each is a separate quarantine. */
function sinceDeletion(versions: readonly Version[]): readonly Version[] {
  const marker = versions.findIndex(({ body }) => body === undefined);
  return marker === -1 ? versions : versions.slice(0, marker);
}

function describeDeadLetter({ id, body }: QueuedMessage, failure: FailureLine | undefined): Trouble {
  const reason = failure?.why ?? "See the function's log for the reason.";
  return {
    id,
    key: keyIn(body),
    code: failure?.code ?? "unexpected",
    reason: `dead-lettered after its last attempt. ${reason}`,
  };
}

/** The key of the snapshot that a message names. */
function keyIn(body: string): string {
  try {
    return parseRequests(body, 1, 0)[0]?.version.key ?? "a queue message";
  } catch {
    return "a queue message";
  }
}
