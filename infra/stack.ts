import { CfnOutput, Stack, Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { topicOutput } from "./config/output-names.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { SnapshotBucket } from "./bucket.ts";
import { Delivery } from "./delivery.ts";
import { Encryption } from "./encryption.ts";
import { Intake } from "./intake.ts";
import { LedgerTable } from "./ledger.ts";
import { Monitoring } from "./monitoring.ts";
import { OutboxQueue } from "./outbox.ts";
import { Schedules } from "./schedules.ts";
import { SmsDelivery } from "./sms.ts";
import { AudienceTopics } from "./topics.ts";
import { uploaderPolicy } from "./uploader-policy.ts";
import { Watch } from "./watch.ts";

/** Snapshots enter by the bucket, messages leave by the topics, and the ledger records what was sent. */
export class FeedbellStack extends Stack {
  constructor(scope: Construct, configuration: StackConfiguration, bundleFolder: string) {
    const { audiences, deployment } = configuration;
    super(scope, deployment.stackName, {
      description: "feedbell: feed snapshots in, email and text messages out",
      analyticsReporting: false,
    });
    for (const [key, value] of Object.entries(deployment.tags)) Tags.of(this).add(key, value);

    const { key } = new Encryption(this, deployment);
    const ledger = new LedgerTable(this, "Ledger", deployment);
    const snapshots = new SnapshotBucket(this, "Snapshots", configuration);
    const outbox = new OutboxQueue(this, "Outbox", configuration);
    const topics = new AudienceTopics(this, "Topics", configuration);
    const parts = { configuration, bundleFolder, snapshots, ledger, outbox };
    const intake = new Intake(this, "Intake", parts);
    const delivery = new Delivery(this, "Delivery", { ...parts, topics });
    const schedules = new Schedules(this, "Schedules", parts);
    const watch = new Watch(this, "Watch", { ...parts, topics });
    const sms = new SmsDelivery(this, "Sms", configuration);
    const monitored = { configuration, ledger, outbox, topics, intake, delivery, schedules, watch };
    const { operators, dashboard } = new Monitoring(this, "Monitoring", monitored);

    this.output(
      "BucketName",
      snapshots.bucket.bucketName,
      "Upload snapshots here, as snapshots/<feed>/<any name>",
    );
    this.output("UploaderPolicy", uploaderPolicy(snapshots.bucket), "IAM policy of an uploader");
    if (key) this.output("KeyArn", key.keyArn, "Encrypts bucket, queues, topics and table");
    for (const { name } of audiences) {
      const arn = topics.byAudience.get(name)?.topicArn ?? "";
      this.output(topicOutput(name), arn, `Subscribe the readers of ${name} here`);
    }
    this.output("IntakeQueueUrl", intake.queue.queueUrl, "Snapshots that wait to be read");
    this.output("DeadLetterQueueUrl", intake.deadLetters.queueUrl, "Snapshots that ingest never finished");
    this.output("OutboxQueueUrl", outbox.queue.queueUrl, "Messages that wait to be published");
    this.output(
      "OutboxDeadLetterQueueUrl",
      outbox.deadLetters.queueUrl,
      "Messages that deliver never finished",
    );
    this.output("SlotsQueueUrl", schedules.slots.queueUrl, "Slots of schedules that wait for digest");
    this.output(
      "SlotsDeadLetterQueueUrl",
      schedules.deadLetters.queueUrl,
      "Slots that digest never finished",
    );
    this.output(
      "ScheduleFailuresQueueUrl",
      schedules.failures.queueUrl,
      "Slots that EventBridge Scheduler could not send",
    );
    this.output("WatchFailuresQueueUrl", watch.failures.queueUrl, "Invocations of watch that failed");
    this.output("DeadLetterQueueArn", intake.deadLetters.queueArn, "The same queue, to redrive it");
    this.output("OutboxDeadLetterQueueArn", outbox.deadLetters.queueArn, "The same queue, to redrive it");
    this.output("SlotsDeadLetterQueueArn", schedules.deadLetters.queueArn, "The same queue, to redrive it");
    this.output("TableName", ledger.table.tableName, "What was seen, decided and sent");
    this.output("IngestFunctionName", intake.ingest.lambda.functionName, "Reads snapshots");
    this.output("IngestLogGroupName", intake.ingest.logGroup.logGroupName, "What became of each upload");
    this.output("DeliverFunctionName", delivery.deliver.lambda.functionName, "Publishes messages");
    this.output(
      "DigestFunctionName",
      schedules.digest.lambda.functionName,
      "Sends what waits for the schedules of audiences",
    );
    this.output(
      "SmsLoggingRoleArn",
      sms.loggingRole.roleArn,
      "Name this role in the account's SMS settings so that SNS logs what becomes of SMS",
    );
    this.output("DeliverLogGroupName", delivery.deliver.logGroup.logGroupName, "Log of deliver");
    this.output("DigestLogGroupName", schedules.digest.logGroup.logGroupName, "Log of digest");
    this.output("WatchLogGroupName", watch.watch.logGroup.logGroupName, "Log of watch");
    this.output("DashboardName", dashboard.dashboardName, "Shows in CloudWatch how the stack is doing");
    if (operators)
      this.output("OperatorsTopicArn", operators.topic.topicArn, "Tells the operators of the alarms");
    this.output("WatchFunctionName", watch.watch.lambda.functionName, "Finishes the plans of runs that died");
  }

  private output(name: string, value: string, description: string): CfnOutput {
    return new CfnOutput(this, name, { value, description });
  }
}
