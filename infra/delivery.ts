import { Stack } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { environmentNames, prefixes } from "../functions/aws/environment.ts";
import { deliverSeconds, visibilitySeconds } from "../functions/core/configuration.ts";
import type { SnapshotBucket } from "./bucket.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { FeedbellFunction } from "./function.ts";
import type { LedgerTable } from "./ledger.ts";
import { alarm, fiveMinuteSum, periodsOfThreeReceives } from "./monitoring.ts";
import type { OutboxQueue } from "./outbox.ts";
import type { AudienceTopics } from "./topics.ts";

interface DeliveryProps {
  readonly configuration: StackConfiguration;
  readonly bundleFolder: string;
  readonly snapshots: SnapshotBucket;
  readonly ledger: LedgerTable;
  readonly outbox: OutboxQueue;
  readonly topics: AudienceTopics;
}

/** Outbox -> deliver function -> topics. */
export class Delivery extends Construct {
  readonly deliver: FeedbellFunction;

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    const { configuration, bundleFolder, snapshots, ledger, outbox, topics } = props;
    const { bucket } = snapshots;
    const { deployment } = configuration;
    this.deliver = new FeedbellFunction(this, "Deliver", {
      description: "Publishes the messages of the outbox to the topics of their audiences",
      entry: "deliver",
      bundleFolder,
      deployment,
      timeoutSeconds: deliverSeconds(configuration),
      environment: {
        [environmentNames.table]: ledger.table.tableName,
        [environmentNames.bucket]: bucket.bucketName,
        [environmentNames.outbox]: outbox.queue.queueUrl,
        [environmentNames.topicPrefix]: topics.arnPrefix,
      },
    });
    const { deliver } = this;
    // Not sns:Publish on every resource, which would include telephone numbers.
    deliver.allow("Publish", ["sns:Publish"], { resources: topics.arns });
    deliver.allow("Quarantine", ["s3:PutObject"], {
      resources: [bucket.arnForObjects(`${prefixes.quarantinedMessages}*`)],
      pattern: "The name is that of the message",
    });
    ledger.grant(deliver, ["audience", "attempt", "sent"]);
    deliver.lambda.addEventSource(
      new SqsEventSource(outbox.queue, {
        // The most that Lambda takes from a FIFO queue.
        batchSize: 10,
        maxConcurrency: deployment.maximumConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    alarm(this, "FailsAlarm", deployment, {
      heading: "Deliver fails",
      summary: "The deliver function has crashed or timed out several times.",
      metric: deliver.lambda.metricErrors(fiveMinuteSum),
      above: 0,
      periods: 3,
      outOf: periodsOfThreeReceives(visibilitySeconds(deliverSeconds(configuration))),
    });
    for (const [audience, topic] of topics.byAudience)
      alarm(this, `NotificationsFail-${audience}`, deployment, {
        heading: "Notifications fail",
        summary: `SNS could not deliver messages to readers of the audience ${audience}.`,
        metric: topic.metricNumberOfNotificationsFailed(fiveMinuteSum),
        above: 0,
        periods: 1,
      });
    const limits = new MetricFilter(this, "DailyLimit", {
      logGroup: deliver.logGroup,
      filterPattern: FilterPattern.stringValue("$.event", "=", "daily limit"),
      metricNamespace: `feedbell/${Stack.of(this).stackName}`,
      metricName: "DailyLimitReached",
    });
    alarm(this, "DailyLimitAlarm", deployment, {
      heading: "Daily limit reached",
      summary: "An audience has reached its daily limit: messages wait, or go out without SMS.",
      metric: limits.metric(fiveMinuteSum),
      above: 0,
      periods: 1,
    });
    const suspensions = new MetricFilter(this, "QuarantineSuspended", {
      logGroup: deliver.logGroup,
      filterPattern: FilterPattern.stringValue("$.event", "=", "quarantine suspended"),
      // A metric of its own for each stack of the account.
      metricNamespace: `feedbell/${Stack.of(this).stackName}`,
      metricName: "QuarantineSuspended",
    });
    alarm(this, "QuarantineSuspendedAlarm", deployment, {
      heading: "Quarantine suspended",
      summary: "So many messages of an audience were quarantined that the messages can't be the cause.",
      metric: suspensions.metric(fiveMinuteSum),
      above: 0,
      periods: 1,
    });
  }
}
