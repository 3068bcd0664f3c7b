import type { Readable } from "node:stream";
import type { KeptLogLine } from "../log-memory.ts";
import type { AudienceView, HintsView, SnapshotView, TroubleView, WaitingView } from "./views.ts";

/** A version of a snapshot in the bucket. */
export interface ShownVersion {
  readonly key: string;
  readonly version: string;
}

/** Actions behind the server's routes. */
export interface InboxActions {
  /** Confirms a subscription by the token of its link; returns the text to show. */
  confirm(token: string): string;
  /** Ends a subscription; returns the text to show. */
  unsubscribe(subscriptionArn: string): string;
  /** Every uploaded snapshot and its state, newest first. */
  snapshots(): Promise<readonly SnapshotView[]>;
  /** Lines of the functions' log about snapshots after line number `after`, oldest first. */
  log(after: number): readonly KeptLogLine[];
  /** Quarantined snapshots and messages, and dead letters. */
  troubles(): Promise<readonly TroubleView[]>;
  /** Uploads a snapshot. `size`: bytes, if known. Resolves with its key and version. */
  upload(key: string, body: Readable, size: number | undefined): Promise<ShownVersion>;
  /** Asks ingest to read a version again; `false` where there is no such version. */
  replay(version: ShownVersion): Promise<boolean>;
  /** An HTML page that shows what readers would get for a version, stage by stage; `undefined` where there is none. */
  preview(version: ShownVersion): Promise<string | undefined>;
  /** Audiences with their schedules and subscribers, in the order of the configuration. */
  audiences(): readonly AudienceView[];
  /** What waits, in the order of the configuration: audiences for which nothing waits and that are not paused are left out. */
  waiting(): Promise<readonly WaitingView[]>;
  /** Ends the pause of an audience; `false` where there is no such audience. */
  resume(audience: string): Promise<boolean>;
  /** Subscribes an endpoint as `Subscribe` of SNS does. Throws where SNS refuses it. */
  subscribe(audience: string, protocol: string, endpoint: string): void;
  /** Confirms a subscription as its reader would; `false` where there is none. */
  confirmSubscription(subscriptionArn: string): boolean;
  /** The metrics of the functions so far, by minute. */
  metrics(): readonly unknown[];
  /** The schedules of audiences and when each fires next. */
  schedules(): readonly unknown[];
  /**
   * Fires an audience's schedule with `at` (milliseconds of the epoch; now by default) as its slot. `false` where it has
   * none; otherwise `true` when the invocation has ended.
   */
  fireSchedule(audience: string, at?: number): Promise<boolean>;
  /** Upload instructions for the empty inbox, and the state of the stack. */
  hints(): HintsView & Readonly<Record<string, unknown>>;
  /** US dollars per SMS part, for estimates. */
  smsPartPrice(): number;
}
