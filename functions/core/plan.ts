import { channelTexts, type ChannelTexts } from "./message/channel-texts.ts";
import type { Message } from "./message/message.ts";
import type { SnapshotVersion } from "./snapshot.ts";
import type { WaitingShare } from "./waiting.ts";

/** Format of new plans. Readers accept the earlier format 1 too, whose plans have no `waiting`. */
export const planFormat = 2;

/** What a run decided, once and for all: it is sealed before any of it is enqueued. */
interface DecidedPlan {
  readonly format: 1 | typeof planFormat;
  /** What its messages are named after: a claim of ingest, or `digest-<audience>-<slot>`. */
  readonly claim: string;
  /** When it was decided, ISO 8601. */
  readonly at: string;
  readonly messages: readonly PlannedMessage[];
}

/** What a run of ingest decided about a snapshot. */
export interface SnapshotPlan extends DecidedPlan {
  /** Slug of the feed. */
  readonly feed: string;
  readonly snapshot: SnapshotVersion;
  /** When the snapshot was uploaded, ISO 8601. */
  readonly uploaded?: string;
  /** What waits for the schedules of audiences. */
  readonly waiting?: readonly WaitingShare[];
}

/** What a run of digest decided about an audience. */
export interface DigestPlan extends DecidedPlan {
  readonly audience: string;
  /** ISO 8601. */
  readonly slot: string;
  /** The claims of ingest whose waiting entries the messages show or count: all that they left for the audience. */
  readonly covers: readonly string[];
}

export type Plan = SnapshotPlan | DigestPlan;

export const isDigestPlan = (plan: Plan): plan is DigestPlan => "covers" in plan;

/** A message as it travels through the outbox: everything that is published, and nothing that has to be computed again. */
export interface OutboxMessage extends ChannelTexts {
  /** `<claim>.<number>`: an update or a resend of the same entry is another message. */
  readonly id: string;
  readonly audience: string;
  readonly subject: string;
  /** Parts of the SMS. */
  readonly parts?: number;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Bytes that count towards the limit of one publish call. */
  readonly bytes: number;
  /** When it was decided, ISO 8601. */
  readonly at: string;
  /** When its snapshot was uploaded, ISO 8601; absent in messages of schedules. */
  readonly uploaded?: string;
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
export const outboxMessages = (
  { at, uploaded, messages }: Pick<Plan, "at" | "messages"> & Pick<SnapshotPlan, "uploaded">,
  again = false,
): readonly OutboxMessage[] =>
  messages.map(({ id, audience, subject, attributes, bytes, ...message }) => ({
    id,
    audience,
    subject,
    ...channelTexts(message),
    parts: message.sms.parts,
    attributes,
    bytes,
    at,
    ...(uploaded !== undefined && { uploaded }),
    ...(again && { again }),
  }));
