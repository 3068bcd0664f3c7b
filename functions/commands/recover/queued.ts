import { receiveDeadLetters, releaseDeadLetters, type DeadLetter } from "../../aws/dead-letter-queue.ts";
import { countMessages } from "../../aws/queue-counts.ts";
import { parseRequests } from "../../aws/requests.ts";
import { parseSlot } from "../../aws/slots.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import { versionHash } from "../../core/dedupe/run.ts";

type Sqs = StackClients["sqs"];

/** Number of messages of a queue that can't be read now: received by a function, or delayed. */
export async function countHidden(sqs: Sqs, url: string): Promise<number> {
  const { inFlight, delayed } = await countMessages(sqs, url);
  return inFlight + delayed;
}

/** Number of all messages of queues. */
export async function countAll(sqs: Sqs, urls: readonly string[]): Promise<number> {
  const counts = await Promise.all(urls.map((url) => countMessages(sqs, url)));
  return counts.reduce((sum, { waiting, inFlight, delayed }) => sum + waiting + inFlight + delayed, 0);
}

/** Hashes of the snapshot versions that messages of the intake queue or its dead-letter queue ask for. */
export async function queuedSnapshots(sqs: Sqs, urls: readonly string[]): Promise<ReadonlySet<string>> {
  const bodies = await readBodies(sqs, urls);
  return new Set(
    bodies.flatMap((body) =>
      readable(() => parseRequests(body, 1, 0).map(({ version }) => versionHash(version))),
    ),
  );
}

/** Claims of the digests that messages of the slots queue ask for. */
export async function queuedDigests(sqs: Sqs, url: string): Promise<ReadonlySet<string>> {
  const bodies = await readBodies(sqs, [url]);
  return new Set(
    bodies.flatMap((body) =>
      readable(() => {
        const { audience, slot } = parseSlot(body, 0);
        return [`digest-${audience}-${slot}`];
      }),
    ),
  );
}

/** What is no message asks for nothing. */
function readable(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** Reads all messages and makes them visible again. */
async function readBodies(sqs: Sqs, urls: readonly string[]): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (const url of urls) {
    const letters: DeadLetter[] = [];
    try {
      for (;;) {
        const received = await receiveDeadLetters(sqs, url);
        if (received.length === 0) break;
        letters.push(...received);
      }
    } finally {
      await releaseDeadLetters(sqs, url, letters);
    }
    bodies.push(...letters.map(({ body }) => body));
  }
  return bodies;
}
