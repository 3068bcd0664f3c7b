// What the server sends to the page, as JSON. Imports nothing: both sides are compiled with this file.

/** A received message with the additional fields that the page shows. */
export interface MessageView {
  /** Counts up from 1 in the order of arrival. */
  readonly id: number;
  readonly channel: "email" | "sms";
  readonly to: string;
  readonly audience: string;
  /** Empty for an SMS. */
  readonly subject: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** SMS only. */
  readonly parts?: number;
  /** SMS only: GSM-7 or UCS-2. */
  readonly encoding?: string;
  /** SMS only: estimated US dollars. */
  readonly price?: number;
  /** Slugs of the feeds whose entries it shows; none for mails that SNS itself sends. */
  readonly feeds: readonly string[];
  /** BCP 47; absent where it is unknown or where its entries have several. */
  readonly language?: string;
  /** Path of the mail as received over SMTP. */
  readonly raw?: string;
  /** Path of the message as it was published to SNS. */
  readonly published?: string;
}

/** One uploaded version and what was decided about its entries. */
export interface SnapshotView {
  readonly key: string;
  readonly version: string;
  readonly feed?: string;
  /** Time of the upload, ISO 8601. */
  readonly at: string;
  readonly state: "queued" | "done" | "unchanged" | "retrying" | "quarantined" | "dead-letter";
  readonly counts: Readonly<Record<"entries" | "new" | "known" | "skipped" | "rejected", number>>;
  readonly reason?: string;
}

/** A quarantined snapshot or message, or a dead letter. */
export interface TroubleView {
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly reason: string;
}

/** How many there are, with those that updates leave out. */
export interface TotalsView {
  readonly snapshots: number;
  /** Quarantined snapshots and dead letters of ingest. */
  readonly failed: number;
  readonly troubles: number;
}

export interface SubscriberView {
  readonly arn: string;
  /** `email`, `sms`, `sqs`, `http` or `https`. */
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
  /** Its filter policy, JSON. */
  readonly filter?: string;
}

export interface AudienceView {
  readonly name: string;
  readonly mode: "alerts" | "digest";
  /** Prefix of its SMS and sender name of its mails. */
  readonly displayName?: string;
  readonly topicArn: string;
  /** Which entries it gets, a sentence each; none where it gets all. */
  readonly rules: readonly string[];
  /** When and how it gets them, a sentence each. */
  readonly delivery: readonly string[];
  /** Present where the audience has a schedule. */
  readonly schedule?: {
    /** As configured, such as `daily 07:00`, or in words. */
    readonly expression: string;
    readonly timeZone: string;
    /** The next slot, ISO 8601; absent where there is none any more. */
    readonly next?: string;
  };
  readonly subscribers: readonly SubscriberView[];
}

/** What waits for an audience: entries for its next slot, and messages that are held back in the outbox. */
export interface WaitingView {
  readonly audience: string;
  /** The audience is not in the configuration any more. */
  readonly isRemoved?: true;
  readonly isPaused: boolean;
  /** When it was paused, ISO 8601; absent where that is unknown. */
  readonly pausedSince?: string;
  /** Entries that wait for the next slot. */
  readonly entries: number;
  /** When the oldest of them was decided, ISO 8601; absent where none waits. */
  readonly since?: string;
  /** Why they wait, a sentence each. */
  readonly reasons: readonly string[];
  /** Newest first; at most 50. */
  readonly newest: readonly WaitingEntryView[];
  /** Messages in the outbox that are held back by a pause or a daily limit. */
  readonly held: number;
  /** Subjects of the first of them, at most 50. */
  readonly heldSubjects: readonly string[];
}

interface WaitingEntryView {
  readonly key: string;
  readonly title: string;
  /** Title of its feed. */
  readonly feed: string;
  /** BCP 47. */
  readonly language?: string;
  /** When it was decided, ISO 8601. */
  readonly at: string;
}

/** Commands that put something into an empty stack. */
export interface HintsView {
  /** Process of the stack. */
  readonly pid: number;
  readonly drop: string;
  readonly upload: string;
}
