import { z } from "zod";
import { parseScheduleExpression, ScheduleExpressionError } from "../schedules/expression.ts";
import { unknownAttributes } from "../schedules/schedule-input.ts";
import { TemplateError } from "../template.ts";
import {
  number,
  physicalName,
  resourceType,
  type QueueDefinition,
  type ScheduleTarget,
  type Site,
} from "./resource-type.ts";

export const scheduleGroup = resourceType(
  z.object({ Name: z.string().optional() }),
  { Tags: "tags have no effect locally" },
  ({ Name }, { logicalId }, site) => {
    const name = Name ?? physicalName(site, logicalId);
    site.scheduleGroups.add(name);
    const { region, account } = site.endpoint;
    return {
      ref: name,
      attributes: { Arn: `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`, State: "ACTIVE" },
    };
  },
);

const target = z.strictObject({
  Arn: z.string(),
  /** Credentials are not checked here. */
  RoleArn: z.string(),
  Input: z.string(),
  SqsParameters: z.strictObject({ MessageGroupId: z.string().optional() }).optional(),
  /** Deliveries to local targets don't fail in a way that a retry could repair. */
  RetryPolicy: z
    .strictObject({
      MaximumEventAgeInSeconds: number.optional(),
      MaximumRetryAttempts: number.optional(),
    })
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
});

export const schedule = resourceType(
  z.object({
    Name: z.string().optional(),
    GroupName: z.string().default("default"),
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().default("UTC"),
    FlexibleTimeWindow: z.strictObject({ Mode: z.literal("OFF") }),
    State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
    Target: target,
  }),
  { Description: "descriptions have no effect" },
  (properties, { logicalId }, site) => {
    const name = properties.Name ?? physicalName(site, logicalId);
    const { region, account } = site.endpoint;
    const group = properties.GroupName;
    if (group !== "default" && !site.scheduleGroups.has(group))
      throw new TemplateError(`${logicalId} is in the schedule group ${group}, which is unknown`);
    checkExpression(properties, logicalId);
    const unknown = unknownAttributes(properties.Target.Input);
    if (unknown.length > 0)
      throw new TemplateError(`${logicalId}: the context attribute ${unknown.join(", ")} is unknown`);
    const arn = `arn:aws:scheduler:${region}:${account}:schedule/${group}/${name}`;
    site.schedules.push({
      name,
      arn,
      expression: properties.ScheduleExpression,
      timeZone: properties.ScheduleExpressionTimezone,
      isEnabled: properties.State === "ENABLED",
      target: readTarget(properties.Target, logicalId, site),
    });
    return { ref: name, attributes: { Arn: arn } };
  },
);

function checkExpression(
  {
    ScheduleExpression,
    ScheduleExpressionTimezone: timeZone,
  }: { readonly ScheduleExpression: string; readonly ScheduleExpressionTimezone: string },
  logicalId: string,
): void {
  try {
    parseScheduleExpression(ScheduleExpression, { created: 0, timeZone }).next(0);
  } catch (error) {
    if (error instanceof RangeError)
      throw new TemplateError(`${logicalId}: the time zone ${timeZone} is unknown`, { cause: error });
    if (!(error instanceof ScheduleExpressionError)) throw error;
    throw new TemplateError(`${logicalId}: ${error.message}`, { cause: error });
  }
}

/** The target is a function or a queue of this stack; API calls as targets are not supported. */
function readTarget(
  { Arn, Input, SqsParameters }: z.output<typeof target>,
  logicalId: string,
  site: Site,
): ScheduleTarget {
  const name = Arn.split(":").at(-1) ?? "";
  if (Arn.startsWith("arn:aws:lambda:") && site.functions.has(name)) {
    if (!isJson(Input)) throw new TemplateError(`${logicalId}: the input of a function must be JSON`);
    return { kind: "function", functionName: name, input: Input };
  }
  const queue = site.queues.get(Arn);
  if (queue) {
    const groupId = SqsParameters?.MessageGroupId;
    checkGroup(queue, groupId, logicalId);
    return { kind: "queue", queueArn: Arn, input: Input, ...(groupId !== undefined && { groupId }) };
  }
  throw new TemplateError(
    `${logicalId}: the target ${Arn} is unknown; expected a function or a queue of this stack`,
  );
}

/** EventBridge Scheduler API Reference, `SqsParameters`: a FIFO queue needs a group and content-based deduplication. */
function checkGroup(queue: QueueDefinition, groupId: string | undefined, logicalId: string): void {
  if (queue.isFifo !== (groupId !== undefined)) {
    const rule = queue.isFifo ? "needs" : "does not accept";
    throw new TemplateError(`${logicalId}: the queue ${queue.name} ${rule} SqsParameters.MessageGroupId`);
  }
  if (queue.isFifo && !queue.deduplicatesByContent)
    throw new TemplateError(`${logicalId}: the queue ${queue.name} needs content-based deduplication`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
