import type { AudioFile } from "./audio-file.ts";
import type { ErrorCode, WarningCode } from "../errors.ts";
import type { Format } from "./formats.ts";

/** Source of an entry's date; a date is never invented. */
export type DateSource = "published" | "updated" | "inferred" | "missing";

/**
 * Where a link comes from that is not the address of the entry's own page: a file that belongs to the entry
 * (`enclosure`, `media`), the feed's page (`feed`), or an id that is an address but is not marked as a permalink (`id`).
 */
export type LinkSource = "enclosure" | "media" | "feed" | "id";

/** Qualifications of a date. */
export interface DateNote {
  /** Origin of an inferred date, for example `snapshot time`. */
  readonly inferredFrom?: string;
  /** Assumed time zone, if the source has none. */
  readonly assumedZone?: string;
  /**
   * The calendar day, such as `2026-11-23`, if the source has no time of day. The date's instant is then the start of the
   * day in the stated or assumed time zone.
   */
  readonly day?: string;
  /** The date is later than `Hints.now`. */
  readonly future?: true;
}

/** One item of a feed. A field that is missing or unreadable in the source is absent. */
export interface Entry {
  /** guid, atom:id, rdf:about or JSON id, trimmed, otherwise unchanged. */
  readonly id?: string;
  /** Plain text on one line, without control characters and bidirectional overrides; `""` if missing. */
  readonly title: string;
  /** Absolute, `http:` or `https:` only. */
  readonly link?: string;
  /** Absent if `link` is the entry's own page. */
  readonly linkSource?: LinkSource;
  /** ISO 8601, UTC. */
  readonly published?: string;
  /** ISO 8601, UTC. */
  readonly updated?: string;
  readonly dateSource: DateSource;
  readonly dateNote?: DateNote;
  /** BCP 47, lower case, as declared for the entry or its feed. */
  readonly language?: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** Its audio file, such as a podcast's episode. */
  readonly audio?: AudioFile;
  /** HTML. Decoded on each read, so that unread bodies cost nothing. */
  readonly description?: string;
  /** HTML. Decoded on each read. */
  readonly content?: string;
}

/** Metadata of a feed. */
export interface Feed {
  readonly title?: string;
  /** Absolute, `http:` or `https:` only. */
  readonly link?: string;
  readonly language?: string;
}

/** An entry that could not be read or can't become an alert. */
export interface Reject {
  readonly code: ErrorCode;
  /** Index of the entry in the snapshot, from 0, rejects included. */
  readonly index: number;
  /**
   * Offset of the entry in the expanded snapshot: in bytes, or in UTF-16 code units of its text for GBK, Big5, Shift_JIS,
   * ISO-2022-JP and UTF-16.
   */
  readonly offset?: number;
  readonly title?: string;
  readonly reason: string;
}

/** Something was repaired, omitted or assumed; the entry or snapshot was read nevertheless. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  /** Index of the entry concerned, if any. */
  readonly index?: number;
}

/** Result of reading a whole snapshot. */
export interface SnapshotReport {
  readonly format: Format;
  /** WHATWG name of the encoding. */
  readonly encoding: string;
  readonly feed: Feed;
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
}

export interface ParsedSnapshot extends SnapshotReport {
  readonly entries: readonly Entry[];
}

/** Limits for hostile input; each has a tested default in `limits.ts` and its own error code. */
export interface Limits {
  /** Bytes as stored. */
  readonly bytes: number;
  /** Bytes after gzip expansion. */
  readonly expandedBytes: number;
  readonly entries: number;
  /** UTF-16 code units of one entry's source. */
  readonly entryLength: number;
  /** Nesting depth of elements within an entry, without those that HTML may leave open. */
  readonly depth: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** Character references in one field or tag. */
  readonly entities: number;
  /** Total reading time, without waiting for the source. */
  readonly milliseconds: number;
}

/** Hints about a snapshot; the bytes take precedence. */
export interface Hints {
  /** The file's or the object's name. */
  readonly name?: string;
  readonly contentType?: string;
  /**
   * Called before each entry with the length of the expanded text up to its end, in the unit of `Reject.offset`, and
   * with what is known of the feed so far.
   */
  readonly onProgress?: (length: number, feed: Feed) => void;
  /** IANA time zone of dates without one; UTC by default. */
  readonly timeZone?: string;
  readonly limits?: Partial<Limits>;
  /** Time of reading, in milliseconds since the epoch: later dates are marked. Without it no date is marked. */
  readonly now?: number;
  /** Monotonic clock in milliseconds, for `limits.milliseconds`; without it the time is not limited. */
  readonly clock?: () => number;
}
