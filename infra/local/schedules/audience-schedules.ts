import { readFunctionConfiguration } from "../function-configuration.ts";
import type { Provisioned } from "../provision.ts";
import type { ScheduleDefinition } from "../resources/resource-type.ts";
import type { Scheduler } from "../scheduler.ts";

/** The schedule of an audience as `GET /api/schedules` shows it. */
export interface AudienceSchedule {
  readonly audience: string;
  /** As configured, such as `daily 07:00`; for alerts the expression of their slots. */
  readonly schedule: string;
  /** IANA time zone of the slots. */
  readonly timeZone: string;
  /** The next slot, ISO 8601; absent where the schedule does not fire any more. */
  readonly next?: string;
}

export interface AudienceSchedules {
  all(): readonly AudienceSchedule[];
  /**
   * Fires the schedule of an audience with `at` (milliseconds of the epoch) as its slot, or asks for a slot now as
   * `feedbell digest` does. Resolves with `false` where the audience has none, and otherwise with `true` when the
   * invocation has ended.
   */
  fire(audience: string, at?: number): Promise<boolean>;
}

/** Finds the schedules of audiences among those of a template: their input names the audience. */
export function openAudienceSchedules(
  { schedules, functions }: Pick<Provisioned, "schedules" | "functions">,
  scheduler: Pick<Scheduler, "schedules" | "fire">,
): AudienceSchedules {
  const names = new Map<string, string>(
    schedules.flatMap((definition) => {
      const audience = audienceOf(definition);
      return audience === undefined ? [] : [[audience, definition.name] as const];
    }),
  );
  const [anyFunction] = functions.values();
  const configured = new Map(
    anyFunction
      ? readFunctionConfiguration(anyFunction).audiences.map(({ name, schedule }) => [name, schedule])
      : [],
  );
  return {
    all() {
      const found = new Map(scheduler.schedules().map((status) => [status.name, status]));
      return [...names].flatMap(([audience, name]) => {
        const status = found.get(name);
        if (!status) return [];
        const { expression, timeZone, next } = status;
        return {
          audience,
          schedule: configured.get(audience) ?? expression,
          timeZone,
          ...(next !== undefined && { next: new Date(next).toISOString() }),
        };
      });
    },
    async fire(audience, at) {
      const name = names.get(audience);
      if (name === undefined) return false;
      await (at === undefined ? scheduler.fire(name, at, { byHand: true }) : scheduler.fire(name, at));
      return true;
    },
  };
}

function audienceOf({ target }: ScheduleDefinition): string | undefined {
  if (target.kind !== "queue") return undefined;
  const { audience } = JSON.parse(target.input) as { readonly audience?: unknown };
  return typeof audience === "string" ? audience : undefined;
}
