import type { Alert, SourceFeed } from "./message/message.ts";

/** Entries of a flood that wait for an audience's schedule and are counted, not shown. */
export interface WaitingCount {
  readonly count: number;
  readonly source: SourceFeed;
}

/** What one claim decided for one audience, to be sent at the next slot of its schedule. */
export interface WaitingShare {
  readonly audience: string;
  /** Newest first; at most as many as one digest of the audience shows. */
  readonly entries: readonly Alert[];
  readonly rest?: WaitingCount;
}

/** The claim of a share, and how much it holds. */
export interface WaitingClaim {
  readonly claim: string;
  /** When the claim's plan was decided, epoch milliseconds. */
  readonly at: number;
  /** Entries, those that are only counted included. */
  readonly entries: number;
}

/** What a claim holds for an audience. */
export type WaitingContent = Pick<WaitingShare, "entries" | "rest">;

/** Which digests an audience got, and which one is being sent. */
export interface AudienceHead {
  /** The last slot that is done, epoch milliseconds. */
  readonly slot?: number;
  /** Name of the plan that is sealed and not finished. */
  readonly openPlan?: string;
  /** Name of the last plan that was finished. */
  readonly lastPlan?: string;
  /** When it was paused, epoch milliseconds; absent where it is not. */
  readonly pausedSince?: number;
}

/** What ingest writes for audiences that have a schedule. */
export interface WaitingWriter {
  /**
   * Stores what a claim decided for audiences, before the claim is finished. May be repeated at any time: what a digest
   * has covered is not sent again.
   */
  putWaiting(claim: string, at: number, shares: readonly WaitingShare[]): Promise<void>;
  /** Counts messages of an audience in the hour of `at` (epoch milliseconds); returns the count before. */
  countMessages(audience: string, at: number, messages: number): Promise<number>;
}

/**
 * What waits for a schedule, kept by audience and claim, because a claim's entries become ready together: when the claim
 * is finished. All reads are strongly consistent.
 */
export interface WaitingLedger {
  /** Names of the audiences for which something waits, or did so. */
  waitingAudiences(): Promise<readonly string[]>;
  /** The claims that left something for an audience. */
  waitingClaims(audience: string): Promise<readonly WaitingClaim[]>;
  /** Which of the claims a digest of the audience has covered. */
  coveredClaims(audience: string, claims: readonly string[]): Promise<ReadonlySet<string>>;
  /** What a claim left for an audience. */
  readWaiting(audience: string, claim: string): Promise<WaitingContent>;
  /** Marks claims as covered: what they left, or leave later, is never sent again. */
  coverClaims(audience: string, claims: readonly string[]): Promise<void>;
  /** Deletes what a claim left for an audience, its place among `waitingClaims` last. */
  deleteWaiting(audience: string, claim: string): Promise<void>;
}

/** The heads of audiences. A method that returns `false` has changed nothing. Reads are strongly consistent. */
export interface AudienceLedger {
  readAudience(audience: string): Promise<AudienceHead>;
  /**
   * Seals the plan of a slot, if no other plan is open and the last slot is still `after`: nothing was sent since it was
   * read.
   */
  sealDigest(audience: string, digest: SlotPlan & SlotOrder): Promise<boolean>;
  /** Marks the open plan as finished and its slot as done. */
  finishDigest(audience: string, digest: SlotPlan): Promise<boolean>;
  /** Marks a slot as done in which nothing is sent, under the same conditions as `sealDigest`. */
  skipSlot(audience: string, skipped: SlotOrder): Promise<boolean>;
  /** Name of the plan that was finished at a slot. */
  digestPlan(audience: string, slot: number): Promise<string | undefined>;
}

export interface SlotPlan {
  /** Name of the plan. */
  readonly plan: string;
  /** Epoch milliseconds. */
  readonly slot: number;
}

export interface SlotOrder {
  /** Epoch milliseconds. */
  readonly slot: number;
  /** The last slot that was done when the head was read. */
  readonly after: number | undefined;
}

/** A slot of an audience, as a message of the slots queue asks for it. */
export interface SlotRequest {
  readonly audience: string;
  /** Epoch milliseconds. */
  readonly slot: number;
  /** Asked for by hand, not by the schedule: what waits is sent in quiet hours too, and if it is less than `minItems`. */
  readonly byHand?: boolean;
  /** How often the request was retried by messages of its own. */
  readonly attempts: number;
  /** When it was first attempted, epoch milliseconds. */
  readonly firstAttempt: number;
}
