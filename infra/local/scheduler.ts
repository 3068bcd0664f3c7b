import type { ScheduleDefinition } from "./resources/resource-type.ts";
import { parseScheduleExpression, type ScheduleExpression } from "./schedules/expression.ts";
import { fillInput } from "./schedules/schedule-input.ts";

/** Time as the scheduler needs it. */
export interface SchedulerClock {
  /** Milliseconds of the epoch. */
  now(): number;
  /** Calls `run` at a time; returns how to cancel that. */
  at(time: number, run: () => void): () => void;
}

/** Where schedules deliver their input. Each resolves when the target has handled it. */
export interface ScheduleTargets {
  invoke(functionName: string, event: unknown): Promise<unknown>;
  send(queueArn: string, body: string, groupId?: string): Promise<unknown>;
}

/** A schedule and when it fires next. */
export interface ScheduleStatus {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly isEnabled: boolean;
  /** Milliseconds of the epoch; absent where it does not fire any more. */
  readonly next?: number;
}

/** EventBridge Scheduler. */
export interface Scheduler {
  /** Firings whose target has not answered. */
  readonly running: number;
  schedules(): readonly ScheduleStatus[];
  /**
   * Fires a schedule now, with `at` (milliseconds of the epoch) as its scheduled time and `more` added to its input;
   * resolves when the target has handled it.
   */
  fire(name: string, at?: number, more?: object): Promise<void>;
  close(): void;
}

/**
 * Starts the schedules. A rate fires first when its period is over: EventBridge Scheduler also fires it at its creation,
 * which would start a function with nothing to do in every new stack.
 */
export function startScheduler(
  definitions: readonly ScheduleDefinition[],
  targets: ScheduleTargets,
  options: { readonly clock?: SchedulerClock; readonly log: (line: string) => void },
): Scheduler {
  const { clock = systemClock, log } = options;
  const started = clock.now();
  const cancels = new Map<string, () => void>();
  const running = new Set<Promise<void>>();
  const expressions = new Map<ScheduleDefinition, ScheduleExpression>(
    definitions.map((definition) => {
      const { expression, timeZone } = definition;
      return [definition, parseScheduleExpression(expression, { created: started, timeZone })];
    }),
  );

  function deliver({ arn, target }: ScheduleDefinition, at: number, more?: object): Promise<void> {
    const filled = fillInput(target.input, { scheduleArn: arn, at });
    const input = more ? JSON.stringify({ ...(JSON.parse(filled) as object), ...more }) : filled;
    const delivery = (
      target.kind === "function"
        ? targets.invoke(target.functionName, JSON.parse(input))
        : targets.send(target.queueArn, input, target.groupId)
    ).then(() => undefined);
    const tracked = delivery.finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  }

  function plan(definition: ScheduleDefinition, after: number): void {
    const next = definition.isEnabled ? expressions.get(definition)?.next(after) : undefined;
    if (next === undefined) return;
    const cancel = clock.at(next, () => {
      plan(definition, next);
      deliver(definition, next).catch((error: unknown) =>
        log(`The schedule ${definition.name} could not reach its target: ${String(error)}`),
      );
    });
    cancels.set(definition.name, cancel);
  }

  for (const definition of definitions) plan(definition, started);
  return {
    get running() {
      return running.size;
    },
    schedules: () =>
      definitions.map((definition) => {
        const { name, expression, timeZone, isEnabled } = definition;
        const next = isEnabled ? expressions.get(definition)?.next(clock.now()) : undefined;
        return { name, expression, timeZone, isEnabled, ...(next !== undefined && { next }) };
      }),
    async fire(name, at = clock.now(), more) {
      const definition = definitions.find((other) => other.name === name);
      if (!definition) throw new Error(`There is no schedule ${name}.`);
      await deliver(definition, at, more);
    },
    close() {
      for (const cancel of cancels.values()) cancel();
    },
  };
}

/** Longest delay of a timer, in milliseconds; a longer one fires at once. */
const maxTimer = 2_147_483_647;

const systemClock: SchedulerClock = {
  now: Date.now,
  at(time, run) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = time - Date.now();
      timer = setTimeout(left > 0 ? wait : run, Math.min(Math.max(left, 0), maxTimer));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
