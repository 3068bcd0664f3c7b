import { SnapshotError } from "../errors.ts";
import type { Decoding } from "./decode/decoder.ts";
import type { Entry, Feed, Hints, Limits, Reject, Warning } from "./entry.ts";

/** A snapshot while it is read: the piece of it that is in memory, and what has been learnt so far. */
export interface Reading {
  /** The window; what lies before `at` has been read. */
  window: string;
  at: number;
  /** Place of the window's start in the snapshot. */
  offset: number;
  /** No more will come. */
  ended: boolean;
  feed: Feed;
  /** Entries and rejects so far. */
  count: number;
  /** Set by a reader that found no entry although the snapshot is not an empty feed: what it found instead. */
  whyNoEntries?: string | undefined;
  readonly decoding: Decoding;
  readonly hints: Hints;
  readonly limits: Limits;
  readonly rejects: Reject[];
  readonly warnings: Warning[];
}

/** What a format does: entries as they close; `undefined` asks for more of the window. */
export type Reader = (reading: Reading) => Generator<Entry | undefined, void>;

const mostWarnings = 1000;

/** Notes a warning; after the thousandth they are only counted, so that a hostile snapshot can't fill the memory. */
export function warn(reading: Reading, warning: Warning): void {
  if (reading.warnings.length < mostWarnings) reading.warnings.push(warning);
  else if (reading.warnings.length === mostWarnings) {
    reading.warnings.push({ code: "more-warnings", message: "There are more warnings than are kept." });
  }
}

const mostRejects = 10_000;

/** Records an entry that cannot be read; an empty title is dropped. */
export function rejectEntry(reading: Reading, { code, index, offset, title, reason }: Reject): void {
  if (reading.rejects.length < mostRejects) {
    reading.rejects.push({
      code,
      index,
      ...(offset !== undefined && { offset }),
      ...(title !== undefined && title !== "" && { title }),
      reason,
    });
  } else if (reading.rejects.length === mostRejects) {
    warn(reading, {
      code: "more-rejects",
      message: `There are more than ${mostRejects} rejects; the others are not kept.`,
    });
  }
}

/** The next entry's place in the snapshot; refuses what goes beyond the configured number. */
export function nextIndex(reading: Reading): number {
  const most = reading.limits.entries;
  if (reading.count >= most)
    throw new SnapshotError("too-many-entries", `more than ${most} entries`, `at most ${most}`);
  return reading.count++;
}
