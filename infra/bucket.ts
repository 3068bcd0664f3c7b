import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  BucketNotificationDestinationType,
  EventType,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { prefixes } from "../functions/aws/environment.ts";
import { replayDays } from "./config/retention.ts";
import type { Deployment } from "./config/stack-configuration.ts";

/** Where snapshots are uploaded and bad ones kept. What readers were told of outlives the stack. */
export function snapshotBucket(scope: Construct, { snapshotDays, quarantineDays }: Deployment): Bucket {
  const notifier = notifierRole(scope);
  // As long as a queued message may still name a version, neither it nor what became of it goes.
  const noncurrentVersionExpiration = Duration.days(replayDays);
  const bucket = new Bucket(scope, "Bucket", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      {
        id: "snapshots",
        prefix: prefixes.snapshots,
        expiration: Duration.days(snapshotDays),
        noncurrentVersionExpiration,
      },
      {
        id: "quarantine",
        prefix: prefixes.quarantine,
        expiration: Duration.days(quarantineDays),
        // Each of them is another bad snapshot that came under the same key.
        noncurrentVersionExpiration: Duration.days(quarantineDays),
      },
      {
        id: "leftovers",
        expiredObjectDeleteMarker: true,
        abortIncompleteMultipartUploadAfter: Duration.days(replayDays),
      },
    ],
    notificationsHandlerRole: notifier.withoutPolicyUpdates(),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  notifier.addToPolicy(
    new PolicyStatement({
      sid: "Notifications",
      actions: ["s3:PutBucketNotification"],
      resources: [bucket.bucketArn],
    }),
  );
  return bucket;
}

/** Lets the bucket, and nobody else, tell the queue of each new snapshot. */
export function notify(bucket: Bucket, queue: Queue): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: "SnapshotsOnly",
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal("s3.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: {
        ArnEquals: { "aws:SourceArn": bucket.bucketArn },
        // A bucket's ARN has no account: if the bucket is deleted, somebody else can take its name.
        StringEquals: { "aws:SourceAccount": Stack.of(bucket).account },
      },
    }),
  );
  bucket.addEventNotification(
    EventType.OBJECT_CREATED,
    {
      bind: () => ({
        arn: queue.queueArn,
        type: BucketNotificationDestinationType.QUEUE,
        // S3 checks at once whether it may send.
        dependencies: [queue],
      }),
    },
    { prefix: prefixes.snapshots },
  );
}

/** Of the function by which CDK sets the bucket's notifications; CDK's own role could set those of every bucket. */
function notifierRole(scope: Construct): Role {
  const role = new Role(scope, "NotifierRole", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  const logGroup = Stack.of(scope).formatArn({
    service: "logs",
    resource: `log-group:/aws/lambda/${Stack.of(scope).stackName}-BucketNotificationsHandler*`,
  });
  role.addToPolicy(
    new PolicyStatement({
      sid: "Log",
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup],
    }),
  );
  return role;
}
