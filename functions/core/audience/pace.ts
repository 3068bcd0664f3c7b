import type { Clock, Ledger } from "../ports.ts";

/**
 * SNS suspends a mail subscription that gets more than 10 messages in a second, and deletes it two days later
 * (Amazon SNS Developer Guide, 'Email notifications'; quota 'Email delivery rate').
 */
export const pace = {
  messages: 10,
  /** Milliseconds: the second itself, and what a message may be under way longer than another. */
  window: 1_500,
  /** A message that is later than this on its way to SNS reserves its place anew. */
  late: 250,
} as const;

/**
 * When a batch of `count` messages may go: as soon as the tenth message before each of them is a window old.
 * Returns the time and the list of the last times with the batch in it.
 */
export function reserve(
  times: readonly number[],
  count: number,
  now: number,
): { readonly at: number; readonly times: readonly number[] } {
  const tenthBefore = times.at(count - 1 - pace.messages) ?? -Infinity;
  const at = Math.max(now, times.at(-1) ?? -Infinity, tenthBefore + pace.window);
  return { at, times: [...times, ...Array.from({ length: count }, () => at)].slice(-pace.messages) };
}

/**
 * Waits for a place for `count` messages (at most 10) on a topic, across all runs that publish to it. When the
 * place lies after `deadline` it returns at once, with the time at which to ask again.
 */
export async function waitForPlace(
  audience: string,
  count: number,
  ledger: Pick<Ledger, "pace" | "setPace">,
  clock: Clock,
  deadline: number,
): Promise<number | undefined> {
  for (;;) {
    const times = await ledger.pace(audience);
    const place = reserve(times, count, clock.now());
    if (place.at > deadline) return place.at;
    if (!(await ledger.setPace(audience, times, place.times))) {
      if (clock.now() > deadline) return clock.now();
      await clock.sleep(5 + clock.random() * 45);
      continue;
    }
    if (place.at > clock.now()) await clock.sleep(place.at - clock.now());
    if (clock.now() <= place.at + pace.late) return undefined;
  }
}
