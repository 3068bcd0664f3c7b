import type { Entry } from "../feed/entry.ts";
import type { Dated } from "../routing/newest.ts";

/** An entry that is among the newest for some audience: small, independent of the entry's size. */
export interface Picked extends Dated {
  readonly key: string;
  readonly entry: Entry;
  /** It was sent before with another text. */
  readonly revised: boolean;
}

/** Entries of one snapshot. */
export interface Counts {
  entries: number;
  new: number;
  known: number;
  /** New, but no audience wants them. */
  skipped: number;
  held: number;
  rejected: number;
  /** Faults that were corrected or dropped while reading, a truncation included. */
  warnings: number;
}

export const noCounts: Readonly<Counts> = {
  entries: 0,
  new: 0,
  known: 0,
  skipped: 0,
  held: 0,
  rejected: 0,
  warnings: 0,
};

/** An entry that may be an edit of one that was not found in the snapshot so far. */
export interface PendingEdit {
  readonly entry: Entry;
  readonly at: number;
  /** Length of the text that it came from. */
  readonly length: number;
  /** Hash of its text, where its feed follows updates. */
  readonly text?: string;
}

/** Changes when run states are written in another form. */
export const runStateFormat = 1;

/** What a run that reached its deadline leaves to the next run of the same snapshot. */
export interface RunState {
  readonly format: typeof runStateFormat;
  readonly counts: Counts;
  /** By audience: the newest entries so far, and how many there are in all. */
  readonly picked: Readonly<Record<string, { readonly count: number; readonly items: readonly Picked[] }>>;
  readonly pending: readonly PendingEdit[];
  /** Ledger keys and fingerprints of the known entries that were found in the snapshot so far. */
  readonly present: readonly string[];
  /** Latest expiry of the leases of entries that other runs hold, epoch milliseconds; 0 where there are none. */
  readonly heldUntil: number;
}
