import type { Audience } from "./configuration.ts";
import type { Reason } from "./errors.ts";
import type { RunState } from "./dedupe/run-state.ts";
import type { DayCounts, Publication } from "./delivery/daily-limit.ts";
import type { Measure } from "./metrics.ts";
import type { Plan, OutboxMessage } from "./plan.ts";
import type { KnownFeed } from "./silence/silent-feeds.ts";
import type { UploadRhythm } from "./silence/upload-rhythm.ts";
import type { IngestRequest, SnapshotVersion } from "./snapshot.ts";
import type { AudienceLedger, SlotRequest, WaitingLedger, WaitingWriter } from "./waiting.ts";

export interface Snapshots {
  /**
   * Opens the very version. Throws `SnapshotError("snapshot-gone")` when it no longer exists and
   * `SnapshotError("snapshot-forbidden")` when it may not be read. The caller reads the chunks to the end or calls
   * `return()` on them.
   */
  open(version: SnapshotVersion): Promise<OpenSnapshot>;
  /** Copies the version under `quarantine/`, where it still exists, and writes its reason next to it; both or an error. */
  quarantine(version: SnapshotVersion, reason: QuarantineReason): Promise<void>;
}

export interface OpenSnapshot {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly contentType?: string;
  readonly size?: number;
}

export interface QuarantineReason extends Reason {
  readonly hint: string;
}

/** What runs decided, and the state of runs that were interrupted by their deadline. */
export interface Plans {
  /** Writes a plan under a name of its own, never over another one; returns that name. */
  write(plan: Plan): Promise<string>;
  read(name: string): Promise<Plan>;
  writeState(claim: string, state: RunState): Promise<string>;
  readState(name: string): Promise<RunState>;
  /** Names of the plans after `name`, in the order in which they were written, with the claim of each. */
  list(after: string | undefined): AsyncIterable<ListedPlan>;
}

export interface ListedPlan {
  readonly name: string;
  readonly claim: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What the ledger knows of one entry. Hashes only: no text of the feed is kept. */
export interface LedgerItem {
  readonly key: string;
  /** Hash of the entry's id. */
  readonly id?: string;
  /** Hashes of the links under which the entry was seen. */
  readonly links: readonly string[];
  /** Hashes of the titles under which the entry was seen. */
  readonly titles: readonly string[];
  /** Date of publication, seconds since 1970, where the source states one. */
  readonly date?: number;
  /** Hash of the snapshot version that last claimed it. */
  readonly snapshot: string;
  /** The entry's place in that snapshot. */
  readonly at: number;
  /** The claim that decides, or decided, about it. */
  readonly claim: string;
  /** Hashes of the texts with which it was seen, kept only for feeds that follow updates. */
  readonly texts: readonly string[];
  /** The snapshot that last changed its text, kept only for feeds that follow updates. */
  readonly source?: SnapshotOrder;
  /** It was sent before with another text. */
  readonly revised?: true;
  /** The request by which it was last sent again. */
  readonly resent?: string;
  /** Epoch seconds. */
  readonly expires: number;
}

/** Orders two versions of one key. */
export interface SnapshotOrder {
  /** Hash of the key. */
  readonly key: string;
  readonly sequencer: string;
}

/** Another form in which an entry was seen; hashes, as in its item. */
export interface LedgerVariant {
  readonly id?: string;
  readonly title?: string;
  readonly link?: string;
  readonly text?: string;
}

/** Leads from a weaker fingerprint to the key under which the entry is kept. */
export interface LedgerPointer {
  readonly to: string;
  readonly expires: number;
}

export type LedgerSlot = LedgerItem | LedgerPointer;

export const isPointer = (slot: LedgerSlot): slot is LedgerPointer => "to" in slot;

/**
 * Entries that were seen. Every change is one conditional write; a method that returns `false` has changed nothing,
 * because another run was first. Expired items count as absent.
 */
export interface EntryLedger {
  /** Items and pointers at these keys, strongly consistent. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, LedgerSlot>>;
  /** Puts an item where there is none. */
  create(item: LedgerItem): Promise<boolean>;
  /** Puts a pointer where there is nothing or the same pointer. */
  putPointer(slot: string, to: string, expires: number): Promise<boolean>;
  /** Replaces an item that is still under `claim` by a pointer: another rendering of the entry was first. */
  replaceByPointer(key: string, claim: string, to: string): Promise<boolean>;
  /** Moves an item that is still under the claim `from.claim` to another claim. */
  takeOver(from: LedgerItem, to: LedgerItem): Promise<boolean>;
  /** Adds a title, link, text or id under which the entry was seen. */
  addVariant(key: string, seen: LedgerVariant): Promise<void>;
  /** Extends the life of an item that is still under the same claim. */
  renew(item: LedgerItem, expires: number): Promise<void>;
}

/** `open`: nothing has been enqueued. `sealed`: the plan decides. `finished`: the plan was enqueued. `ended`: void. */
export type ClaimState = "open" | "sealed" | "finished" | "ended";

/** A run's right to decide about the entries that name it. */
export interface Claim {
  readonly state: ClaimState;
  /** Epoch milliseconds; 0 once it was released. */
  readonly lease: number;
  /** How often it was handed to a later run of the same snapshot. */
  readonly round: number;
  /** Name of its plan, once it is sealed. */
  readonly plan?: string;
}

/** The claims. A method that returns `false` has changed nothing. A claim that is absent counts as finished. */
export interface ClaimLedger {
  claims(ids: readonly string[]): Promise<ReadonlyMap<string, Claim>>;
  /**
   * Acquires a claim for `owner` until `lease`: one that does not exist, or an open one of round `round` or the round
   * before it that is the owner's own, released or expired.
   */
  acquireClaim(id: string, holder: ClaimHolder): Promise<boolean>;
  /** Lets the next round of the same snapshot acquire the claim at once, and nobody else before the lease expires. */
  handOnClaim(id: string, holder: ClaimHolder): Promise<boolean>;
  /** Lets anybody take over its entries at once, if it is still open and the owner's. */
  releaseClaim(id: string, owner: string): Promise<void>;
  /** Ends an open claim whose lease, as it was read, has expired. */
  endClaim(id: string, lease: number): Promise<boolean>;
  /** Seals the owner's open claim: from now on its plan decides. */
  sealClaim(id: string, owner: string, plan: string): Promise<boolean>;
  /** Marks a claim as finished: its plan, if it has one, was enqueued. An open claim of the owner may be finished without a plan. */
  finishClaim(id: string, owner: string): Promise<boolean>;
}

export interface ClaimHolder {
  readonly owner: string;
  readonly round: number;
  /** Epoch milliseconds. */
  readonly lease: number;
}

/** What is known of a feed. */
export interface FeedHead {
  /** ETag of the last snapshot that was read to its end with nothing held and nothing quarantined. */
  readonly etag: string;
  /** Fingerprint of the configuration and of the code under which it was read. */
  readonly readBy: string;
  /** Epoch seconds. */
  readonly at: number;
  /** Key of that snapshot. */
  readonly key: string;
  /** Entries in it. */
  readonly entries: number;
  /** When snapshots come to this place. */
  readonly rhythm?: UploadRhythm;
}

/** Entries that are done, so that an exact repetition needs no look-up: see `FeedMemory` in `feed-memory.ts`. */
export interface FeedLedger {
  /** Eventually consistent: an old head or memory only costs reads. `undefined`: no run of the feed has finished. */
  readHead(place: string): Promise<FeedHead | undefined>;
  writeHead(place: string, head: FeedHead): Promise<void>;
  /** Changes only the rhythm of a head. */
  writeRhythm(place: string, rhythm: UploadRhythm): Promise<void>;
  readMemory(feed: string): Promise<Uint8Array | undefined>;
  writeMemory(feed: string, memory: Uint8Array): Promise<void>;
}

export interface FeedList {
  /** Every feed with a rhythm, in no particular order. */
  knownFeeds(): Promise<readonly KnownFeed[]>;
}

/** How many subscriptions a topic has, by their state. */
export interface SubscriptionCounts {
  readonly confirmed: number;
  readonly pending: number;
  /** Those that SNS still lists. */
  readonly deleted: number;
}

export interface SubscriptionCounter {
  count(audience: Pick<Audience, "name" | "rename">): Promise<SubscriptionCounts>;
}

/** What is known about earlier attempts at something. */
export interface Attempts {
  /** Starts of which no end was recorded: their process died, unless it still runs. */
  readonly deaths: number;
  /** The last start is one of them. */
  readonly lastDied: boolean;
  /** Failures that only the message itself can explain, and the time of the last, epoch milliseconds. */
  readonly ownFailures: number;
  readonly lastOwnFailure: number;
}

export interface AttemptLedger {
  /** Records a start under a name that no other start of `id` has; returns what was known before it. */
  recordStart(id: string, start: string): Promise<Attempts>;
  /** Records an orderly failure. */
  recordFailure(id: string, failure: AttemptFailure): Promise<void>;
}

/** Written twice, because the answer to the first write was lost, it counts once. */
export interface AttemptFailure {
  /** The start that has ended, if it was recorded. */
  readonly start?: string;
  /** How many failures only the message itself can explain, this one included. */
  readonly ownFailures?: number;
}

/** What is recorded about a message that was sent. */
export interface SentMark {
  /** When it was sent, epoch milliseconds; now if absent. */
  readonly at?: number;
  /** The id under which SNS accepted it. */
  readonly acceptedAs?: string;
}

/** What SNS has accepted, and which audiences are paused. */
export interface SentLedger {
  /** Strongly consistent. */
  readDelivery(wanted: DeliveryQuery): Promise<DeliveryState>;
  /** Marks a message, so that it is never published again. */
  markSent(id: string, mark?: SentMark): Promise<void>;
  /** Adds to what the audience got on a day; twice where an answer was lost, so that a limit may be met early, never late. */
  countDelivered(audience: string, day: string, counts: DayCounts): Promise<void>;
  /**
   * Whether the message is one of the first `limit` messages of its audience that are quarantined in this hour. Asked
   * again, it gives the same answer.
   */
  admitToQuarantine(audience: string, id: string, limit: number): Promise<boolean>;
}

export interface DeliveryQuery {
  readonly ids: readonly string[];
  readonly audiences: readonly string[];
  /** Ids of the messages whose attempts are wanted. */
  readonly attemptsOf: readonly string[];
  /** The audiences whose counts are wanted, of a day. */
  readonly counted?: { readonly audiences: readonly string[]; readonly day: string };
}

export interface DeliveryState {
  /** Ids of the messages that have a sent mark. */
  readonly sent: ReadonlySet<string>;
  /** Names of the audiences that are paused. */
  readonly paused: ReadonlySet<string>;
  readonly attempts: ReadonlyMap<string, Attempts>;
  /** What the audiences in `counted` got on that day, where it is something. */
  readonly counts: ReadonlyMap<string, DayCounts>;
}

/** The name of the last plan up to which every plan is known to be finished. */
export interface WatchLedger {
  readCursor(): Promise<string | undefined>;
  writeCursor(name: string): Promise<void>;
}

export type IngestLedger = EntryLedger & ClaimLedger & FeedLedger & AttemptLedger;
export type DigestLedger = Pick<ClaimLedger, "claims"> & AudienceLedger & WaitingLedger;
export type DeliverLedger = AttemptLedger & SentLedger;

/** The queue between ingest and deliver: FIFO, one group per audience. */
export interface Outbox {
  /** Enqueues messages in their order; enqueueing an id again within the queue's deduplication interval does nothing. */
  enqueue(messages: readonly OutboxMessage[]): Promise<void>;
}

export type PublishResult =
  /** `acceptedAs`: the id that SNS gave it. */
  | { readonly outcome: "accepted"; readonly acceptedAs?: string }
  /** It may work the next time. */
  | { readonly outcome: "failed"; readonly why: string }
  /** The message itself is at fault; it never will. */
  | { readonly outcome: "refused"; readonly why: string };

export interface Topics {
  /** What one call can carry: a number of messages, and bytes in all. */
  readonly limits: { readonly messages: number; readonly bytes: number };
  /** One result for each message, in order. Throws when the call as a whole failed: whether it took effect is unknown. */
  publish(audience: string, messages: readonly Publication[]): Promise<readonly PublishResult[]>;
}

/** Messages that can't be published, kept with their reason under `quarantine/`. */
export interface MessageQuarantine {
  quarantineMessage(message: QuarantinedMessage, reason: QuarantineReason): Promise<void>;
}

export interface QuarantinedMessage {
  readonly id: string;
  readonly audience: string;
  /** The message as it was in the outbox. */
  readonly content: OutboxMessage | string;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** At least 0, less than 1: for jitter only. */
  random(): number;
}

export interface Log {
  (level: "info" | "warn" | "error", event: string, details: Readonly<Record<string, unknown>>): void;
}

export type EntryFate = "sent" | "known" | "skipped" | "held" | "rejected";

/** What happened to one entry, and why; for `preview` and for logs. */
export interface EntryTrace {
  readonly key: string;
  readonly title: string;
  readonly fate: EntryFate;
  readonly why: string;
  /** The same, stage by stage. */
  readonly stages: readonly EntryStage[];
  /** The audiences that it goes to now. */
  readonly due: readonly string[];
}

/** What one stage on an entry's path decided. */
export interface EntryStage {
  readonly stage: "read" | "recognise" | "route";
  readonly says: string;
}

/** The intake queue, for messages of feedbell's own. */
export interface Requests {
  /** Sends a request as a new message that is delivered after `delay` seconds (at most 900). */
  send(request: IngestRequest, delay: number): Promise<void>;
}

export interface IngestPorts {
  readonly snapshots: Snapshots;
  readonly requests: Requests;
  readonly plans: Plans;
  readonly ledger: IngestLedger & WaitingWriter;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly measure?: Measure;
  /** Emits what was measured so far: an invocation that dies later does not lose it. */
  readonly emit?: () => void;
  /** Called for each entry as soon as its fate is known. */
  readonly trace?: (trace: EntryTrace) => void;
}

export interface DeliverPorts {
  readonly ledger: DeliverLedger;
  readonly topics: Topics;
  readonly quarantine: MessageQuarantine;
  readonly clock: Clock;
  readonly log: Log;
  readonly measure?: Measure;
  /** Emits what was measured so far: an invocation that dies later does not lose it. */
  readonly emit?: () => void;
}

/** The slots queue, for messages of feedbell's own. */
export interface Slots {
  /** Sends a slot as a new message that is delivered after `delay` seconds (at most 900). */
  send(request: SlotRequest, delay: number): Promise<void>;
}

export interface DigestPorts {
  readonly plans: Pick<Plans, "read" | "write">;
  readonly ledger: DigestLedger;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WatchPorts {
  readonly plans: Plans;
  readonly ledger: ClaimLedger & WatchLedger & WaitingWriter & AudienceLedger & WaitingLedger & FeedList;
  readonly subscriptions: SubscriptionCounter;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly measure?: Measure;
}
