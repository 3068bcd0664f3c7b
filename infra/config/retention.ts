/** Days for which dead letters are kept: the most that SQS allows. */
export const deadLetterDays = 14;

/**
 * Days for which a message stays in the intake queue. Fewer than in the dead-letter queue, whose retention counts from
 * the first arrival in the intake queue.
 */
export const intakeDays = 4;

/** Days for which a slot stays in its queue: fewer than in the dead-letter queue, as for the intake. */
export const slotDays = 4;

/** Days for which a message waits in the outbox: the most that SQS allows. */
export const outboxDays = 14;

/** Days for which the plan of a run is kept: as long as the sent marks of its messages. */
export const planDays = 60;

/**
 * Days after its upload in which a queue message can still ask for a snapshot: a dead letter can be redriven on its
 * last day, wait in the intake queue once more, and then be retried for `retryHours`.
 */
export const replayDays = (retryHours: number): number =>
  deadLetterDays + intakeDays + Math.ceil(retryHours / 24);
