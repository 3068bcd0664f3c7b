import { openClients, type StackClients } from "../../functions/aws/stack-clients.ts";
import { receiveDeadLetters, redrive, releaseDeadLetters } from "../../functions/aws/dead-letter-queue.ts";
import { deleteVersion, listVersions } from "../../functions/aws/object-versions.ts";
import { requestReplay } from "../../functions/aws/replay-request.ts";
import { parseRequests } from "../../functions/aws/requests.ts";
import { quarantineKey, reasonSuffix } from "../../functions/aws/snapshots.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import type { Version } from "./emulators/s3/buckets.ts";

/** Makes ingest read versions again. */
export interface Replays {
  /**
   * Sends the dead letters of a version back to the intake queue, or else a request to read it. Its quarantined copy is
   * removed before that, because ingest writes another one if it fails again.
   */
  run(version: Version): Promise<void>;
  close(): void;
}

export function openReplays({ endpoint, region, bucket, queues }: StackNames): Replays {
  let opened: StackClients | undefined;
  const clients = () => (opened ??= openClients({ endpoint, region }, process.env));

  /** Returns how many dead letters were sent back. */
  async function redriveDeadLetters({ key, versionId }: Version): Promise<number> {
    const { sqs } = clients();
    const route = { from: queues.deadLetter, to: queues.intake };
    const letters = await receiveDeadLetters(sqs, route.from);
    const wanted = letters.filter(({ body }) =>
      versionsIn(body).some((found) => found.key === key && (found.versionId ?? "null") === versionId),
    );
    for (const letter of wanted) await redrive(sqs, letter, route);
    const others = letters.filter((letter) => !wanted.includes(letter));
    await releaseDeadLetters(sqs, route.from, others);
    return wanted.length;
  }

  /** Removes the copies of these bytes under `quarantine/`, and the reasons where no other copy is left. */
  async function removeQuarantined({ key, body }: Version): Promise<void> {
    const { s3 } = clients();
    const copy = quarantineKey(key);
    const listed = await Array.fromAsync(listVersions(s3, bucket, copy));
    const copies = listed.filter((found) => found.key === copy);
    const same = copies.filter(({ etag }) => etag === body?.etag);
    const reasons = listed.filter((found) => found.key === copy + reasonSuffix);
    const removed = [...same, ...(same.length === copies.length ? reasons : [])];
    for (const version of removed) await deleteVersion(s3, bucket, version);
  }

  return {
    async run(version) {
      const { key, versionId, body } = version;
      if ((await redriveDeadLetters(version)) > 0) return;
      await removeQuarantined(version);
      const stored = body && { etag: body.etag, size: body.size };
      await requestReplay(clients().sqs, queues.intake, { bucket, key, versionId, ...stored }, undefined);
    },
    close: () => opened?.close(),
  };
}

function versionsIn(body: string) {
  try {
    return parseRequests(body, 1, 0).map(({ version }) => version);
  } catch {
    return [];
  }
}
