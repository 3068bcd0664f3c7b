import { Duration } from "aws-cdk-lib";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import { customerKey } from "./encryption.ts";

interface FeedbellQueueProps extends Pick<
  QueueProps,
  "visibilityTimeout" | "deadLetterQueue" | "fifo" | "deduplicationScope" | "fifoThroughputLimit"
> {
  readonly retentionDays: number;
}

/** An encrypted queue that refuses requests without TLS. Without a dead-letter queue it is the last place of what failed. */
export class FeedbellQueue extends Queue {
  constructor(scope: Construct, id: string, { retentionDays, ...props }: FeedbellQueueProps) {
    const key = customerKey(scope);
    super(scope, id, {
      // Not the AWS-managed KMS key: S3 can't send to a queue under it.
      ...(key
        ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key }
        : { encryption: QueueEncryption.SQS_MANAGED }),
      enforceSSL: true,
      retentionPeriod: Duration.days(retentionDays),
      ...props,
    });
    if (props.deadLetterQueue !== undefined) return;
    const reason = "It holds what failed until somebody looks at it: an alarm is raised at the first message";
    acknowledge(this, "AwsSolutions-SQS3", reason);
    acknowledge(this, "Serverless-SQSRedrivePolicy", reason);
  }
}
