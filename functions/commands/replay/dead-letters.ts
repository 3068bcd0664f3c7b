import { hash } from "node:crypto";
import {
  countDeadLetters,
  receiveDeadLetters,
  redrive,
  releaseDeadLetters,
  type DeadLetter,
} from "../../aws/dead-letter-queue.ts";
import { unwrap } from "../../aws/intake.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import type { ReplayItem, ReplayPlan } from "./item.ts";

/**
 * Redrives the dead-letter queue to the intake queue. An interruption at any point repeats a message, which sends
 * nothing twice, and loses none. A message that fails again and returns during the run stays in the queue.
 */
export async function planDeadLetters(
  sqs: StackClients["sqs"],
  { queue, deadLetterQueue }: { readonly queue: string; readonly deadLetterQueue: string },
): Promise<ReplayPlan> {
  const move = (letter: DeadLetter) => redrive(sqs, letter, { from: deadLetterQueue, to: queue });
  return {
    total: await countDeadLetters(sqs, deadLetterQueue),
    list: () => receiveAll(sqs, deadLetterQueue, undefined),
    run: () => receiveAll(sqs, deadLetterQueue, move),
  };
}

/** Receives until the queue is empty and releases at the end what is still in it. */
async function* receiveAll(
  sqs: StackClients["sqs"],
  queue: string,
  move: ((letter: DeadLetter) => Promise<void>) | undefined,
): AsyncGenerator<ReplayItem> {
  const seen = new Set<string>();
  const kept: DeadLetter[] = [];
  try {
    for (;;) {
      const letters = await receiveDeadLetters(sqs, queue);
      if (letters.length === 0) return;
      // A redriven message has a new identifier: only its body shows that it has returned.
      const fresh = letters.filter(({ body }) => {
        const name = hash("sha256", body);
        return !seen.has(name) && seen.add(name);
      });
      kept.push(...(move ? letters.filter((letter) => !fresh.includes(letter)) : letters));
      if (fresh.length === 0) return;
      const outcomes = await Promise.allSettled(fresh.map(async (letter) => move?.(letter)));
      kept.push(...fresh.filter((_, i) => outcomes[i]?.status === "rejected"));
      yield* fresh.filter((_, i) => outcomes[i]?.status === "fulfilled").map(itemOf);
      const failure = outcomes.find(({ status }) => status === "rejected");
      if (failure?.status === "rejected") throw failure.reason;
    }
  } finally {
    await releaseDeadLetters(sqs, queue, kept);
  }
}

function itemOf({ id, body, at }: DeadLetter): ReplayItem {
  const versions = versionsIn(body);
  const [version] = versions;
  return {
    key:
      versions.length > 0
        ? versions.map(({ key }) => key).join(", ")
        : `message ${id}, which is not an S3 event`,
    ...(versions.length === 1 && version?.versionId !== undefined && { version: version.versionId }),
    ...(at !== undefined && { at }),
  };
}

function versionsIn(body: string) {
  try {
    return unwrap(body).map(({ version }) => version);
  } catch {
    return [];
  }
}
