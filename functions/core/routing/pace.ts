import type { Clock, Ledger, Log } from "../ports.ts";

/**
 * SNS suspends a mail subscription that gets more than 10 messages in a second, and deletes it two days later
 * (Amazon SNS Developer Guide, 'Email notifications'; quota 'Email delivery rate').
 */
export const pace = {
  messages: 10,
  /** Milliseconds: the second itself, and what the clocks of two processes may differ by. */
  window: 1_250,
} as const;

/** The place before a topic, which one process has at a time. */
export interface Place {
  /** To be called as soon as the publish has its answer; never fails. */
  readonly leave: () => Promise<void>;
}

export interface PaceContext {
  readonly ledger: Pick<Ledger, "pace" | "setPace">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * When `count` messages may go, epoch milliseconds, given when the last ones were accepted at the latest: as soon as
 * the tenth message before each of them is a window old.
 */
export const freeAfter = (times: readonly number[], count: number): number =>
  (times.at(count - 1 - pace.messages) ?? -Infinity) + pace.window;

/**
 * Waits for the place from which `count` messages (at most 10) go to a topic, across all runs that publish to it.
 * The ledger has the times of the last messages. Who takes the place writes those of its own as late as they can
 * be, twice `longest` milliseconds from now; until then they tell that the place is taken, and it is free again as
 * soon as they are replaced by the time of SNS's answer. However long a process stalls on its way to SNS, the next
 * messages therefore keep their distance; a process that dies keeps the topic waiting until its time is over.
 * `undefined`: the place is not free before `deadline`.
 */
export async function waitForPlace(
  audience: string,
  count: number,
  { deadline, longest }: { readonly deadline: number; readonly longest: number },
  { ledger, clock, log }: PaceContext,
): Promise<Place | undefined> {
  for (;;) {
    const times = await ledger.pace(audience);
    const now = clock.now();
    const isTaken = (times.at(-1) ?? -Infinity) > now;
    const at = isTaken ? now : freeAfter(times, count);
    if (now > deadline || at > deadline) return undefined;
    if (isTaken || at > now) {
      await clock.sleep(at - now + 20 + clock.random() * 80);
      continue;
    }
    const withMine = (time: number) =>
      [...times, ...Array.from({ length: count }, () => time)].slice(-pace.messages);
    // With a fraction that is nobody else's, by which a write is known whose answer was lost.
    const taken = withMine(now + 2 * longest + clock.random());
    const isMine =
      (await ledger.setPace(audience, times, taken)) || (await ledger.pace(audience)).at(-1) === taken.at(-1);
    // So late that the publish might outlast its time; the next round waits until that is over.
    if (!isMine || clock.now() > now + longest) continue;
    return {
      leave: async () => {
        try {
          await ledger.setPace(audience, taken, withMine(clock.now()));
        } catch (error) {
          log("warn", "place not left", { audience, until: taken.at(-1), why: String(error) });
        }
      },
    };
  }
}
