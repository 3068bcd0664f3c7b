/** Seconds between two looks at a message that a pause or a daily limit keeps back, and from when on they are longer. */
export const holdSeconds = { usual: 900, long: 3_600, longAfter: 604_800 } as const;

/** Receives up to which a shorter delay may be set. */
const maxShort = 100;

/**
 * Seconds until a message is looked at again that a pause or a daily limit keeps back: 15 minutes, and an hour once that
 * took a week. Every look is a receive, and the outbox moves a message to its dead-letter queue after 1,000
 * (`maxOutboxReceives`): with these delays they last longer than the 14 days for which SQS keeps the message. `max`: a
 * shorter delay for the first 100 receives.
 */
export function holdDelay(receives: number, max: number = holdSeconds.usual): number {
  const { usual, long, longAfter } = holdSeconds;
  if (receives > longAfter / usual) return long;
  return receives > maxShort ? usual : Math.min(usual, max);
}
