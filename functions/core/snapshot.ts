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
  /** Orders the events of one key: hexadecimal digits of varying length (see `isEarlier`). */
  readonly sequencer?: string;
}

/** What one message of the intake queue asks for. */
export interface IngestRequest {
  readonly version: SnapshotVersion;
  /** How often this queue message was received, this time included. */
  readonly receives: number;
  /** How often the request was retried by messages of its own. */
  readonly attempts: number;
  /** When it was first attempted, epoch milliseconds. */
  readonly firstAttempt: number;
  /** When the snapshot was uploaded, epoch milliseconds; unknown for one that is replayed. */
  readonly uploaded?: number;
  /** What a run that reached its deadline handed on: its claim, the claim's round, and the name of its state. */
  readonly continued?: { readonly claim: string; readonly round: number; readonly state: string };
  /** Asked for by hand: skips the unchanged-ETag check. */
  readonly replay?: boolean;
  /** Asked for by hand: sends once more what was sent before; unique to the request. */
  readonly resend?: string;
}
