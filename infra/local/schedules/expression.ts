import { parseCron } from "../../../functions/core/schedule/cron.ts";
import { nextSlot } from "../../../functions/core/schedule/next-slot.ts";
import { ScheduleError } from "../../../functions/core/schedule/schedule-error.ts";

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

/** What an expression depends on. */
interface ScheduleOrigin {
  /** When the schedule was created, in milliseconds of the epoch: a rate counts from here. */
  readonly created: number;
  /** IANA time zone of a cron expression. */
  readonly timeZone: string;
}

type Reader = (expression: string, fields: string, origin: ScheduleOrigin) => ScheduleExpression;

const minutesPerUnit: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** The kinds of expressions that are supported. */
const readers: Readonly<Record<string, Reader>> = {
  /** EventBridge Scheduler User Guide, "Rate-based schedules": a positive integer and a unit, singular or plural. */
  rate(expression, fields, { created }) {
    const [, value, unit = ""] = /^([1-9]\d{0,8}) (minute|hour|day)s?$/.exec(fields) ?? [];
    const minutes = minutesPerUnit[unit];
    if (value === undefined || minutes === undefined)
      throw new ScheduleExpressionError(
        expression,
        "rate(VALUE UNIT) such as rate(1 hour) or rate(5 minutes)",
      );
    const period = Number(value) * minutes * 60_000;
    return { next: (after) => created + Math.max(1, Math.floor((after - created) / period) + 1) * period };
  },
  cron(expression, _, { timeZone }) {
    try {
      parseCron(expression);
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      throw new ScheduleExpressionError(expression, error.expected);
    }
    return { next: (after) => nextSlot(expression, timeZone, after) };
  },
};

/** Reads a schedule expression; throws `ScheduleExpressionError`. */
export function parseScheduleExpression(expression: string, origin: ScheduleOrigin): ScheduleExpression {
  const [, kind = "", fields = ""] = /^([a-z]+)\(([^()]*)\)$/.exec(expression) ?? [];
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (read) return read(expression, fields, origin);
  throw new ScheduleExpressionError(expression, `one of ${Object.keys(readers).join(", ")}`);
}
