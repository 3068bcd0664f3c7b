import { Duration } from "aws-cdk-lib";
import { ownMetric } from "../own-metric.ts";
import { type AlarmDefinition, fiveMinutes } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/** The alarms of what deliver emits, of retries and crashes in every function, and of the audiences that watch looks at. */
export function messageAlarms({
  configuration,
  delivery,
  watch,
}: MonitoredParts): readonly AlarmDefinition[] {
  const { deletedSubscriptions } = configuration.deployment.alarms;
  const inDeliver = `Log group ${delivery.deliver.logGroup.logGroupName}`;
  const inWatch = `Log group ${watch.watch.logGroup.logGroupName}`;
  const oneHour = { period: Duration.hours(1) };
  return [
    {
      id: "Refused",
      severity: "high",
      heading: "Messages refused",
      summary: "A message was quarantined: SNS refused it, it always fails, or it is no message.",
      where: inDeliver,
      metric: ownMetric(delivery, "refused", { period: fiveMinutes }),
      threshold: { above: 0 },
      periods: 1,
    },
    {
      // The age that SQS reports, which `OutboxWaits` looks at, is that of the queue and not of what deliver does about it.
      id: "OutboxLate",
      severity: "medium",
      heading: "Outbox waits",
      summary: "Deliver received messages twice that were decided more than 30 minutes ago.",
      where: inDeliver,
      metric: ownMetric(delivery, "outboxAge", { period: fiveMinutes }),
      threshold: { above: 1_800_000 },
      // Failed messages come back every 15 minutes.
      periods: 2,
      outOf: 6,
    },
    {
      id: "Crashes",
      severity: "medium",
      heading: "Crashes",
      summary: "A snapshot or a message has killed the process that handled it.",
      where: "Metric feedbell crashes",
      metric: ownMetric(delivery, "crashes", { period: fiveMinutes }),
      threshold: { above: 0 },
      periods: 1,
    },
    {
      id: "ManyAttempts",
      severity: "medium",
      heading: "Many attempts",
      summary: "A snapshot, a message or a slot has failed more than 20 times.",
      where: "Metric feedbell manyAttempts",
      metric: ownMetric(delivery, "manyAttempts", { period: fiveMinutes }),
      threshold: { above: 0 },
      periods: 1,
    },
    {
      id: "LongPauses",
      severity: "low",
      heading: "Long pause",
      summary: "An audience has been paused for more than a day.",
      where: inWatch,
      metric: ownMetric(watch, "longPauses", oneHour),
      threshold: { above: 0 },
      periods: 1,
    },
    {
      id: "Stranded",
      severity: "medium",
      heading: "Entries stranded",
      summary: "Entries wait for an audience that is not configured.",
      where: inWatch,
      metric: ownMetric(watch, "strandedEntries", oneHour),
      threshold: { above: 0 },
      periods: 1,
    },
    {
      // SNS deletes them after 48 hours ('Automatic deletion of unconfirmed subscriptions', AWS What's New, 2023-05-10);
      // those of readers who got more than 10 mails a second are pending too.
      id: "SubscriptionsPending",
      severity: "low",
      heading: "Subscriptions pending",
      summary: "Some subscription has been waiting for its confirmation all day.",
      where: inWatch,
      metric: ownMetric(watch, "subscriptionsPending", oneHour),
      threshold: { above: 0 },
      periods: 22,
      outOf: 24,
    },
    {
      id: "SubscriptionsGone",
      severity: "medium",
      heading: "Subscriptions gone",
      summary: `SNS lists more than ${deletedSubscriptions} subscriptions as deleted.`,
      where: inWatch,
      metric: ownMetric(watch, "subscriptionsDeleted", oneHour),
      threshold: { above: deletedSubscriptions },
      periods: 1,
    },
    {
      id: "NoReaders",
      severity: "medium",
      heading: "Subscriptions gone",
      summary: "No audience has a confirmed subscription.",
      where: inWatch,
      metric: ownMetric(watch, "subscriptionsConfirmed", oneHour),
      threshold: { below: 1 },
      periods: 3,
    },
  ];
}
