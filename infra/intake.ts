import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { type CfnLogGroup, LogGroup } from "aws-cdk-lib/aws-logs";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { environmentNames, prefixes } from "../functions/aws/environment.ts";
import { mostReceives, visibilitySeconds } from "../functions/core/configuration.ts";
import { alarm, highest, total } from "./monitoring.ts";
import { notify, snapshotBucket } from "./bucket.ts";
import type { StackConfiguration } from "./config/stack-configuration.ts";
import type { Delivery } from "./delivery.ts";
import { deadLetterDays, intakeDays } from "./config/retention.ts";
import type { LedgerTable } from "./ledger.ts";

interface IntakeProps {
  readonly configuration: StackConfiguration;
  /** Holds `ingest.mjs`, its source map and the functions' configuration. */
  readonly bundleFolder: string;
  readonly ledger: LedgerTable;
  readonly delivery: Delivery;
}

/** Bucket -> queue -> ingest function, and the dead-letter queue for what failed five times. */
export class Intake extends Construct {
  readonly bucket: Bucket;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly ingest: LambdaFunction;

  constructor(scope: Construct, id: string, props: IntakeProps) {
    super(scope, id);
    const { deployment, timeoutSeconds } = props.configuration;
    this.bucket = snapshotBucket(this, deployment);
    this.deadLetters = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(deadLetterDays),
    });
    this.queue = new Queue(this, "Queue", {
      // Not the AWS-managed KMS key: S3 can't send to a queue under it.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds(timeoutSeconds)),
      retentionPeriod: Duration.days(intakeDays),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: mostReceives },
    });
    notify(this.bucket, this.queue);
    this.ingest = this.ingestFunction(props);
    this.ingest.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: deployment.batchSize,
        maxConcurrency: deployment.maximumConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.watch(props.configuration);
  }

  private ingestFunction({ configuration, bundleFolder, ledger, delivery }: IntakeProps): LambdaFunction {
    const { deployment, timeoutSeconds } = configuration;
    const logGroup = new LogGroup(this, "Log", { removalPolicy: RemovalPolicy.DESTROY });
    (logGroup.node.defaultChild as CfnLogGroup).retentionInDays = deployment.logDays;
    // A role of our own: CDK's may write to every log group.
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    const may = (sid: string, actions: string[], resource: string) =>
      role.addToPolicy(new PolicyStatement({ sid, actions, resources: [resource] }));
    may("Log", ["logs:CreateLogStream", "logs:PutLogEvents"], logGroup.logGroupArn);
    may("Read", ["s3:GetObject", "s3:GetObjectVersion"], this.bucket.arnForObjects(`${prefixes.snapshots}*`));
    // Without it S3 answers 403 for a version that is gone, which looks like a missing permission.
    may("TellGoneFromForbidden", ["s3:ListBucket"], this.bucket.bucketArn);
    may("Quarantine", ["s3:PutObject"], this.bucket.arnForObjects(`${prefixes.quarantine}*`));
    may("Continue", ["sqs:SendMessage"], this.queue.queueArn);
    ledger.grantUse(role);
    delivery.grantPublish(role);
    return new LambdaFunction(this, "Ingest", {
      description: "Reads snapshots and tells each audience what is new in them",
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleFolder),
      handler: "ingest.handler",
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: deployment.memoryMegabytes,
      tracing: deployment.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      role,
      logGroup,
      environment: {
        [environmentNames.table]: ledger.table.tableName,
        [environmentNames.topicPrefix]: delivery.topicArnPrefix,
        [environmentNames.queue]: this.queue.queueUrl,
        NODE_OPTIONS: "--enable-source-maps",
      },
    });
  }

  private watch({ deployment, timeoutSeconds }: StackConfiguration): void {
    const period = Duration.minutes(5);
    alarm(this, "DeadLettersAlarm", deployment, {
      heading: "Dead letters",
      says: "A snapshot failed five times and waits in the dead-letter queue.",
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible(highest(period)),
      above: 0,
      periods: 1,
    });
    alarm(this, "IngestFailsAlarm", deployment, {
      heading: "Ingest fails",
      says: "The ingest function has crashed or run out of time for a quarter of an hour.",
      metric: this.ingest.metricErrors(total(period)),
      above: 0,
      periods: 3,
    });
    alarm(this, "IntakeWaitsAlarm", deployment, {
      heading: "Intake waits",
      says: "A snapshot has waited for longer than three attempts take.",
      metric: this.queue.metricApproximateAgeOfOldestMessage(highest(period)),
      above: Math.max(900, 3 * visibilitySeconds(timeoutSeconds)),
      periods: 3,
    });
  }
}
