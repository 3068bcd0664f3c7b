import type { Message } from "./message/message.ts";
import type { SnapshotVersion } from "./snapshot.ts";

/** Changes when plans are written in another form; `readPlan` still reads the earlier ones. */
export const planFormat = 1;

/** What a run decided, once and for all: it is sealed before any of it is enqueued. */
export interface Plan {
  readonly format: typeof planFormat;
  readonly claim: string;
  /** Slug of the feed. */
  readonly feed: string;
  readonly snapshot: SnapshotVersion;
  /** When it was decided, ISO 8601. */
  readonly at: string;
  readonly messages: readonly PlannedMessage[];
}

/** A message as it travels through the outbox: everything that is published, and nothing that has to be computed again. */
export interface OutboxMessage {
  /** `<claim>.<number>`: an update or a resend of the same entry is another message. */
  readonly id: string;
  readonly audience: string;
  readonly subject: string;
  readonly email: string;
  /** Text of the SMS. */
  readonly sms: string;
  /** The machine-readable variant, a JSON text. */
  readonly machine: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes that count towards the limit of one publish call. */
  readonly bytes: number;
  /** When it was decided, ISO 8601. */
  readonly at: string;
  /** It may have been enqueued before: its starts are counted from its first receive on. */
  readonly again?: true;
}

/** A message with its id, and with everything that explains it: who got this entry is answered from here. */
export interface PlannedMessage extends Message {
  readonly id: string;
}

export const planMessages = (claim: string, messages: readonly Message[]): readonly PlannedMessage[] =>
  messages.map((message, i) => ({ id: `${claim}.${i}`, ...message }));

/** What goes into the outbox of a plan. `again`: the plan may have been enqueued before. */
export const outboxMessages = ({ at, messages }: Plan, again = false): readonly OutboxMessage[] =>
  messages.map(({ id, audience, subject, email, sms, machine, attributes, bytes }) => ({
    id,
    audience,
    subject,
    email,
    sms: sms.text,
    machine,
    attributes,
    bytes,
    at,
    ...(again && { again }),
  }));
