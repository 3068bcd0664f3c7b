import type { Audience } from "../configuration.ts";
import type { OutboxMessage } from "../plan.ts";

/** What the readers of an audience got on one day. */
export interface DayCounts {
  readonly messages: number;
  /** SMS parts that each telephone got. */
  readonly parts: number;
}

export const nothingSent: DayCounts = { messages: 0, parts: 0 };

/** A message of the outbox as it is to be published. */
export interface Publication extends OutboxMessage {
  /** Telephones do not get it. */
  readonly withoutSms?: true;
}

/** The day that a daily limit counts in: UTC. `now`: epoch milliseconds. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** Whether what an audience gets on a day is counted. */
export const hasDailyLimit = ({ messages, sms }: Audience): boolean =>
  messages?.maxPerDay !== undefined || sms.maxPartsPerDay !== undefined;

/** Why a daily limit keeps something back. */
export type LimitReached = "messages.maxPerDay" | "sms.maxPartsPerDay";

/** The first messages that may be published, and the limit that the next one would exceed, if any. */
export interface Allowed {
  readonly messages: readonly Publication[];
  readonly reached?: LimitReached;
}

/**
 * How many of the messages an audience's daily limits allow after `sent`. Where the SMS limit is reached the messages go
 * out without SMS, or are kept back like those beyond the limit of messages (`sms.overLimit`). A message with more parts
 * than a whole day has goes out without SMS: kept back, it would hold everything after it for ever.
 */
export function allowedToday(
  messages: readonly OutboxMessage[],
  audience: Audience | undefined,
  sent: DayCounts,
): Allowed {
  const maxMessages = audience?.messages?.maxPerDay ?? Infinity;
  const maxParts = audience?.sms.maxPartsPerDay ?? Infinity;
  const allowed: Publication[] = [];
  let { parts } = sent;
  let reached: LimitReached | undefined;
  for (const message of messages) {
    if (sent.messages + allowed.length >= maxMessages)
      return { messages: allowed, reached: "messages.maxPerDay" };
    if (parts + partsOf(message) <= maxParts) {
      parts += partsOf(message);
      allowed.push(message);
      continue;
    }
    reached = "sms.maxPartsPerDay";
    if (audience?.sms.overLimit === "hold" && partsOf(message) <= maxParts) break;
    allowed.push({ ...message, withoutSms: true });
  }
  return { messages: allowed, ...(reached && { reached }) };
}

/** What the publications add to a day's counts. */
export const countsOf = (published: readonly Publication[]): DayCounts => ({
  messages: published.length,
  parts: published.reduce((sum, message) => sum + (message.withoutSms ? 0 : partsOf(message)), 0),
});

/** UTF-16 code units of one part in the encoding with the shortest parts (3GPP TS 23.040: 67 of UCS-2). */
const shortestPart = 67;

/** Messages that were enqueued by an earlier version do not say how many parts they have. */
const partsOf = ({ parts, sms }: OutboxMessage): number => parts ?? Math.ceil(sms.length / shortestPart);
