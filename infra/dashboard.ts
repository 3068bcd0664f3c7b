import { Duration, Stack } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  Row,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { DashboardSection } from "./dashboard-graphs.ts";

/** Columns of a dashboard in CloudWatch. */
const columns = 24;

/** Draws the alarms, then each section: its question, and its graphs in rows of at most four. */
export function addDashboard(
  scope: Construct,
  sections: readonly DashboardSection[],
  alarms: readonly IAlarm[],
): Dashboard {
  const dashboard = new Dashboard(scope, "Dashboard", {
    dashboardName: Stack.of(scope).stackName,
    defaultInterval: Duration.days(1),
  });
  dashboard.addWidgets(
    new AlarmStatusWidget({
      title: "Alarms; infra/RUNBOOK.md says what to do for each",
      alarms: [...alarms],
      width: columns,
      height: 4,
    }),
  );
  for (const { question, hint, graphs } of sections) {
    dashboard.addWidgets(new TextWidget({ markdown: `## ${question}\n${hint}`, width: columns, height: 2 }));
    const perRow = graphs.length > 4 ? 3 : 4;
    for (let i = 0; i < graphs.length; i += perRow)
      dashboard.addWidgets(
        new Row(
          ...graphs.slice(i, i + perRow).map(
            ({ title, metrics }) =>
              new GraphWidget({
                title,
                left: [...metrics],
                width: columns / perRow,
                height: 6,
                leftYAxis: { min: 0, showUnits: false },
              }),
          ),
        ),
      );
  }
  return dashboard;
}
