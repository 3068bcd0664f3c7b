import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { Deployment } from "./config/stack-configuration.ts";

interface AlarmProps {
  /** Heading in `RUNBOOK.md`. */
  readonly heading: string;
  /** What happened, in one sentence. */
  readonly summary: string;
  readonly metric: Metric;
  /** The alarm is raised if the metric is above this threshold … */
  readonly above: number;
  /** … in this many periods … */
  readonly periods: number;
  /** … of this many. @default periods */
  readonly outOf?: number;
}

/** An alarm that names its heading in the runbook and notifies the configured topic, if any, of its start and its end. */
export function alarm(scope: Construct, id: string, { alarmTopicArn }: Deployment, props: AlarmProps): void {
  const { heading, summary, metric, above, periods, outOf = periods } = props;
  const raised = new Alarm(scope, id, {
    alarmDescription: `${summary} What to do: infra/RUNBOOK.md, "${heading}".`,
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: outOf,
    datapointsToAlarm: periods,
    // Queues and functions without traffic have no data.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  if (alarmTopicArn === undefined) return;
  const action = { bind: () => ({ alarmActionArn: alarmTopicArn }) };
  raised.addAlarmAction(action);
  raised.addOkAction(action);
}

const fiveMinutes = Duration.minutes(5);

/** The number of messages that wait in a queue. */
export const waitingMessages = (queue: Queue): Metric =>
  queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: fiveMinutes });

/** The age of a queue's oldest message, seconds. */
export const oldestMessage = (queue: Queue): Metric =>
  queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: fiveMinutes });

/**
 * The five-minute periods in which a message whose processing crashes is received three times: it comes back only after
 * the queue's visibility time-out, so that periods in a row would miss it.
 */
export const periodsOfThreeReceives = (visibilitySeconds: number): number =>
  Math.ceil((2 * visibilitySeconds) / fiveMinutes.toSeconds()) + 2;

/** The sum over each five minutes. */
export const fiveMinuteSum = { statistic: Stats.SUM, period: fiveMinutes };
