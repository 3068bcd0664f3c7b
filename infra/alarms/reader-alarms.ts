import { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { type AlarmDefinition, fiveMinuteMaximum, hourlySum } from "./definition.ts";
import type { MonitoredParts } from "./parts.ts";

/**
 * Amazon SNS Developer Guide, 'Monitoring Amazon SNS topics using CloudWatch'. SNS has no metric for a topic's SMS: what
 * was spent counts for the whole account, and the success rate for a country and a type of SMS.
 *
 * `NumberOfNotificationsFailed` counts a mail or an SMS once, when SNS stops to try, and each failed attempt at an HTTP
 * endpoint, even if the next one succeeds. So the alarm counts hours, not failures, and a single one is no reason for it:
 * a telephone that is switched off, an endpoint that restarts.
 */
export function readerAlarms({ configuration, topics }: MonitoredParts): readonly AlarmDefinition[] {
  const { audiences, deployment } = configuration;
  return [
    ...[...topics.byAudience].map(([audience, topic]): AlarmDefinition => ({
      id: `NotificationsFail-${audience}`,
      severity: "medium",
      heading: "Notifications fail",
      summary: `SNS could not deliver messages to readers of the audience ${audience} in three different hours of three days.`,
      where: `Topic ${topic.topicName}`,
      metric: topic.metricNumberOfNotificationsFailed(hourlySum),
      threshold: { above: 0 },
      // A daily digest that does not reach a reader is found on its third day.
      periods: 3,
      outOf: 72,
    })),
    {
      id: "SmsSpending",
      severity: "high",
      heading: "SMS spending",
      summary: `SMS have cost more than ${deployment.alarms.smsSpendUsd} USD this month; beyond the account's limit none is sent.`,
      where: "Metric AWS/SNS SMSMonthToDateSpentUSD",
      metric: snsMetric("SMSMonthToDateSpentUSD", fiveMinuteMaximum),
      threshold: { above: deployment.alarms.smsSpendUsd },
      periods: 1,
    },
    ...[...new Set(audiences.flatMap(({ sms }) => smsKinds(sms)))].map((kind): AlarmDefinition => {
      const [Country = "", SMSType = ""] = kind.split(" ");
      return {
        id: `SmsFail-${Country}-${SMSType}`,
        severity: "medium",
        heading: "SMS fail",
        summary: `Less than ${deployment.alarms.smsSuccessPercent} % of the ${SMSType.toLowerCase()} SMS to ${Country} have arrived.`,
        where: `Metric AWS/SNS SMSSuccessRate, Country ${Country}`,
        metric: snsMetric("SMSSuccessRate", {
          dimensionsMap: { Country, SMSType },
          statistic: Stats.AVERAGE,
          period: Duration.hours(1),
        }),
        threshold: { below: deployment.alarms.smsSuccessPercent / 100 },
        periods: 2,
      };
    }),
  ];
}

type SmsKindSettings = MonitoredParts["configuration"]["audiences"][number]["sms"];

/** Country and type of an audience's SMS. SNS sends them as promotional ones where nothing is set. */
const smsKinds = ({ countries = [], type = "Promotional" }: SmsKindSettings): readonly string[] =>
  countries.map((country) => `${country} ${type}`);

const snsMetric = (
  metricName: string,
  props: Omit<ConstructorParameters<typeof Metric>[0], "namespace" | "metricName">,
) => new Metric({ namespace: "AWS/SNS", metricName, ...props });
