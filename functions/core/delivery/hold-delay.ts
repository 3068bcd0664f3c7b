/** Seconds for which a message is hidden that a pause or a daily limit keeps back. */
const usual = 900;

/** The same after a week of them. */
const long = 3_600;

/** Receives up to which a shorter delay may be set, and those of a week with the usual one. */
const maxShort = 100;
const ofAWeek = 672;

/**
 * Seconds until a message is looked at again that a pause or a daily limit keeps back: 15 minutes, and an hour once that
 * took a week. Every look is a receive, and the outbox moves a message to its dead-letter queue after 1,000
 * (`maxOutboxReceives`): with these delays they last longer than the 14 days for which SQS keeps the message. `max`: a
 * shorter delay for the first 100 receives.
 */
export function holdDelay(receives: number, max = usual): number {
  if (receives > ofAWeek) return long;
  return receives > maxShort ? usual : Math.min(usual, max);
}
