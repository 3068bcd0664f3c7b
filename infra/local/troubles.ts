import { unwrap } from "../../functions/aws/intake.ts";
import { snapshotOfReason } from "../../functions/aws/snapshots.ts";
import { isFailure, readLogLine, type FailureLine } from "../../functions/core/log-line.ts";
import { readBody } from "./emulators/s3/body.ts";
import type { Version } from "./emulators/s3/buckets.ts";
import type { Endpoint } from "./emulators/endpoint.ts";
import type { QueuedMessage } from "./emulators/queues.ts";

/** Something that did not reach its readers, in words. */
export interface Trouble {
  /** Names this one occurrence: the same snapshot may go into quarantine again for the same reason. */
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly reason: string;
}

/** Keeps an eye on what did not reach its readers. */
export interface Troubles {
  all(): Promise<readonly Trouble[]>;
  /** Takes in a line of the function's log: dead letters carry no reason of their own. */
  hear(line: string): void;
  close(): void;
}

export function watchTroubles(places: {
  readonly endpoint: Endpoint;
  readonly bucket: string;
  readonly deadLetters: () => Promise<readonly QueuedMessage[]>;
  readonly onTrouble?: (trouble: Trouble) => void;
}): Troubles {
  const { endpoint, bucket, deadLetters, onTrouble } = places;
  const told = new Set<string>();
  /** What the function said last of each message. */
  const failures = new Map<string, FailureLine>();
  let closed = false;

  const all = async () => [
    ...(await readQuarantine(endpoint, bucket)),
    ...(await deadLetters()).map((message) => describeDeadLetter(message, failures.get(message.id))),
  ];

  async function tell(): Promise<void> {
    try {
      for (const trouble of await all()) {
        if (!told.has(trouble.id)) onTrouble?.(trouble);
        told.add(trouble.id);
      }
    } catch (error) {
      // Between a look and its answer the stack may have been stopped.
      if (!closed) throw error;
    }
  }

  const timer = onTrouble && setInterval(() => void tell(), 1000);
  return {
    all,
    hear(line) {
      const read = readLogLine(line);
      if (read && isFailure(read)) failures.set(read.message, read);
    },
    close() {
      closed = true;
      clearInterval(timer);
    },
  };
}

/** What lies under `quarantine/`, read from the reason files there. */
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

/** The versions, newest first, since the key was deleted last: each tells of a quarantine of its own. */
function sinceDeletion(versions: readonly Version[]): readonly Version[] {
  const marker = versions.findIndex(({ body }) => body === undefined);
  return marker === -1 ? versions : versions.slice(0, marker);
}

function describeDeadLetter({ id, body }: QueuedMessage, failure: FailureLine | undefined): Trouble {
  const said = failure?.why ?? "The function's log has the reason.";
  return {
    id,
    key: keyIn(body),
    code: failure?.code ?? "unexpected",
    reason: `it failed five times and lies in the dead-letter queue. ${said}`,
  };
}

/** The key of the snapshot that a message names. */
function keyIn(body: string): string {
  try {
    return unwrap(body)[0]?.version.key ?? "a queue message";
  } catch {
    return "a queue message";
  }
}
