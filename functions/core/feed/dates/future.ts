/** Feeds round dates, and clocks differ: a date is in the future only if it is later than now by more than this. */
const futureToleranceMilliseconds = 60 * 60 * 1000;

/** Whether an ISO 8601 date is in the future at `now`, epoch milliseconds. */
export function isFuture(iso: string, now: number): boolean {
  return Date.parse(iso) > now + futureToleranceMilliseconds;
}
