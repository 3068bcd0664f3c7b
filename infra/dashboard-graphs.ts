import { Duration } from "aws-cdk-lib";
import { type IMetric, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { MetricName } from "../functions/core/metrics.ts";
import type { MonitoredParts } from "./alarms/parts.ts";
import type { FeedbellFunction } from "./function.ts";
import { ownMetric } from "./own-metric.ts";

/** A question that the dashboard answers, with its graphs from left to right. */
export interface DashboardSection {
  readonly question: string;
  /** One sentence: what a good answer looks like. */
  readonly hint: string;
  readonly graphs: readonly DashboardGraph[];
}

export interface DashboardGraph {
  readonly title: string;
  readonly metrics: readonly IMetric[];
}

const period = Duration.minutes(5);

/** Is it working, how late is it, what failed, what does it cost: in the order in which an operator asks. */
export function dashboardSections(parts: MonitoredParts): readonly DashboardSection[] {
  const { intake, outbox, schedules, delivery, watch, topics, ledger } = parts;
  const functions: readonly (readonly [string, FeedbellFunction])[] = [
    ["ingest", intake.ingest],
    ["deliver", delivery.deliver],
    ["digest", schedules.digest],
    ["watch", watch.watch],
  ];
  const own = (name: MetricName, label: string) => ownMetric(intake, name, { label, period });
  const ofEach = (of: (fn: FeedbellFunction) => Metric) =>
    functions.map(([label, fn]) => of(fn).with({ label }));
  const queues = [
    ["intake", intake.queue],
    ["outbox", outbox.queue],
    ["slots", schedules.slots],
  ] as const;
  const deadLetters = [
    ["snapshots", intake.deadLetters],
    ["messages", outbox.deadLetters],
    ["slots", schedules.deadLetters],
    ["schedules", schedules.failures],
    ["watch", watch.failures],
  ] as const;
  const ofTopics = (of: (topic: MonitoredTopic) => Metric) =>
    [...topics.byAudience].map(([label, topic]) => of(topic).with({ label }));
  const sum = { statistic: Stats.SUM, period };
  const maximum = { statistic: Stats.MAXIMUM, period };
  const units = (name: string, label: string) => ledger.table.metric(name, { ...sum, label });
  return [
    {
      question: "Is it working?",
      hint: "Snapshots arrive, new entries become messages, and no alarm is raised.",
      graphs: [
        { title: "Snapshots", metrics: [own("snapshots", "done"), own("retries", "retried")] },
        {
          title: "Entries",
          metrics: [
            own("new", "new"),
            own("known", "known"),
            own("skipped", "skipped by rules"),
            own("rejected", "rejected"),
          ],
        },
        {
          title: "Messages that SNS accepted",
          metrics: [own("sent", "messages"), own("digests", "digests enqueued")],
        },
        {
          title: "Readers and feeds",
          metrics: [
            own("subscriptionsConfirmed", "readers"),
            own("subscriptionsPending", "not confirmed"),
            own("feeds", "feeds"),
            own("silentFeeds", "silent feeds"),
          ],
        },
      ],
    },
    {
      question: "How late is it?",
      hint: "Upload to SNS takes seconds; queues are empty most of the time.",
      graphs: [
        {
          title: "Longest time since the upload, ms",
          metrics: [own("intakeAge", "until ingest starts"), own("deliveryAge", "until SNS accepts")],
        },
        {
          title: "Age of the oldest message, s",
          metrics: queues.map(([label, queue]) =>
            queue.metricApproximateAgeOfOldestMessage({ ...maximum, label }),
          ),
        },
        {
          title: "Messages in the queues",
          metrics: queues.map(([label, queue]) =>
            queue.metricApproximateNumberOfMessagesVisible({ ...maximum, label }),
          ),
        },
        {
          title: "Entries that wait for a schedule",
          metrics: [own("waitingEntries", "waiting"), own("strandedEntries", "stranded")],
        },
      ],
    },
    {
      question: "What failed?",
      hint: "Every line stays at 0. infra/RUNBOOK.md says what to do where one does not.",
      graphs: [
        { title: "Crashes and time-outs", metrics: ofEach(({ lambda }) => lambda.metricErrors(sum)) },
        { title: "Throttled invocations", metrics: ofEach(({ lambda }) => lambda.metricThrottles(sum)) },
        {
          title: "Dead letters",
          metrics: deadLetters.map(([label, queue]) =>
            queue.metricApproximateNumberOfMessagesVisible({ ...maximum, label }),
          ),
        },
        {
          title: "Quarantined, refused, stuck",
          metrics: [
            own("quarantined", "snapshots quarantined"),
            own("refused", "messages refused"),
            own("manyAttempts", "more than 20 attempts"),
          ],
        },
        {
          title: "Not delivered to readers",
          metrics: ofTopics((topic) => topic.metricNumberOfNotificationsFailed(sum)),
        },
        {
          title: "Refused by DynamoDB and the scheduler",
          metrics: [
            units("ReadThrottleEvents", "reads"),
            units("WriteThrottleEvents", "writes"),
            schedules.group.metricTargetErrors({ ...sum, label: "slots" }),
            watch.group.metricTargetErrors({ ...sum, label: "watch" }),
          ],
        },
      ],
    },
    {
      question: "What does it cost?",
      hint: "SMS cost most, then mails; `npx feedbell cost` estimates a month.",
      graphs: [
        {
          title: "SMS of the account this month, USD",
          metrics: [
            new Metric({
              namespace: "AWS/SNS",
              metricName: "SMSMonthToDateSpentUSD",
              ...maximum,
              label: "spent",
            }),
          ],
        },
        { title: "SMS parts for each telephone", metrics: [own("smsParts", "parts")] },
        {
          title: "Notifications delivered",
          metrics: ofTopics((topic) => topic.metricNumberOfNotificationsDelivered(sum)),
        },
        { title: "Lambda, ms", metrics: ofEach(({ lambda }) => lambda.metricDuration(sum)) },
        {
          title: "DynamoDB, units",
          metrics: [
            units("ConsumedReadCapacityUnits", "read"),
            units("ConsumedWriteCapacityUnits", "written"),
          ],
        },
      ],
    },
  ];
}

type MonitoredTopic = MonitoredParts["topics"]["byAudience"] extends ReadonlyMap<string, infer T> ? T : never;
