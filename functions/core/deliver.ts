import { waitForPlace } from "./routing/pace.ts";
import { backoff } from "./backoff.ts";
import { errorTable } from "./errors.ts";
import type { Message } from "./message/message.ts";
import type { Ports, SnapshotVersion } from "./ports.ts";

/** Amazon SNS API Reference, `PublishBatch`: 10 messages a call, 256 KiB in all, attributes included. */
export const publishLimits = { messages: 10, bytes: 262_144 } as const;

/**
 * The messages of one audience in the calls that carry them. A message that counts entries which no message shows
 * goes last and alone: once it is accepted they all count as sent, so everything else must be accepted before.
 */
export function packBatches(messages: readonly Message[]): readonly (readonly Message[])[] {
  const batches: Message[][] = [];
  let bytes = Infinity;
  for (const message of messages.filter(({ more }) => more === 0)) {
    const last = batches.at(-1);
    if (last && last.length < publishLimits.messages && bytes + message.bytes <= publishLimits.bytes) {
      last.push(message);
      bytes += message.bytes;
    } else {
      batches.push([message]);
      bytes = message.bytes;
    }
  }
  return [...batches, ...messages.filter(({ more }) => more > 0).map((message) => [message])];
}

export interface Delivery {
  readonly audience: string;
  readonly claim: string;
  readonly version: SnapshotVersion;
  /** Epoch milliseconds: no publish starts after it. */
  readonly deadline: number;
  /** Epoch milliseconds: what fails is not tried again after it, so that there is time for other audiences. */
  readonly giveUp: number;
  /** Epoch milliseconds: what was published is recorded until then. */
  readonly end: number;
  /** Milliseconds that one publish may take. */
  readonly longest: number;
}

/** How many messages SNS took or refused for good, and why it stopped there. */
export type Delivered = { readonly messages: number } & (
  | { readonly state: "done" }
  | { readonly state: "out of time" }
  | { readonly state: "failed"; readonly why: string }
);

/**
 * Publishes messages in their order and records each as soon as it is accepted. What fails is tried again with
 * jitter while there is time; what SNS refuses for good is quarantined with its reason and counts as sent. Stops
 * before the next batch when a message could not be delivered.
 */
export async function deliver(
  messages: readonly Message[],
  delivery: Delivery,
  ports: Ports,
): Promise<Delivered> {
  let published = 0;
  for (const batch of packBatches(messages)) {
    let open = batch;
    let why = "";
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt > 0) {
        const wait = backoff(attempt, ports.clock);
        if (ports.clock.now() + wait > delivery.giveUp) return { state: "failed", why, messages: published };
        await ports.clock.sleep(wait);
      }
      const { audience } = delivery;
      const place = await waitForPlace(audience, open.length, delivery, ports);
      if (!place)
        return why === ""
          ? { state: "out of time", messages: published }
          : { state: "failed", why, messages: published };
      const results = await ports.topics.publish(audience, open);
      const left = place.leave();
      const failed: Message[] = [];
      const accepted: Message[] = [];
      const refused: { readonly message: Message; readonly why: string }[] = [];
      for (const [i, message] of open.entries()) {
        const result = results[i] ?? { outcome: "failed", why: "SNS gave no answer for the message" };
        if (result.outcome === "accepted") accepted.push(message);
        else if (result.outcome === "refused") refused.push({ message, why: result.why });
        else {
          why = result.why;
          failed.push(message);
        }
      }
      // First of all, because whatever fails from here on would send them again.
      await record(accepted, delivery, ports);
      await left;
      for (const { message, why } of refused) {
        await quarantineMessage(message, why, delivery, ports);
        await record([message], delivery, ports);
      }
      published += accepted.length + refused.length;
      if (failed.length > 0)
        ports.log("warn", "publish failed", { audience, messages: failed.length, attempt: attempt + 1, why });
      open = failed;
    }
  }
  return { state: "done", messages: published };
}

/**
 * What SNS has accepted must not be forgotten: the record is tried until the time is up, because each entry that
 * it does not reach is sent again.
 */
async function record(messages: readonly Message[], delivery: Delivery, ports: Ports): Promise<void> {
  const { audience, claim, end } = delivery;
  const keys = messages.flatMap(({ keys }) => keys);
  if (messages.some(({ more }) => more > 0))
    await retryUntil(end, ports, () => ports.ledger.counted(claim, audience));
  else if (keys.length > 0) await retryUntil(end, ports, () => ports.ledger.sent(keys, audience));
}

async function retryUntil(end: number, { clock, log }: Ports, write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      const wait = backoff(attempt, clock);
      if (clock.now() + wait > end) throw error;
      log("warn", "record failed", { attempt, why: String(error) });
      await clock.sleep(wait);
    }
  }
}

async function quarantineMessage(
  message: Message,
  why: string,
  delivery: Delivery,
  ports: Ports,
): Promise<void> {
  const { hint } = errorTable["message-refused"];
  ports.log("error", "message refused", { audience: message.audience, subject: message.subject, why });
  await ports.snapshots.quarantine(delivery.version, {
    code: "message-refused",
    found: why,
    expected: "a message that SNS accepts",
    hint,
    message: { audience: message.audience, subject: message.subject, body: message.email },
  });
}
