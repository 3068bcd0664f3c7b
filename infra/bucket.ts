import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AnyPrincipal, Effect, type IRole, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  BucketNotificationDestinationType,
  BucketPolicy,
  type BucketProps,
  EventType,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { prefixes } from "../functions/aws/environment.ts";
import { acknowledge } from "./acknowledge.ts";
import { planDays, replayDays } from "./config/retention.ts";
import type { Deployment, StackConfiguration } from "./config/stack-configuration.ts";
import { customerKey } from "./encryption.ts";
import { Notifier } from "./notifier.ts";

/** The bucket of snapshots, plans and quarantine. It is retained when the stack is deleted, or adopted from an earlier stack. */
export class SnapshotBucket extends Construct {
  readonly bucket: IBucket;
  private readonly policy: BucketPolicy;
  private readonly notifier: Notifier;

  constructor(scope: Construct, id: string, configuration: StackConfiguration) {
    super(scope, id);
    this.notifier = new Notifier(this, "Notifier", configuration.deployment);
    const notificationsHandlerRole = this.notifier.role;
    const { bucket: bucketName } = configuration.deployment.adopt;
    this.bucket =
      bucketName === undefined
        ? (newBucket(this, configuration, notificationsHandlerRole) as IBucket)
        : Bucket.fromBucketAttributes(this, "Bucket", { bucketName, notificationsHandlerRole });
    // The notifications of an adopted bucket are read first, so that others are kept.
    const read = bucketName === undefined ? [] : ["s3:GetBucketNotification"];
    this.notifier.allow("Notifications", ["s3:PutBucketNotification", ...read], this.bucket.bucketArn);
    // The same resource for a new and for an adopted bucket: a change from one to the other does not replace it.
    this.policy = new BucketPolicy(this, "Policy", { bucket: this.bucket });
    this.policy.document.addStatements(
      new PolicyStatement({
        sid: "TlsOnly",
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ["s3:*"],
        resources: [this.bucket.bucketArn, this.bucket.arnForObjects("*")],
        conditions: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
  }

  /** Sends an event to the queue for each new snapshot; no other bucket can send to it. */
  notify(queue: Queue): void {
    const { bucket } = this;
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: "SnapshotsOnly",
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("s3.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [queue.queueArn],
        conditions: {
          ArnEquals: { "aws:SourceArn": bucket.bucketArn },
          // A bucket's ARN has no account: another account can take the name of a deleted bucket.
          StringEquals: { "aws:SourceAccount": Stack.of(this).account },
        },
      }),
    );
    bucket.addEventNotification(
      EventType.OBJECT_CREATED,
      {
        bind: () => ({
          arn: queue.queueArn,
          type: BucketNotificationDestinationType.QUEUE,
          // S3 checks the permission when the notification is set.
          dependencies: [queue],
        }),
      },
      { prefix: prefixes.snapshots },
    );
    // S3 refuses to change policy and notifications of a bucket at the same time.
    bucket.node.findChild("Notifications").node.addDependency(this.policy);
    this.notifier.connectLog();
  }
}

function newBucket(
  scope: Construct,
  { deployment, retryHours }: StackConfiguration,
  notificationsHandlerRole: IRole,
): Bucket {
  const { snapshotDays, quarantineDays } = deployment;
  const bucket = new Bucket(scope, "Bucket", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    ...encryptionOf(scope),
    ...(deployment.accessLogs && { serverAccessLogsBucket: accessLogsBucket(scope, deployment) }),
    versioned: true,
    lifecycleRules: [
      {
        id: "snapshots",
        prefix: prefixes.snapshots,
        expiration: Duration.days(snapshotDays),
        // A queue message can still name a version that was overwritten.
        noncurrentVersionExpiration: Duration.days(replayDays(retryHours)),
      },
      {
        id: "quarantine",
        prefix: prefixes.quarantine,
        expiration: Duration.days(quarantineDays),
        // Each version is another bad snapshot with the same key.
        noncurrentVersionExpiration: Duration.days(quarantineDays),
      },
      {
        id: "plans",
        prefix: prefixes.plans,
        expiration: Duration.days(planDays),
        noncurrentVersionExpiration: Duration.days(1),
      },
      {
        id: "leftovers",
        expiredObjectDeleteMarker: true,
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
    notificationsHandlerRole,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  if (!deployment.accessLogs)
    acknowledge(
      bucket,
      "AwsSolutions-S1",
      "Access logs cost storage and are optional: deployment.accessLogs",
    );
  return bucket;
}

/** A bucket key makes one call to KMS serve many objects (Amazon S3 User Guide, 'Reducing the cost of SSE-KMS'). */
function encryptionOf(
  scope: Construct,
): Pick<BucketProps, "encryption" | "encryptionKey" | "bucketKeyEnabled"> {
  const key = customerKey(scope);
  return key
    ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
    : { encryption: BucketEncryption.S3_MANAGED };
}

/**
 * The bucket of the access logs of the snapshots. S3 can't deliver them under a customer's key (Amazon S3 User Guide,
 * 'Enabling Amazon S3 server access logging').
 */
function accessLogsBucket(scope: Construct, { logDays }: Deployment): IBucket {
  return new Bucket(scope, "AccessLogs", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [{ id: "logs", expiration: Duration.days(logDays) }],
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  }) as IBucket;
}
