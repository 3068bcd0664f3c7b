import type { Configuration } from "../../functions/core/configuration.ts";

/** `context.feedbell` of `cdk.json` with all defaults filled in. */
export interface StackConfiguration extends Configuration {
  readonly deployment: Deployment;
}

/** Settings of the stack that the functions do not need. */
export interface Deployment {
  /** Name of the CloudFormation stack, and start of each topic's name. */
  readonly stackName: string;
  /** Days until a snapshot expires. */
  readonly snapshotDays: number;
  /** Days until an object under `quarantine/` expires. */
  readonly quarantineDays: number;
  /** Days until log events expire; one of the periods that CloudWatch Logs offers. */
  readonly logDays: number;
  /** Maximum number of invocations at the same time. */
  readonly maximumConcurrency: number;
  /** Megabytes of each function. */
  readonly memory: Readonly<Record<"ingest" | "deliver" | "digest" | "watch", number>>;
  /** `customer`: bucket, queues, topics and table are encrypted with one key of the account. */
  readonly encryption: "aws" | "customer";
  /** S3 logs each request to the bucket into another one. */
  readonly accessLogs: boolean;
  /** AWS X-Ray. */
  readonly tracing: boolean;
  /** An existing topic that receives alarms. Not encrypted with the AWS-managed key, under which CloudWatch can't publish. */
  readonly alarmTopicArn?: string;
  /** Addresses that a topic of the stack tells of the alarms: mail addresses, telephone numbers, https URLs. */
  readonly operators: readonly string[];
  readonly alarms: AlarmSettings;
  /** Resources that exist already, because an earlier stack or an earlier audience left them. */
  readonly adopt: Adopted;
  /** Set on every resource that supports tags. */
  readonly tags: Readonly<Record<string, string>>;
}

/** From when on an alarm is raised, where that depends on the account and on its feeds. */
export interface AlarmSettings {
  /** Hours without an upload. */
  readonly hoursWithoutUpload: number;
  /** US dollars that SMS have cost this month, in the whole account. */
  readonly smsSpendUsd: number;
  /** Least share of SMS that arrive, percent. */
  readonly smsSuccessPercent: number;
  /** Subscriptions that SNS lists as deleted. */
  readonly deletedSubscriptions: number;
}

/**
 * Resources that the stack uses and does not create. Their settings stay as they are; bucket and topics still get the
 * policy that refuses requests without TLS.
 */
export interface Adopted {
  /** Name of the bucket. */
  readonly bucket?: string;
  /** Name of the ledger's table. */
  readonly table?: string;
  /** ARN of the key under which these resources are encrypted. */
  readonly key?: string;
  /** Names of the audiences whose topics exist, under the name `<stackName>-<audience>`. */
  readonly topics: readonly string[];
}
