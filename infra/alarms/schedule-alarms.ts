import { type AlarmDefinition, fiveMinuteSum } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/** EventBridge Scheduler User Guide, 'Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch'. */
export const scheduleAlarms = ({ schedules, watch }: MonitoredParts): readonly AlarmDefinition[] =>
  [
    { id: "Schedules", group: schedules.group, what: "the schedules of audiences" },
    { id: "WatchSchedule", group: watch.group, what: "the schedule of watch" },
  ].flatMap(({ id, group, what }) => [
    {
      id: `${id}Fail`,
      severity: "medium" as const,
      heading: "Schedule did not fire",
      summary: `The target of ${what} has refused EventBridge Scheduler several times.`,
      where: `Schedule group ${group.scheduleGroupName}`,
      metric: group.metricTargetErrors(fiveMinuteSum),
      threshold: { above: 0 },
      periods: 2,
      outOf: 12,
    },
    {
      id: `${id}Dropped`,
      severity: "medium" as const,
      heading: "Schedule did not fire",
      summary: `EventBridge Scheduler has given up an invocation of ${what}.`,
      where: `Schedule group ${group.scheduleGroupName}`,
      metric: group.metricDropped(fiveMinuteSum),
      threshold: { above: 0 },
      periods: 1,
    },
  ]);
