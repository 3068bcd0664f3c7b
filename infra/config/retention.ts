/** Days for which dead letters are kept: the most that SQS allows. */
export const deadLetterDays = 14;

/**
 * Days for which a message stays in the intake queue. Fewer than in the dead-letter queue, whose retention counts from
 * the first arrival in the intake queue.
 */
export const intakeDays = 4;

/**
 * Days after its upload in which a queue message can still ask for a snapshot: a dead letter can be redriven on its
 * last day and then wait in the intake queue once more.
 */
export const replayDays = deadLetterDays + intakeDays;
