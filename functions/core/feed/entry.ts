import type { ErrorCode, WarningCode } from "../errors.ts";

export type Format = "rss" | "rdf" | "atom" | "json" | "markdown" | "html" | "sitemap";

/** Where an entry's date comes from; a date is never made up. */
export type DateSource = "published" | "updated" | "inferred" | "missing";

/**
 * Where a link comes from that is not the address of the entry's own page: a file that belongs to the entry
 * (`enclosure`, `media`), the feed's page (`feed`), or an id that is an address but is not marked as a permalink (`id`).
 */
export type LinkSource = "enclosure" | "media" | "feed" | "id";

/** What else a reader should know of a date. */
export interface DateNote {
  /** What an inferred date was inferred from, such as `snapshot time`. */
  readonly inferredFrom?: string;
  /** The source gave no time zone: this one was assumed. */
  readonly assumedZone?: string;
  /**
   * The source gave this calendar day, such as `2026-11-23`, and no time of day: the date's instant is the day's beginning
   * in the zone given or assumed, which nobody wrote.
   */
  readonly day?: string;
  /** The date lies after `Hints.now`. */
  readonly future?: true;
}

/** One item of a feed, as its source gives it. A field that is absent or unreadable in the source is absent here. */
export interface Entry {
  /** guid, atom:id, rdf:about or the JSON id, white space trimmed, otherwise untouched. */
  readonly id?: string;
  /** Plain text on one line, without control or bidirectional-override characters; `""` where there is none. */
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
  /** BCP 47, lower case, as the source declares it for this entry or for its feed. */
  readonly language?: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  /** HTML. Decoded whenever it is read: an entry that nobody asks costs nothing. */
  readonly description?: string;
  /** HTML. Decoded whenever it is read. */
  readonly content?: string;
}

/** What a snapshot says of its feed as a whole. */
export interface Feed {
  readonly title?: string;
  /** Absolute, `http:` or `https:` only. */
  readonly link?: string;
  readonly language?: string;
}

/** An entry that could not be read or can't become an alert. */
export interface Reject {
  readonly code: ErrorCode;
  /** The entry's place in the snapshot, from 0, rejects counted too. */
  readonly index: number;
  /**
   * Where the entry starts in the expanded snapshot: in bytes, or in UTF-16 code units of its text where that is GBK,
   * Big5, Shift_JIS, ISO-2022-JP or UTF-16.
   */
  readonly offset?: number;
  readonly title?: string;
  readonly reason: string;
}

/** Something was repaired, left out or assumed; the entry or the snapshot was read all the same. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
  /** The entry concerned, where there is one. */
  readonly index?: number;
}

/** What is known of a snapshot once it has been read to its end. */
export interface SnapshotReport {
  readonly format: Format;
  /** WHATWG name of the encoding that the bytes were read in. */
  readonly encoding: string;
  readonly feed: Feed;
  readonly rejects: readonly Reject[];
  readonly warnings: readonly Warning[];
}

export interface ParsedSnapshot extends SnapshotReport {
  readonly entries: readonly Entry[];
}

/** Bounds on hostile input; each has a tested default in `limits.ts` and an error code of its own. */
export interface Limits {
  /** Bytes as stored. */
  readonly bytes: number;
  /** Bytes that are read, after gzip where there is any. */
  readonly expandedBytes: number;
  readonly entries: number;
  /** UTF-16 code units of one entry's source. */
  readonly entryLength: number;
  /** Depth of elements within an entry, those that HTML may leave open not counted. */
  readonly depth: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** Character references in one field or tag. */
  readonly entities: number;
  /** Time that reading may take in all, waiting for the source not counted. */
  readonly milliseconds: number;
}

/** Hints are only that: what the bytes say wins. */
export interface Hints {
  /** The file's or the object's name. */
  readonly name?: string;
  readonly contentType?: string;
  /** Called before each entry with the length of the expanded text up to its end, in the units of `Reject.offset`. */
  readonly onProgress?: (length: number) => void;
  /** IANA time zone of dates that have none; UTC by default. */
  readonly timeZone?: string;
  readonly limits?: Partial<Limits>;
  /** Epoch milliseconds at which the snapshot is read: later dates are marked; without it none is. */
  readonly now?: number;
  /** Monotonic milliseconds, for `limits.milliseconds`; without it time is not limited. */
  readonly clock?: () => number;
}
