import { deliverSeconds, visibilitySeconds } from "../../functions/core/configuration.ts";
import type { FeedbellFunction } from "../function.ts";
import { type AlarmDefinition, fiveMinuteSum, hourlySum, periodsOfReceives } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/**
 * The alarms of the functions (AWS Lambda Developer Guide, 'Types of metrics for Lambda functions'): `Errors` counts
 * invocations that crashed or timed out, `Throttles` those that did not start.
 */
export function functionAlarms({
  configuration,
  intake,
  delivery,
  schedules,
  watch,
}: MonitoredParts): readonly AlarmDefinition[] {
  const visibility = visibilitySeconds(configuration.timeoutSeconds);
  const deliverVisibility = visibilitySeconds(deliverSeconds(configuration));
  return [
    ...crashing("Ingest", intake.ingest, visibility),
    ...crashing("Deliver", delivery.deliver, deliverVisibility),
    ...crashing("Digest", schedules.digest, visibility),
    {
      id: "WatchFails",
      severity: "medium",
      heading: "Watch fails",
      summary: "The watch function has failed in two of three hours.",
      where: logOf(watch.watch),
      metric: watch.watch.lambda.metricErrors(hourlySum),
      threshold: { above: 0 },
      periods: 2,
      outOf: 3,
    },
    {
      id: "WatchStopped",
      severity: "medium",
      heading: "Watch did not run",
      summary: "The watch function was not invoked for three hours.",
      where: logOf(watch.watch),
      // Short periods: CloudWatch looks back further than the periods that it evaluates, and then counts the data there.
      metric: watch.watch.lambda.metricInvocations(hourlySum),
      threshold: { below: 1 },
      periods: 3,
      missing: "raised",
    },
  ];
}

/**
 * Two crashes of one message, or three throttled invocations, however rarely messages arrive: SQS hands a message out
 * again only after the visibility time-out.
 */
function crashing(name: string, fn: FeedbellFunction, visibility: number): readonly AlarmDefinition[] {
  return [
    {
      id: `${name}Fails`,
      severity: "high",
      heading: `${name} fails`,
      summary: `The ${name.toLowerCase()} function has crashed or timed out more than once.`,
      where: logOf(fn),
      metric: fn.lambda.metricErrors(fiveMinuteSum),
      threshold: { above: 0 },
      periods: 2,
      outOf: periodsOfReceives(2, visibility),
    },
    {
      id: `${name}Throttled`,
      severity: "medium",
      heading: "Functions throttled",
      summary: `The ${name.toLowerCase()} function could not start several times: the account's concurrency is used up.`,
      where: logOf(fn),
      metric: fn.lambda.metricThrottles(fiveMinuteSum),
      threshold: { above: 0 },
      periods: 3,
      outOf: periodsOfReceives(3, visibility),
    },
  ];
}

const logOf = ({ logGroup }: FeedbellFunction): string => `Log group ${logGroup.logGroupName}`;
