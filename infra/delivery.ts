import { Stack } from "aws-cdk-lib";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { environmentNames, prefixes } from "../functions/aws/environment.ts";
import { deliverSeconds } from "../functions/core/configuration.ts";
import type { SnapshotBucket } from "./bucket.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { FeedbellFunction } from "./function.ts";
import type { LedgerTable } from "./ledger.ts";
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
  /** Messages that a daily limit keeps back, and audiences whose quarantine is suspended, by deliver's log. */
  readonly dailyLimit: MetricFilter;
  readonly suspensions: MetricFilter;

  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    const { configuration, bundleFolder, snapshots, ledger, outbox, topics } = props;
    const { bucket } = snapshots;
    const { deployment } = configuration;
    this.deliver = new FeedbellFunction(this, "Deliver", {
      description: "Publishes the messages of the outbox to the topics of their audiences",
      entry: "deliver",
      publishes: true,
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
    deliver.allow("Retry", ["sqs:ChangeMessageVisibility"], { resources: [outbox.queue.queueArn] });
    ledger.grant(deliver, ["audience", "attempt", "sent"]);
    // The most that Lambda takes from a FIFO queue.
    deliver.poll(outbox.queue, { batchSize: 10, maxConcurrency: deployment.maximumConcurrency });
    this.dailyLimit = this.countEvents("DailyLimit", "daily limit", "DailyLimitReached");
    this.suspensions = this.countEvents("QuarantineSuspended", "quarantine suspended", "QuarantineSuspended");
  }

  /** Counts the lines of deliver's log with this event, in a metric of its own for each stack of the account. */
  private countEvents(id: string, event: string, metricName: string): MetricFilter {
    return new MetricFilter(this, id, {
      logGroup: this.deliver.logGroup,
      filterPattern: FilterPattern.stringValue("$.event", "=", event),
      metricNamespace: `feedbell/${Stack.of(this).stackName}`,
      metricName,
    });
  }
}
