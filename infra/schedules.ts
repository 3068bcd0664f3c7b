import { Duration, RemovalPolicy, TimeZone } from "aws-cdk-lib";
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from "aws-cdk-lib/aws-scheduler";
import { SqsSendMessage } from "aws-cdk-lib/aws-scheduler-targets";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environmentNames, prefixes } from "../functions/aws/environment.ts";
import { maxSlotReceives, visibilitySeconds, type Audience } from "../functions/core/configuration.ts";
import { scheduleOf } from "../functions/core/schedule/audience-schedule.ts";
import type { SnapshotBucket } from "./bucket.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { deadLetterDays, slotDays } from "./config/retention.ts";
import { FeedbellFunction } from "./function.ts";
import type { LedgerTable } from "./ledger.ts";
import type { OutboxQueue } from "./outbox.ts";
import { FeedbellQueue } from "./queue.ts";
import { SchedulerRole } from "./scheduler-role.ts";

interface SchedulesProps {
  readonly configuration: StackConfiguration;
  readonly bundleFolder: string;
  readonly snapshots: SnapshotBucket;
  readonly ledger: LedgerTable;
  readonly outbox: OutboxQueue;
}

/** A schedule per audience -> slots queue -> digest function -> outbox. */
export class Schedules extends Construct {
  readonly slots: Queue;
  readonly deadLetters: Queue;
  /** Slots that EventBridge Scheduler could not send to the queue. */
  readonly failures: Queue;
  readonly digest: FeedbellFunction;
  readonly group: ScheduleGroup;
  readonly schedules: readonly Schedule[];

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    const { configuration, bundleFolder, snapshots, ledger, outbox } = props;
    const { bucket } = snapshots;
    const { deployment, timeoutSeconds } = configuration;
    this.deadLetters = new FeedbellQueue(this, "DeadLetters", { retentionDays: deadLetterDays });
    this.failures = new FeedbellQueue(this, "Failures", { retentionDays: deadLetterDays });
    this.slots = new FeedbellQueue(this, "Slots", {
      visibilityTimeout: Duration.seconds(visibilitySeconds(timeoutSeconds)),
      retentionDays: slotDays,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxSlotReceives },
    });
    this.digest = new FeedbellFunction(this, "Digest", {
      description: "Sends what waits for the schedules of audiences",
      entry: "digest",
      bundleFolder,
      deployment,
      timeoutSeconds,
      sendsToItself: true,
      environment: {
        [environmentNames.table]: ledger.table.tableName,
        [environmentNames.bucket]: bucket.bucketName,
        [environmentNames.outbox]: outbox.queue.queueUrl,
        [environmentNames.slots]: this.slots.queueUrl,
      },
    });
    const { digest } = this;
    digest.allow("Plan", ["s3:GetObject", "s3:PutObject"], {
      resources: [bucket.arnForObjects(`${prefixes.plans}*`)],
      pattern: "Each run has a plan of its own",
    });
    digest.allow("Send", ["sqs:SendMessage"], {
      resources: [this.slots.queueArn, outbox.queue.queueArn],
    });
    ledger.grant(digest, ["audience", "waiting"]);
    ledger.grantRead(digest, ["claim"]);
    ledger.grantLists(digest, ["waiting"]);
    digest.poll(this.slots, { batchSize: 1, maxConcurrency: deployment.maximumConcurrency });
    this.group = new ScheduleGroup(this, "Group", { removalPolicy: RemovalPolicy.DESTROY });
    this.schedules = this.addSchedules(configuration.audiences);
  }

  /** Each schedule has the name of its audience, in a group of its own; all share one role. */
  private addSchedules(audiences: readonly Audience[]): readonly Schedule[] {
    const scheduleGroup = this.group;
    const role = new SchedulerRole(this, "Role", {
      scheduleGroup,
      target: { action: "sqs:SendMessage", arn: this.slots.queueArn },
      failuresArn: this.failures.queueArn,
    });
    return audiences.flatMap((audience) => {
      const slots = scheduleOf(audience);
      if (!slots) return [];
      const { name } = audience;
      const schedule = new Schedule(this, name, {
        scheduleName: name,
        description: `Sends what waits for ${name}`,
        schedule: ScheduleExpression.expression(slots.expression, TimeZone.of(slots.timeZone)),
        scheduleGroup,
        target: new SqsSendMessage(this.slots, {
          role: role.withoutPolicyUpdates(),
          deadLetterQueue: this.failures,
          maxEventAge: Duration.days(1),
          retryAttempts: 185,
          input: ScheduleTargetInput.fromObject({ audience: name, slot: ContextAttribute.scheduledTime }),
        }),
      });
      return [schedule];
    });
  }
}
