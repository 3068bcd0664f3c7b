import type { SnapshotOrder } from "../ports.ts";
import type { Identity } from "./identity.ts";

/** One run over one snapshot, as the ledger knows it. */
export interface RunIdentity {
  /** Hash of the snapshot version. */
  readonly snapshot: string;
  /** Orders the snapshot among the versions of its key. */
  readonly order?: SnapshotOrder;
  /** A request to send once more what was sent before; unique to the request. */
  readonly resend?: string;
  /** How long the ledger keeps what this run writes, seconds. */
  readonly ttl: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Id of the run's claim, acquired before it is first returned. */
  readonly acquireClaim: () => Promise<string>;
  /** Id of the run's claim, where it has been acquired. */
  readonly claim: () => string | undefined;
}

/** An entry of the snapshot that may be new. */
export interface Candidate {
  readonly identity: Identity;
  /** Its place in the snapshot. */
  readonly at: number;
  /** The audiences that it goes to if it is new. */
  readonly due: () => readonly string[];
  /** Hash of its text, where its feed follows updates. */
  readonly text?: () => string;
}

export type ClaimResult =
  /** The run decides about it: it is new to the audiences named. */
  | {
      readonly state: "claimed";
      readonly key: string;
      readonly audiences: readonly string[];
      /** It was sent before with another text. */
      readonly revised: boolean;
      /** When its ledger item expires, epoch seconds. */
      readonly expires: number;
    }
  | {
      readonly state: "known";
      readonly key: string;
      /** Its claim is finished: nothing about it is still to be enqueued. */
      readonly done: boolean;
      /** When its ledger item expires, epoch seconds. */
      readonly expires: number;
      readonly why: string;
    }
  /** Another run decides about it, until then (epoch milliseconds) at the latest. */
  | { readonly state: "held"; readonly key: string; readonly until: number }
  /** It may be an edit of an entry that is found later in the snapshot; only where edits are deferred. */
  | { readonly state: "undecided"; readonly key: string };

export type DecidedClaim = Exclude<ClaimResult, { readonly state: "undecided" }>;
