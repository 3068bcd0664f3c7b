import { localTime, millisecondsPerDay } from "./local-time.ts";

/** Local times that the clocks of a zone skip, written as the epoch milliseconds of UTC. */
export interface SkippedTimes {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** The local times that the clocks of a zone skip between two instants (epoch milliseconds), in order. */
export function skippedTimes(timeZone: string, from: number, to: number): readonly SkippedTimes[] {
  const offset = (instant: number): number => localTime(timeZone, instant) - instant;
  const skipped: SkippedTimes[] = [];
  for (let day = from; day < to; day += millisecondsPerDay) {
    if (offset(day + millisecondsPerDay) <= offset(day)) continue;
    let [before, after] = [day, day + millisecondsPerDay];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offset(middle) === offset(day)) before = middle;
      else after = middle;
    }
    skipped.push({ from: after + offset(day), to: after + offset(after) });
  }
  return skipped;
}
