/** The most of these times, in milliseconds, that lie within any one second. */
export function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let from = 0;
  for (const [to, time] of sorted.entries()) {
    while ((sorted[from] ?? time) <= time - 1_000) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}
