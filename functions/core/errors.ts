/**
 * What happens after a failure. The table in functions/README.md is generated from `errorTable`.
 *
 * - `reject`: one entry can't become an alert; the other entries are sent.
 * - `quarantine`: one snapshot or message fails on every attempt; it is copied under `quarantine/` with its reason and
 *   then acknowledged.
 * - `retry`: the next attempt may succeed; the message returns to its queue.
 * - `warning`: not a failure: something was repaired, omitted or assumed.
 */
export type Fate = "reject" | "quarantine" | "retry";

export interface ErrorRow {
  readonly fate: Fate | "warning";
  /** What happened, in one sentence without details. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

export const errorTable = {
  "snapshot-empty": {
    fate: "quarantine",
    message: "The snapshot has no content.",
    hint: "Upload the file again; check that the program that writes it finishes before it uploads.",
  },
  "snapshot-gone": {
    fate: "quarantine",
    message: "The version that the event names is no longer in the bucket.",
    hint: "Upload the snapshot again; nothing was sent from the missing version.",
  },
  "snapshot-too-large": {
    fate: "quarantine",
    message: "The snapshot is larger than the configured limit.",
    hint: "Raise limits.bytes in cdk.json, or split the snapshot.",
  },
  "snapshot-expands-too-far": {
    fate: "quarantine",
    message: "The compressed snapshot expands to more than the configured limit.",
    hint: "Raise limits.expandedBytes in cdk.json if you trust the file.",
  },
  "snapshot-corrupt-gzip": {
    fate: "quarantine",
    message: "The gzip stream is damaged before the end of the first entry.",
    hint: "Compress and upload the snapshot again.",
  },
  "format-unknown": {
    fate: "quarantine",
    message: "The snapshot is not a feed that feedbell can read.",
    hint: "Upload a feed instead. If the address should have one, it may have answered with another kind of file.",
  },
  "no-entries": {
    fate: "quarantine",
    message: "The snapshot has no entry that could be read.",
    hint: "Upload the feed itself, not a page about it. If the file is the right one, correct what the reason names.",
  },
  "too-many-entries": {
    fate: "quarantine",
    message: "The snapshot has more entries than the configured limit.",
    hint: "Raise limits.entries in cdk.json, or split the snapshot.",
  },
  "too-slow": {
    fate: "quarantine",
    message: "Reading the snapshot took longer than the configured limit.",
    hint: "Raise limits.milliseconds in cdk.json, or split the snapshot.",
  },
  "entry-malformed": {
    fate: "reject",
    message: "The entry cannot be read.",
    hint: "Correct the entry at the stated place in the file; the others were read.",
  },
  "entry-truncated": {
    fate: "reject",
    message: "The snapshot ends within the entry.",
    hint: "Upload the whole file; entries that were sent are not sent again.",
  },
  "entry-too-deep": {
    fate: "reject",
    message: "The entry's elements are nested deeper than the configured limit.",
    hint: "Raise limits.depth in cdk.json if you trust the feed.",
  },
  "entry-too-large": {
    fate: "reject",
    message: "The entry is larger than the configured limit.",
    hint: "Raise limits.entryLength in cdk.json if you trust the feed.",
  },
  "entry-has-too-many-attributes": {
    fate: "reject",
    message: "An element of the entry has more attributes than the configured limit.",
    hint: "Raise limits.attributes in cdk.json if you trust the feed.",
  },
  "entry-has-too-many-entities": {
    fate: "reject",
    message: "A field of the entry has more character references than the configured limit.",
    hint: "Raise limits.entities in cdk.json if you trust the feed.",
  },
  "entry-blank": {
    fate: "reject",
    message: "The entry has no title, no link and no text.",
    hint: "Correct the feed; the entry is sent when it has a title, a link or a text.",
  },
  "snapshot-forbidden": {
    fate: "retry",
    message: "The version that the event names is gone, or the function may not read it.",
    hint: "Check that the version exists and that the function's role may read it (a key of its own needs kms:Decrypt); then upload the snapshot again.",
  },
  "snapshot-kills": {
    fate: "quarantine",
    message: "The function died each time it read the snapshot.",
    hint: "Look for out-of-memory or time-out lines in the function's log, raise deployment.memory.ingest or timeoutSeconds, and replay the snapshot.",
  },
  "retries-exhausted": {
    fate: "quarantine",
    message: "The snapshot was retried for as long as retryHours allows.",
    hint: "Correct the cause that the reason names, then replay the snapshot.",
  },
  "message-refused": {
    fate: "quarantine",
    message: "SNS refused the message permanently.",
    hint: "Correct what SNS names, then replay the message.",
  },
  "message-fails": {
    fate: "quarantine",
    message: "The message failed three times while other messages of its topic were accepted.",
    hint: "Look at the failure that the reason names, then replay the message.",
  },
  "message-kills": {
    fate: "quarantine",
    message: "The deliver function died each time it published the message.",
    hint: "Look at the deliver function's log, then replay the message.",
  },
  "message-malformed": {
    fate: "quarantine",
    message: "The queue message is not a message of the outbox.",
    hint: "Only feedbell may send to the outbox queue: look at what else has permission to.",
  },
  "event-malformed": {
    fate: "retry",
    message: "The queue message is not an S3 event.",
    hint: "Only S3 may send to the intake queue: look at the message in the dead-letter queue.",
  },
  "slot-malformed": {
    fate: "retry",
    message: "The queue message is not a slot of an audience's schedule.",
    hint: "Only EventBridge Scheduler and feedbell may send to the slots queue: look at the message in the dead-letter queue.",
  },
  "entry-held": {
    fate: "retry",
    message: "Another run has claimed an entry of this snapshot and has not finished it.",
    hint: "Nothing to do: the snapshot is retried when that run has ended.",
  },
  "claims-exhausted": {
    fate: "retry",
    message: "Every claim of the snapshot was ended by other runs.",
    hint: "Nothing to do: the snapshot is retried. If it happens again, stop uploading the same feed many times at once.",
  },
  "out-of-time": {
    fate: "retry",
    message: "The function ran out of time before its work was finished.",
    hint: "Nothing to do: the run continues where it stopped. If it happens often, raise timeoutSeconds.",
  },
  "service-unavailable": {
    fate: "retry",
    message: "An AWS service throttled the call, failed or did not answer.",
    hint: "Nothing to do: the snapshot is retried. If it continues, check the service's health.",
  },
  unexpected: {
    fate: "retry",
    message: "An unexpected error.",
    hint: "Find the cause in the log, correct it, and redrive the dead-letter queue.",
  },
  "date-unreadable": {
    fate: "warning",
    message: "A date of the entry cannot be read.",
    hint: "Write dates as RFC 3339 or RFC 822 in the feed; set the feed's language if the date is ambiguous, such as 03/04/2026.",
  },
  "link-dropped": {
    fate: "warning",
    message: "A link is not an http or https address, or it is relative and there is no base address.",
    hint: "Write absolute links in the feed, or give the feed its own link.",
  },
  "link-credentials": {
    fate: "warning",
    message: "A link had a user name or a password; it was sent without them.",
    hint: "Remove the user name and the password from the links of the feed.",
  },
  "entry-unclosed": {
    fate: "warning",
    message: "The entry's element is never closed; the entry was ended where the next one starts.",
    hint: "Correct the program that writes the feed: the entry may lack its last fields.",
  },
  "entry-incomplete": {
    fate: "warning",
    message: "The snapshot ends within the entry; the fields before the end were read.",
    hint: "Upload the whole file; the entry is recognised and not sent again.",
  },
  "feed-empty": {
    fate: "warning",
    message: "The snapshot is a feed without any entry.",
    hint: "Nothing to do if the feed has no entries yet; otherwise check the program that writes it.",
  },
  truncated: {
    fate: "warning",
    message: "The snapshot ends too early; the entries before the end were read.",
    hint: "Upload the whole file; entries that were sent are not sent again.",
  },
  "gzip-junk": {
    fate: "warning",
    message: "Bytes follow the end of the gzip stream; they were ignored.",
    hint: "Nothing to do; compress the file again to remove the warning.",
  },
  "encoding-unknown": {
    fate: "warning",
    message: "The declared character encoding is unknown; the encoding was detected.",
    hint: "Declare an encoding of the WHATWG Encoding Standard, preferably UTF-8.",
  },
  "encoding-overruled": {
    fate: "warning",
    message: "The bytes do not match the declared character encoding; the detected one was used.",
    hint: "Correct the declaration, or write the feed in UTF-8.",
  },
  "encoding-repaired": {
    fate: "warning",
    message: "Some bytes are not valid UTF-8; they were read as windows-1252.",
    hint: "Write all texts of the feed in one encoding, preferably UTF-8.",
  },
  "more-rejects": {
    fate: "warning",
    message: "The snapshot has more rejected entries than are kept in the report.",
    hint: "Correct the first ones; they often have the same cause.",
  },
  "more-warnings": {
    fate: "warning",
    message: "The snapshot has more warnings than are kept in the report.",
    hint: "Correct the first ones; they often have the same cause.",
  },
} as const satisfies Record<string, ErrorRow>;

type ErrorTable = typeof errorTable;

export type WarningCode = {
  [Code in keyof ErrorTable]: ErrorTable[Code]["fate"] extends "warning" ? Code : never;
}[keyof ErrorTable];

export type ErrorCode = Exclude<keyof ErrorTable, WarningCode>;

export interface Reason {
  readonly code: ErrorCode;
  /** What was found, shortened and printable. */
  readonly found: string;
  /** What was expected. */
  readonly expected: string;
}

/** A snapshot cannot be handled; its code determines its fate. */
export class SnapshotError extends Error implements Reason {
  readonly code: ErrorCode;
  readonly found: string;
  readonly expected: string;

  constructor(code: ErrorCode, found: string, expected: string, options?: ErrorOptions) {
    super(`${errorTable[code].message} Found ${found}; expected ${expected}.`, options);
    this.name = "SnapshotError";
    this.code = code;
    this.found = found;
    this.expected = expected;
  }

  get fate(): Fate {
    return errorTable[this.code].fate;
  }

  get hint(): string {
    return errorTable[this.code].hint;
  }
}
