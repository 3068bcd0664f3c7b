import { hash } from "node:crypto";
import {
  countDeadLetters,
  receiveDeadLetters,
  redrive,
  releaseDeadLetters,
  type DeadLetter,
} from "../../aws/dead-letter-queue.ts";
import { parseOutboxBody } from "../../aws/outbox.ts";
import { parseRequests } from "../../aws/requests.ts";
import type { StackClients } from "../../aws/stack-clients.ts";
import type { ReplayItem, ReplayPlan } from "./item.ts";

/** A dead-letter queue, the queue to which its messages return, and how a message is listed. */
export interface DeadLetterRoute {
  readonly from: string;
  readonly to: string;
  readonly itemOf: (letter: DeadLetter) => ReplayItem;
  /** Messages that are not moved. */
  readonly isHeld?: (letter: DeadLetter) => boolean;
}

/**
 * Redrives a dead-letter queue. An interruption at any point repeats a message, which sends nothing twice, and loses
 * none. A message that fails again and returns during the run stays in the queue.
 */
export async function planDeadLetters(sqs: StackClients["sqs"], route: DeadLetterRoute): Promise<ReplayPlan> {
  const move = (letter: DeadLetter) => redrive(sqs, letter, route);
  return {
    total: await countDeadLetters(sqs, route.from),
    list: () => receiveAll(sqs, route, undefined),
    run: () => receiveAll(sqs, route, move),
  };
}

/** The messages of the intake queue's dead-letter queue are read as requests for snapshots. */
export const intakeRoute = (stack: {
  readonly queue: string;
  readonly deadLetterQueue: string;
}): DeadLetterRoute => ({ from: stack.deadLetterQueue, to: stack.queue, itemOf: snapshotItem });

/** Days after which the sent mark of a message may have expired before the message is sent again: without it readers get it twice. */
const maxOutboxDays = 45;

/** The messages of the outbox's dead-letter queue; those that are too old are moved only with `--resend`. */
export const outboxRoute = (
  stack: { readonly outbox: string; readonly outboxDeadLetterQueue: string },
  { now, isResend }: { readonly now: number; readonly isResend: boolean },
): DeadLetterRoute => ({
  from: stack.outboxDeadLetterQueue,
  to: stack.outbox,
  itemOf: messageItem,
  isHeld: ({ body }) => {
    const at = messageIn(body)?.at;
    const isOld = at !== undefined && now - Date.parse(at) > maxOutboxDays * 86_400_000;
    return isOld && !isResend;
  },
});

/** Receives until the queue is empty and releases at the end what is still in it. */
async function* receiveAll(
  sqs: StackClients["sqs"],
  { from, itemOf, isHeld = () => false }: DeadLetterRoute,
  move: ((letter: DeadLetter) => Promise<void>) | undefined,
): AsyncGenerator<ReplayItem> {
  const seen = new Set<string>();
  const kept: DeadLetter[] = [];
  try {
    for (;;) {
      const letters = await receiveDeadLetters(sqs, from);
      if (letters.length === 0) return;
      // A redriven message has a new identifier: only its body shows that it has returned.
      const unseen = letters.filter((letter) => {
        const name = hash("sha256", letter.body);
        return !seen.has(name) && seen.add(name);
      });
      const fresh = unseen.filter((letter) => !isHeld(letter));
      kept.push(...(move ? letters.filter((letter) => !fresh.includes(letter)) : letters));
      if (unseen.length === 0) return;
      const outcomes = await Promise.allSettled(fresh.map(async (letter) => move?.(letter)));
      kept.push(...fresh.filter((_, i) => outcomes[i]?.status === "rejected"));
      yield* fresh.filter((_, i) => outcomes[i]?.status === "fulfilled").map(itemOf);
      const failure = outcomes.find(({ status }) => status === "rejected");
      if (failure?.status === "rejected") throw failure.reason;
    }
  } finally {
    await releaseDeadLetters(sqs, from, kept);
  }
}

function snapshotItem({ id, body, at }: DeadLetter): ReplayItem {
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
    return parseRequests(body, 1, 0).map(({ version }) => version);
  } catch {
    return [];
  }
}

function messageItem({ id, body, at }: DeadLetter): ReplayItem {
  const message = messageIn(body);
  const key = message
    ? `${message.audience}: ${message.subject} (${message.id})`
    : `message ${id}, which is not a message of the outbox`;
  return { key, ...(at !== undefined && { at }) };
}

function messageIn(body: string) {
  try {
    return parseOutboxBody(body);
  } catch {
    return undefined;
  }
}
