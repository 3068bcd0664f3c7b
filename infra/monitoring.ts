import { Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type Dashboard, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { snapshotAlarms } from "./alarms/snapshot-alarms.ts";
import type { AlarmDefinition } from "./alarms/definition.ts";
import { functionAlarms } from "./alarms/function-alarms.ts";
import { ledgerAlarms } from "./alarms/ledger-alarms.ts";
import { logAlarms } from "./alarms/log-alarms.ts";
import type { MonitoredParts } from "./alarms/parts.ts";
import { messageAlarms } from "./alarms/message-alarms.ts";
import { queueAlarms } from "./alarms/queue-alarms.ts";
import { readerAlarms } from "./alarms/reader-alarms.ts";
import { scheduleAlarms } from "./alarms/schedule-alarms.ts";
import { addDashboard } from "./dashboard.ts";
import { dashboardSections } from "./dashboard-graphs.ts";
import { OperatorsTopic } from "./operators.ts";

/** All alarms of the stack. */
const alarmDefinitions = (parts: MonitoredParts): readonly AlarmDefinition[] => [
  ...queueAlarms(parts),
  ...functionAlarms(parts),
  ...snapshotAlarms(parts),
  ...messageAlarms(parts),
  ...logAlarms(parts),
  ...ledgerAlarms(parts),
  ...scheduleAlarms(parts),
  ...readerAlarms(parts),
];

/** The stack's alarms with their dashboard, and the topic that tells the operators of their start and their end. */
export class Monitoring extends Construct {
  /** The topic that the stack created for the operators. */
  readonly operators: OperatorsTopic | undefined;
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, parts: MonitoredParts) {
    super(scope, id);
    const { deployment } = parts.configuration;
    this.operators =
      deployment.operators.length > 0
        ? new OperatorsTopic(this, "Operators", deployment.operators)
        : undefined;
    const topicArn = this.operators?.topic.topicArn ?? deployment.alarmTopicArn;
    const alarms = alarmDefinitions(parts).map((definition) => addAlarm(this, definition, topicArn));
    this.dashboard = addDashboard(this, dashboardSections(parts), alarms);
  }
}

function addAlarm(scope: Construct, definition: AlarmDefinition, topicArn: string | undefined): Alarm {
  const { id, metric, threshold, periods, outOf = periods, missing } = definition;
  const alarm = new Alarm(scope, id, {
    alarmName: `${Stack.of(scope).stackName}-${id}`,
    alarmDescription: describe(definition),
    metric,
    ...("above" in threshold
      ? { threshold: threshold.above, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD }
      : { threshold: threshold.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD }),
    evaluationPeriods: outOf,
    datapointsToAlarm: periods,
    treatMissingData: missing === "raised" ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  if (topicArn === undefined) return alarm;
  const action = { bind: () => ({ alarmActionArn: topicArn }) };
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}

/** What the operators read in the notification. */
const describe = ({ severity, summary, heading, where }: AlarmDefinition): string =>
  `Severity ${severity}. ${summary} What to do: infra/RUNBOOK.md#${anchor(heading)}. ${where}.`;

/** The fragment that GitHub gives to a heading of letters, digits, spaces and hyphens. */
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(" ", "-");
