/** A schedule that EventBridge Scheduler would refuse, or that would never fire. */
export class ScheduleError extends Error {
  /** What a valid one looks like, as the end of "expected …". */
  readonly expected: string;

  constructor(schedule: string, expected: string) {
    super(`The schedule ${JSON.stringify(schedule)} is not valid: expected ${expected}.`);
    this.name = "ScheduleError";
    this.expected = expected;
  }
}
