import { Duration } from "aws-cdk-lib";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environmentNames, prefixes } from "../functions/aws/environment.ts";
import { maxIntakeReceives, visibilitySeconds } from "../functions/core/configuration.ts";
import type { SnapshotBucket } from "./bucket.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import { deadLetterDays, intakeDays } from "./config/retention.ts";
import { FeedbellFunction } from "./function.ts";
import type { LedgerTable } from "./ledger.ts";
import type { OutboxQueue } from "./outbox.ts";
import { FeedbellQueue } from "./queue.ts";

interface IntakeProps {
  readonly configuration: StackConfiguration;
  readonly bundleFolder: string;
  readonly snapshots: SnapshotBucket;
  readonly ledger: LedgerTable;
  readonly outbox: OutboxQueue;
}

/** Bucket -> queue -> ingest function -> outbox. */
export class Intake extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly ingest: FeedbellFunction;

  constructor(scope: Construct, id: string, props: IntakeProps) {
    super(scope, id);
    const { configuration, bundleFolder, snapshots, ledger, outbox } = props;
    const { bucket } = snapshots;
    const { deployment, timeoutSeconds } = configuration;
    this.deadLetters = new FeedbellQueue(this, "DeadLetters", { retentionDays: deadLetterDays });
    this.queue = new FeedbellQueue(this, "Queue", {
      visibilityTimeout: Duration.seconds(visibilitySeconds(timeoutSeconds)),
      retentionDays: intakeDays,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxIntakeReceives },
    });
    snapshots.notify(this.queue);
    this.ingest = new FeedbellFunction(this, "Ingest", {
      description: "Reads snapshots and decides what each audience gets of them",
      entry: "ingest",
      bundleFolder,
      deployment,
      timeoutSeconds,
      sendsToItself: true,
      environment: {
        [environmentNames.table]: ledger.table.tableName,
        [environmentNames.bucket]: bucket.bucketName,
        [environmentNames.intake]: this.queue.queueUrl,
        [environmentNames.outbox]: outbox.queue.queueUrl,
      },
    });
    const { ingest } = this;
    const objects = (prefix: string, pattern: string) => ({
      resources: [bucket.arnForObjects(`${prefix}*`)],
      pattern,
    });
    ingest.allow(
      "Read",
      ["s3:GetObject", "s3:GetObjectVersion"],
      objects(prefixes.snapshots, "Uploaders choose the names of snapshots"),
    );
    // Without it S3 answers 403 for a version that is gone, as for a missing permission.
    ingest.allow("TellGoneFromForbidden", ["s3:ListBucket"], { resources: [bucket.bucketArn] });
    ingest.allow(
      "Quarantine",
      ["s3:PutObject"],
      objects(prefixes.quarantine, "The name is that of the snapshot"),
    );
    ingest.allow(
      "Plan",
      ["s3:GetObject", "s3:PutObject"],
      objects(prefixes.plans, "Each run has a plan of its own"),
    );
    ingest.allow("Send", ["sqs:SendMessage"], {
      resources: [this.queue.queueArn, outbox.queue.queueArn],
    });
    ledger.grant(ingest, ["entry", "claim", "feed", "attempt", "waiting"]);
    ledger.grantAppend(ingest, ["waiting"]);
    ingest.poll(this.queue, { batchSize: 1, maxConcurrency: deployment.maximumConcurrency });
  }
}
