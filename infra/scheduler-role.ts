import { Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { ScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import { allowKey } from "./encryption.ts";

interface SchedulerRoleProps {
  readonly scheduleGroup: ScheduleGroup;
  /** What its schedules call. */
  readonly target: { readonly action: string; readonly arn: string };
  /** ARN of the queue for calls that failed in every attempt. */
  readonly failuresArn: string;
}

/**
 * The role of the schedules of a group, which no other schedule can use (EventBridge Scheduler User Guide, 'Confused
 * deputy prevention in EventBridge Scheduler'). CDK's own grants would be wider.
 */
export class SchedulerRole extends Role {
  constructor(scope: Construct, id: string, { scheduleGroup, target, failuresArn }: SchedulerRoleProps) {
    super(scope, id, {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: {
          StringEquals: {
            "aws:SourceAccount": Stack.of(scope).account,
            "aws:SourceArn": scheduleGroup.scheduleGroupArn,
          },
        },
      }),
    });
    allowKey(this, ["sqs"]);
    this.addToPolicy(
      new PolicyStatement({ sid: "Target", actions: [target.action], resources: [target.arn] }),
    );
    this.addToPolicy(
      new PolicyStatement({ sid: "ReportFailure", actions: ["sqs:SendMessage"], resources: [failuresArn] }),
    );
  }
}
