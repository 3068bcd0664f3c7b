import type { Reason } from "./errors.ts";
import type { Message } from "./message/message.ts";

/** One version of one object, as the event names it: never 'the latest'. */
export interface SnapshotVersion {
  readonly bucket: string;
  /** Decoded, with its `snapshots/` prefix. */
  readonly key: string;
  readonly versionId?: string;
  /** Without quotation marks. */
  readonly etag?: string;
  /** Bytes. */
  readonly size?: number;
}

export interface Snapshots {
  /**
   * Opens the very version. Throws `SnapshotError("snapshot-gone")` when it no longer exists.
   * Whoever opens reads to the end or calls `return()` on the chunks.
   */
  open(version: SnapshotVersion): Promise<OpenSnapshot>;
  /** Copies the version under `quarantine/` and writes its reason beside it; both or an error. */
  quarantine(version: SnapshotVersion, reason: QuarantineReason): Promise<void>;
}

export interface OpenSnapshot {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly contentType?: string;
  readonly size?: number;
}

export interface QuarantineReason extends Reason {
  readonly hint: string;
  /** The message that was refused, where it is a message and not the snapshot that is at fault. */
  readonly message?: { readonly audience: string; readonly subject: string; readonly body: string };
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
  /** The claim under which it stands or was sent. */
  readonly claim: string;
  /** Audiences that it is due to, decided when it was first claimed. */
  readonly due: readonly string[];
  /** Audiences that have it. */
  readonly sent: readonly string[];
  /** Hashes of the texts with which it was sent, kept only for feeds that follow updates. */
  readonly texts: readonly string[];
  /** Sent before with another text. */
  readonly revised?: true;
  /** The request by which it was last sent again. */
  readonly resent?: string;
  /** Epoch seconds. */
  readonly expires: number;
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

/** Who works on entries, until when, and which audiences got the entries under it in a count. */
export interface Claim {
  /** Epoch milliseconds; 0 once it was given back. */
  readonly lease: number;
  /** How often it was handed on. */
  readonly round: number;
  /** Audiences that accepted a message which counts all entries under this claim that no message shows. */
  readonly counted: readonly string[];
}

/** What is known of a feed's last snapshot whose entries were all done. */
export interface FeedState {
  readonly etag: string;
  /** Fingerprint of the configuration under which it was done. */
  readonly configuration: string;
  /** Epoch seconds. */
  readonly at: number;
}

/**
 * What has been seen, claimed and sent. Every change is one conditional write; a method that returns `false`
 * has changed nothing, because somebody else was there first. What has expired is as if it were not there.
 */
export interface Ledger {
  /** Items and pointers at these keys, strongly consistent. */
  read(keys: readonly string[]): Promise<ReadonlyMap<string, LedgerSlot>>;
  claims(ids: readonly string[]): Promise<ReadonlyMap<string, Claim>>;
  /**
   * Starts a claim (in round 0, or in any where it bears its owner's name), or takes up round `round` of one that was
   * handed on. Each round is taken up by one `owner` only; the same owner may ask again.
   */
  hold(claim: string, round: number, owner: string, lease: number): Promise<boolean>;
  /** Ends a claim whose lease is over and as it was read, so that nobody can take it up again. */
  end(claim: string, lease: number): Promise<boolean>;
  /** Gives the claim back at once, unless another owner has taken it up since: others may take its entries. */
  release(claim: string, owner: string): Promise<void>;
  /** Puts an item where nothing is. */
  create(item: LedgerItem): Promise<boolean>;
  /** Lets `slot` lead to the item `to`; `false` where another entry has the place. */
  point(slot: string, to: string, expires: number): Promise<boolean>;
  /** Replaces an item that is claimed by `claim` by a pointer: another rendering of the entry was quicker. */
  giveWay(key: string, claim: string, to: string): Promise<boolean>;
  /** Takes an unfinished item over from an ended claim. `from` tells its state as it was read. */
  take(from: LedgerItem, claim: string, snapshot: string, at: number): Promise<boolean>;
  /** Makes a sent item due once more; `from` tells its state as it was read. */
  reopen(from: LedgerItem, to: LedgerItem): Promise<boolean>;
  /** Remembers another form of an entry. */
  learn(key: string, seen: LedgerVariant): Promise<void>;
  /** Prolongs an item that is still under the claim that was read, and settles what that claim's count has delivered. */
  renew(item: LedgerItem, sent: readonly string[], expires: number): Promise<void>;
  /** Records that the audience has these entries. */
  sent(keys: readonly string[], audience: string): Promise<void>;
  /** Records that the audience has all entries under the claim, shown or counted. */
  counted(claim: string, audience: string): Promise<void>;
  feed(slug: string): Promise<FeedState | undefined>;
  rememberFeed(slug: string, state: FeedState, expires: number): Promise<void>;
  /** When the last messages to a topic were accepted at the latest, epoch milliseconds, oldest first. */
  pace(audience: string): Promise<readonly number[]>;
  /** Replaces them, unless somebody else has since. */
  setPace(audience: string, from: readonly number[], to: readonly number[]): Promise<boolean>;
}

export type PublishResult =
  | { readonly outcome: "accepted" }
  /** It may work the next time. */
  | { readonly outcome: "failed"; readonly why: string }
  /** It never will. */
  | { readonly outcome: "refused"; readonly why: string };

export interface Topics {
  /** Publishes up to 10 messages in one call; one result for each, in order. Never throws for a message's own fault. */
  publish(audience: string, messages: readonly Message[]): Promise<readonly PublishResult[]>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** At least 0, less than 1: for jitter only. */
  random(): number;
}

/** Hands the rest of a large snapshot on to a later run. */
export interface Continuations {
  send(version: SnapshotVersion, continued: Continued, resend: string | undefined): Promise<void>;
}

/** The claim that a run hands on, and how often it was handed on. */
export interface Continued {
  readonly claim: string;
  readonly round: number;
}

export type EntryFate = "sent" | "known" | "passed over" | "held" | "rejected";

/** What became of one entry, and why; for `preview` and for logs. */
export interface EntryNote {
  readonly key: string;
  readonly title: string;
  readonly fate: EntryFate;
  readonly why: string;
  /** The same, stage by stage. */
  readonly stages: readonly EntryStage[];
  /** The audiences that it goes to now. */
  readonly due: readonly string[];
}

/** What one stage on an entry's path made of it. */
export interface EntryStage {
  readonly stage: "read" | "recognise" | "choose";
  readonly says: string;
}

export interface Log {
  (level: "info" | "warn" | "error", event: string, details: Readonly<Record<string, unknown>>): void;
}

export interface Ports {
  readonly snapshots: Snapshots;
  readonly ledger: Ledger;
  readonly topics: Topics;
  readonly continuations: Continuations;
  readonly clock: Clock;
  readonly log: Log;
  /** Called for each entry as soon as its fate is known. */
  readonly note?: (note: EntryNote) => void;
}
