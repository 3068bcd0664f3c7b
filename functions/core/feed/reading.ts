import { SnapshotError } from "../errors.ts";
import type { Decoding } from "./decode/decoder.ts";
import type { Entry, Feed, Hints, Limits, Reject, Warning } from "./entry.ts";

/** State of reading a snapshot: the part in memory, and the results so far. */
export interface Reading {
  /**
   * The part in memory; what precedes `at` has been read. It has one character per byte in most encodings, so that a field
   * is decoded by `decoding.text` when it is read; markup and line breaks are as in the text.
   */
  window: string;
  at: number;
  /** Offset of the window in the snapshot. */
  offset: number;
  /** Whether the source has ended. */
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

/**
 * A reader of a format: yields complete entries, and `undefined` to ask for a larger window, which may move. It sets `at` to
 * the end of what it has read, and counts each entry and reject with `nextIndex`.
 */
export type Reader = (reading: Reading) => Generator<Entry | undefined, void>;

const maxWarnings = 1000;

/** Records a warning; after 1,000 they are only counted, which limits the memory. */
export function warn(reading: Reading, warning: Warning): void {
  if (reading.warnings.length < maxWarnings) reading.warnings.push(warning);
  else if (reading.warnings.length === maxWarnings) {
    reading.warnings.push({ code: "more-warnings", message: "There are more warnings than are kept." });
  }
}

const maxRejects = 10_000;

/** Records an entry that cannot be read; an empty title is dropped. */
export function rejectEntry(reading: Reading, { code, index, offset, title, reason }: Reject): void {
  if (reading.rejects.length < maxRejects) {
    reading.rejects.push({
      code,
      index,
      ...(offset !== undefined && { offset }),
      ...(title !== undefined && title !== "" && { title }),
      reason,
    });
  } else if (reading.rejects.length === maxRejects) {
    warn(reading, {
      code: "more-rejects",
      message: `There are more than ${maxRejects} rejects; the others are not kept.`,
    });
  }
}

/** The index of the next entry; throws if there are more than the configured number. */
export function nextIndex(reading: Reading): number {
  const most = reading.limits.entries;
  if (reading.count >= most)
    throw new SnapshotError("too-many-entries", `more than ${most} entries`, `at most ${most}`);
  return reading.count++;
}
