/** When snapshots of a feed usually come, learnt from its uploads. All times are epoch seconds, all durations seconds. */
export interface UploadRhythm {
  /** When its first snapshot was uploaded. */
  readonly since: number;
  /** When the last upload that was noted took place; of unchanged ones not every one is noted. */
  readonly seen: number;
  /** When the last gap was measured. */
  readonly measured: number;
  /** The next upload is noted, so that the time since `seen` is the gap between two uploads. */
  readonly isMeasuring: boolean;
  /** The last measured gaps, oldest first. */
  readonly gaps: readonly number[];
  /** The longest pauses of the last four weeks, longest first. */
  readonly pauses: readonly UploadPause[];
}

interface UploadPause {
  readonly at: number;
  readonly length: number;
}

/** An unchanged upload is noted at the latest so long after the one before it. */
const maxUnnoted = 4 * 3_600;

/** Uploads that follow each other faster are one. */
const burst = 60;

/** A median of this many gaps ignores up to four that are unusual. */
const maxGaps = 9;

/** How long a pause is remembered. */
const pauseMemory = 28 * 86_400;

/** Pauses that are kept: the usual one is the second longest of them. */
const maxPauses = 3;

/** Gaps without which nothing is known. */
const minGaps = 3;

/**
 * The rhythm after an upload at `at`; `undefined` if it is not worth a write: in any four hours at most two unchanged
 * uploads of a feed are noted. One that is written anyway (`isWritten`) is noted in any case.
 *
 * At most one gap is measured in four hours, so that a burst of uploads does not pass for the usual rhythm.
 */
export function noteUpload(
  before: UploadRhythm | undefined,
  at: number,
  { isWritten }: { readonly isWritten: boolean },
): UploadRhythm | undefined {
  if (!before)
    return isWritten
      ? { since: at, seen: at, measured: 0, isMeasuring: true, gaps: [], pauses: [] }
      : undefined;
  const elapsed = at - before.seen;
  // An event that comes late or twice, or one upload of several in a row.
  if (elapsed < burst) return isWritten ? before : undefined;
  if (!isWritten && !before.isMeasuring && elapsed < maxUnnoted) return undefined;
  const gaps = before.isMeasuring ? [...before.gaps, elapsed].slice(-maxGaps) : before.gaps;
  const measured = before.isMeasuring ? at : before.measured;
  return {
    since: before.since,
    seen: at,
    measured,
    isMeasuring: at - measured >= maxUnnoted,
    gaps,
    pauses: withPause(before, { at, length: elapsed }),
  };
}

function withPause(before: UploadRhythm, pause: UploadPause): readonly UploadPause[] {
  const usual = usualGap(before);
  const isPause = usual !== undefined && pause.length > unnoted(usual) + 2 * usual;
  return [...before.pauses, ...(isPause ? [pause] : [])]
    .filter(({ at }) => at > pause.at - pauseMemory)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, maxPauses);
}

/** The median of the measured gaps; `undefined` while there are too few. */
export function usualGap({ gaps }: UploadRhythm): number | undefined {
  return gaps.length < minGaps ? undefined : gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
}

/**
 * How long the feed pauses again and again, as at night or at weekends: the second longest pause of the last four weeks,
 * because the longest one may be a failure. Of a feed that is not known for so long it is the longest one.
 */
export function usualPause({ pauses, since }: UploadRhythm, now: number): number {
  const recent = pauses.filter(({ at }) => at > now - pauseMemory).map(({ length }) => length);
  return (now - since < pauseMemory ? recent[0] : recent[1]) ?? 0;
}

/** How long ago the last upload can be at most without having been noted. */
export const unnoted = (usual: number): number => (usual < maxUnnoted ? maxUnnoted : 0);
