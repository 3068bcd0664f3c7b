/** Days for which a message that failed five times waits to be looked at; SQS allows no more than 14. */
export const deadLetterDays = 14;

/** Days for which an unread message stays in the intake queue; less than in the dead-letter queue. */
export const intakeDays = 4;

/**
 * Days after its upload in which a queued message may still ask for a snapshot: it can be redriven on its last
 * day in the dead-letter queue, and then waits in the intake queue once more.
 */
export const replayDays = deadLetterDays + intakeDays;

/** What only the stack needs to know; the functions never see it. */
export interface Deployment {
  /** Name of the CloudFormation stack, and first part of each topic's name. */
  readonly stackName: string;
  /** Days until a snapshot expires. */
  readonly snapshotDays: number;
  /** Days until what lies under `quarantine/` expires. */
  readonly quarantineDays: number;
  /** Days until the function's log expires; one of the periods that CloudWatch Logs offers. */
  readonly logDays: number;
  /** Most snapshots that one invocation gets. */
  readonly batchSize: number;
  /** Most invocations at the same time. */
  readonly maximumConcurrency: number;
  readonly memoryMegabytes: number;
  /** AWS X-Ray. */
  readonly tracing: boolean;
  /** An existing topic that hears of alarms; it may not be encrypted with the AWS-managed key, under which CloudWatch can't publish. */
  readonly alarmTopicArn?: string;
  /** On every resource that can carry tags. */
  readonly tags: Readonly<Record<string, string>>;
}
