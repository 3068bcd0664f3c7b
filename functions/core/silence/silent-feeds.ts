import type { Configuration } from "../configuration.ts";
import { unnoted, usualGap, usualPause, type UploadRhythm } from "./upload-rhythm.ts";

/** A feed of which a snapshot was read, and when its snapshots come. */
export interface KnownFeed {
  /** Slug of its folder; `~` and a hash for a file that lies directly under `snapshots/`. */
  readonly place: string;
  /** Key of its last changed snapshot. */
  readonly key: string;
  readonly rhythm: UploadRhythm;
}

/**
 * - `learning`: too little is known to judge it.
 * - `active`: a snapshot came in time, or the feed is not watched (`silentPeriods: 0`).
 * - `silent`: no snapshot came for longer than allowed.
 * - `gone`: it has been silent for so long that it was removed; nobody is alarmed any more.
 */
export type FeedState = "learning" | "active" | "silent" | "gone";

export interface FeedSilence {
  readonly state: FeedState;
  /** Usual seconds between two uploads, once that is known. */
  readonly usual?: number;
  /** Seconds without an upload after which the feed is silent, once that is known. */
  readonly allowed?: number;
}

/** A feed is not judged before it has been known for so long: a week has a weekend. Seconds. */
const learningTime = 7 * 86_400;

/** A usual pause may be longer than it was so far by this factor. */
const pauseFactor = 1.25;

/** Seconds for which a feed is reported as silent. */
const reportedTime = 14 * 86_400;

/** A feed is silent after `periods` of its usual gaps, and not in its usual pauses. `now`: epoch seconds. */
export function silenceOf(
  rhythm: UploadRhythm,
  { periods, now }: { readonly periods: number; readonly now: number },
): FeedSilence {
  const usual = usualGap(rhythm);
  if (usual === undefined) return { state: isForgotten(rhythm, now) ? "gone" : "learning" };
  const allowed = Math.max(periods * usual, pauseFactor * usualPause(rhythm, now)) + unnoted(usual);
  const found = { usual, allowed };
  const late = now - rhythm.seen - allowed;
  if (now - rhythm.since < learningTime) return { state: "learning", ...found };
  if (late > reportedTime) return { state: "gone", ...found };
  return { state: periods > 0 && late > 0 ? "silent" : "active", ...found };
}

/** A feed that never got a rhythm, such as a single upload, is known for as long as a pause is. */
const isForgotten = ({ seen }: UploadRhythm, now: number): boolean => now - seen > 2 * reportedTime;

/** What is known of each feed. `now`: epoch seconds. */
export function judgeFeeds(
  feeds: readonly KnownFeed[],
  { silentPeriods, feeds: settings }: Pick<Configuration, "silentPeriods" | "feeds">,
  now: number,
): readonly (KnownFeed & FeedSilence)[] {
  const periodsOf = ({ place }: KnownFeed) => settings[place]?.silentPeriods ?? silentPeriods;
  return feeds.map((feed) => ({ ...feed, ...silenceOf(feed.rhythm, { periods: periodsOf(feed), now }) }));
}
