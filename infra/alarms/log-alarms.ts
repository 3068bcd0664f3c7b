import { type AlarmDefinition, fiveMinuteSum } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/** The alarms that a line of deliver's log raises. */
export const logAlarms = ({ delivery }: MonitoredParts): readonly AlarmDefinition[] => [
  {
    id: "DailyLimit",
    severity: "medium",
    heading: "Daily limit reached",
    summary: "An audience has reached its daily limit: messages wait, or go out without SMS.",
    where: `Log group ${delivery.deliver.logGroup.logGroupName}`,
    metric: delivery.dailyLimit.metric(fiveMinuteSum),
    threshold: { above: 0 },
    periods: 1,
  },
  {
    id: "QuarantineSuspended",
    severity: "high",
    heading: "Quarantine suspended",
    summary: "So many messages of an audience were quarantined that the messages can't be the cause.",
    where: `Log group ${delivery.deliver.logGroup.logGroupName}`,
    metric: delivery.suspensions.metric(fiveMinuteSum),
    threshold: { above: 0 },
    periods: 1,
  },
];
