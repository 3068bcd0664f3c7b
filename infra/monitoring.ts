import type { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Deployment } from "./config/stack-configuration.ts";

interface AlarmProps {
  /** Heading in `RUNBOOK.md`: what it means, where to look, what to do. */
  readonly heading: string;
  readonly says: string;
  readonly metric: Metric;
  /** Alarms when the metric lies above it … */
  readonly above: number;
  /** … in this many periods in a row. */
  readonly periods: number;
}

/** An alarm that names its heading in the runbook, and tells the configured topic, if there is one, when it starts and when it is over. */
export function alarm(scope: Construct, id: string, { alarmTopicArn }: Deployment, props: AlarmProps): void {
  const { heading, says, metric, above, periods } = props;
  const raised = new Alarm(scope, id, {
    alarmDescription: `${says} What to do: infra/RUNBOOK.md, "${heading}".`,
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    // Queues and functions without traffic have no figures.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  if (alarmTopicArn === undefined) return;
  const action = { bind: () => ({ alarmActionArn: alarmTopicArn }) };
  raised.addAlarmAction(action);
  raised.addOkAction(action);
}

/** The highest figure of each period. */
export const highest = (period: Duration) => ({ statistic: Stats.MAXIMUM, period });

/** The sum of each period. */
export const total = (period: Duration) => ({ statistic: Stats.SUM, period });
