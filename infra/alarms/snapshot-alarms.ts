import { Duration } from "aws-cdk-lib";
import { visibilitySeconds } from "../../functions/core/configuration.ts";
import { ownMetric } from "../own-metric.ts";
import { type AlarmDefinition, fiveMinutes } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/** The alarms of what ingest emits, and of the feeds that watch looks at. */
export function snapshotAlarms({ configuration, intake, watch }: MonitoredParts): readonly AlarmDefinition[] {
  const { timeoutSeconds, deployment } = configuration;
  const { hoursWithoutUpload } = deployment.alarms;
  const where = `Log group ${intake.ingest.logGroup.logGroupName}`;
  const oneHour = { period: Duration.hours(1) };
  return [
    {
      id: "Quarantined",
      severity: "medium",
      heading: "Snapshots quarantined",
      summary: "A snapshot could not be read and was quarantined.",
      where,
      metric: ownMetric(intake, "quarantined", { period: fiveMinutes }),
      threshold: { above: 0 },
      periods: 1,
    },
    {
      // SQS leaves messages that were received three or more times out of the age of its oldest message.
      id: "IntakeLate",
      severity: "medium",
      heading: "Intake waits",
      summary: "The processing of a snapshot started later after its upload than three attempts take.",
      where,
      metric: ownMetric(intake, "intakeAge", { period: fiveMinutes }),
      threshold: { above: 1000 * Math.max(900, 3 * visibilitySeconds(timeoutSeconds)) },
      periods: 1,
    },
    {
      id: "NoUploads",
      severity: "medium",
      heading: "No uploads",
      summary: `No snapshot was read for ${hoursWithoutUpload} hours.`,
      where,
      metric: ownMetric(intake, "snapshots", oneHour),
      threshold: { below: 1 },
      periods: hoursWithoutUpload,
      missing: "raised",
    },
    {
      id: "FeedsSilent",
      severity: "medium",
      heading: "Feeds silent",
      summary: "A feed has had no snapshot for several of its usual periods.",
      where: `Log group ${watch.watch.logGroup.logGroupName}`,
      metric: ownMetric(watch, "silentFeeds", oneHour),
      threshold: { above: 0 },
      periods: 1,
    },
  ];
}
