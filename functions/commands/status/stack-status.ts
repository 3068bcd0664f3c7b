import type { QueueCounts } from "../../aws/queue-counts.ts";
import type { DayCounts } from "../../core/delivery/daily-limit.ts";

/** The state of a stack at one moment. */
export interface StackStatus {
  /** Name of the stack. */
  readonly stack: string;
  /** ISO 8601. */
  readonly at: string;
  readonly queues: readonly QueueStatus[];
  readonly quarantine: QuarantineStatus;
  /** The feeds of which a snapshot was read, the longest silent first. */
  readonly feeds: readonly FeedStatus[];
  readonly audiences: readonly AudienceStatus[];
  /** Absent where too many plans would have to be read. */
  readonly spend?: SpendStatus;
}

export interface QueueStatus extends QueueCounts {
  readonly name: string;
  /** It holds what was given up. */
  readonly isDeadLetters: boolean;
}

export interface QuarantineStatus {
  readonly snapshots: number;
  readonly messages: number;
  /** How often each code occurs among the newest reasons. */
  readonly codes: Readonly<Record<string, number>>;
}

export interface FeedStatus {
  /** Slug. */
  readonly feed: string;
  /** When its last snapshot was read, ISO 8601; unchanged ones are not noted. */
  readonly read: string;
  /** Key and entries of that snapshot. */
  readonly key: string;
  readonly entries: number;
  /** Its last upload, ISO 8601, and the usual seconds between two, where no upload came for much longer. */
  readonly silent?: { readonly since: string; readonly usualSeconds: number };
}

export interface AudienceStatus {
  readonly audience: string;
  /** It is not in the configuration: what waits for it goes nowhere. */
  readonly isRemoved?: true;
  readonly mode?: string;
  readonly isPaused: boolean;
  /** Entries that wait for its schedule, and since when, ISO 8601. */
  readonly waiting: number;
  readonly since?: string;
  /** Its next slot, ISO 8601. */
  readonly nextSlot?: string;
  /** A slot that is more than 15 minutes over and was not handled, ISO 8601. */
  readonly lateSlot?: string;
  /** Subscriptions by state; absent where the topic is unknown. */
  readonly readers?: { readonly confirmed: number; readonly pending: number; readonly deleted: number };
  /** Its topic was deleted: nobody gets what is sent to it. */
  readonly lacksTopic?: true;
  /** What it got today (UTC); counted only where a daily limit is set. */
  readonly today?: DayCounts;
}

/** What SMS cost since the first day of the month (UTC), by estimate. */
export interface SpendStatus {
  /** ISO 8601 date. */
  readonly since: string;
  /** Messages that were decided. */
  readonly messages: number;
  /** SMS parts, added up over the telephones that are subscribed now. */
  readonly smsParts: number;
  /** `smsParts` at `smsPartPrice`. */
  readonly usd: number;
}
