/**
 * How fast an audience's messages go out. SNS suspends an email subscription that gets more than 10 messages a second
 * and deletes it 48 hours later (Amazon SNS Developer Guide, 'Email notifications').
 */
export interface Pace {
  /** Messages that one publish call carries at most. */
  readonly callSize: number;
  /** Milliseconds between the answer to a call of `count` messages and the start of the next call. */
  readonly pauseAfter: (count: number) => number;
}

/**
 * The pace at which no window of one second holds more than `messagesPerSecond` messages, wherever within its call a
 * message takes effect, provided that calls follow one another. `maxCallSize`: what one call can carry.
 */
export function paceOf(messagesPerSecond: number, maxCallSize: number): Pace {
  const callSize = Math.min(maxCallSize, messagesPerSecond);
  const others = messagesPerSecond - callSize + 1;
  return { callSize, pauseAfter: (count) => Math.ceil(1000 * Math.min(1, count / others)) };
}
