/** When a schedule fires. */
export interface ScheduleExpression {
  /** The first time after `after`, both in milliseconds of the epoch; absent where there is none. */
  next(after: number): number | undefined;
}

/** A schedule expression that EventBridge Scheduler or the local stack does not accept. */
export class ScheduleExpressionError extends Error {
  constructor(expression: string, expected: string) {
    super(`The schedule expression ${expression} is not supported: expected ${expected}.`);
    this.name = "ScheduleExpressionError";
  }
}

type Reader = (fields: string, expression: string, origin: number) => ScheduleExpression;

const minutesPerUnit: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** The kinds of expressions that are supported. */
const readers: Readonly<Record<string, Reader>> = {
  /** EventBridge Scheduler User Guide, "Rate-based schedules": a positive integer and a unit, singular or plural. */
  rate(fields, expression, origin) {
    const [, value, unit = ""] = /^([1-9]\d{0,8}) (minute|hour|day)s?$/.exec(fields) ?? [];
    const minutes = minutesPerUnit[unit];
    if (value === undefined || minutes === undefined)
      throw new ScheduleExpressionError(
        expression,
        "rate(VALUE UNIT) such as rate(1 hour) or rate(5 minutes)",
      );
    const period = Number(value) * minutes * 60_000;
    return { next: (after) => origin + Math.max(1, Math.floor((after - origin) / period) + 1) * period };
  },
};

/**
 * Reads a schedule expression; throws `ScheduleExpressionError`. A rate counts from `origin`, the time when the schedule
 * was created, in milliseconds of the epoch.
 */
export function parseScheduleExpression(expression: string, origin: number): ScheduleExpression {
  const [, kind = "", fields = ""] = /^([a-z]+)\(([^()]*)\)$/.exec(expression) ?? [];
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (read) return read(fields, expression, origin);
  throw new ScheduleExpressionError(expression, `one of ${Object.keys(readers).join(", ")}`);
}
