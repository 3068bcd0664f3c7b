import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke } from "aws-cdk-lib/aws-scheduler-targets";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environmentNames, prefixes } from "../functions/aws/environment.ts";
import type { SnapshotBucket } from "./bucket.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { deadLetterDays } from "./config/retention.ts";
import { FeedbellFunction } from "./function.ts";
import type { LedgerTable } from "./ledger.ts";
import type { OutboxQueue } from "./outbox.ts";
import type { AudienceTopics } from "./topics.ts";
import { FeedbellQueue } from "./queue.ts";
import { SchedulerRole } from "./scheduler-role.ts";

interface WatchProps {
  readonly configuration: StackConfiguration;
  readonly bundleFolder: string;
  readonly snapshots: SnapshotBucket;
  readonly ledger: LedgerTable;
  readonly outbox: OutboxQueue;
  readonly topics: AudienceTopics;
}

/** Seconds that one run of watch may take. */
const watchSeconds = 300;

/** An hourly schedule and the function that it invokes. An invocation that fails in every attempt is reported to a queue. */
export class Watch extends Construct {
  readonly failures: Queue;
  readonly watch: FeedbellFunction;
  readonly group: ScheduleGroup;
  readonly schedule: Schedule;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    const { configuration, bundleFolder, snapshots, ledger, outbox, topics } = props;
    const { bucket } = snapshots;
    const { deployment } = configuration;
    this.failures = new FeedbellQueue(this, "Failures", { retentionDays: deadLetterDays });
    this.watch = new FeedbellFunction(this, "Watch", {
      description: "Finishes what dead runs left",
      entry: "watch",
      bundleFolder,
      deployment,
      timeoutSeconds: watchSeconds,
      environment: {
        [environmentNames.table]: ledger.table.tableName,
        [environmentNames.bucket]: bucket.bucketName,
        [environmentNames.outbox]: outbox.queue.queueUrl,
        [environmentNames.topicPrefix]: topics.arnPrefix,
      },
    });
    // It writes the digests of audiences that have no schedule any more.
    this.watch.allow("Plan", ["s3:GetObject", "s3:PutObject"], {
      resources: [bucket.arnForObjects(`${prefixes.plans}*`)],
      pattern: "Each run has a plan of its own",
    });
    this.watch.allow("ListPlans", ["s3:ListBucket"], { resources: [bucket.bucketArn] });
    this.watch.allow("Enqueue", ["sqs:SendMessage"], { resources: [outbox.queue.queueArn] });
    this.watch.allow("ReportFailure", ["sqs:SendMessage"], { resources: [this.failures.queueArn] });
    ledger.grant(this.watch, ["claim", "watch", "waiting", "audience"]);
    ledger.grantLists(this.watch, ["waiting"]);
    ledger.grantQuery(this.watch, ["feed"]);
    this.watch.allow("CountSubscriptions", ["sns:GetTopicAttributes"], { resources: topics.arns });
    this.watch.lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(1),
      // CDK's own destination would also let the function read the queue's attributes.
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
    });
    this.group = new ScheduleGroup(this, "Schedules", { removalPolicy: RemovalPolicy.DESTROY });
    const role = new SchedulerRole(this, "SchedulerRole", {
      scheduleGroup: this.group,
      // Not its versions, which CDK's own role could invoke.
      target: { action: "lambda:InvokeFunction", arn: this.watch.lambda.functionArn },
      failuresArn: this.failures.queueArn,
    });
    this.schedule = new Schedule(this, "Hourly", {
      description: "Invokes watch",
      schedule: ScheduleExpression.rate(Duration.hours(1)),
      scheduleGroup: this.group,
      target: new LambdaInvoke(this.watch.lambda, {
        role: role.withoutPolicyUpdates(),
        deadLetterQueue: this.failures,
        maxEventAge: Duration.hours(1),
        retryAttempts: 3,
        input: ScheduleTargetInput.fromObject({ slot: ContextAttribute.scheduledTime }),
      }),
    });
  }
}
