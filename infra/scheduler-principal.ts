import { Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { ScheduleGroup } from "aws-cdk-lib/aws-scheduler";

/**
 * EventBridge Scheduler on behalf of one schedule group (EventBridge Scheduler User Guide, 'Confused deputy prevention
 * in EventBridge Scheduler').
 */
export const schedulerPrincipal = (scheduleGroup: ScheduleGroup): ServicePrincipal =>
  new ServicePrincipal("scheduler.amazonaws.com", {
    conditions: {
      StringEquals: {
        "aws:SourceAccount": Stack.of(scheduleGroup).account,
        "aws:SourceArn": scheduleGroup.scheduleGroupArn,
      },
    },
  });
