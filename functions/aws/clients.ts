import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { SNSClient, type SNSClientConfig } from "@aws-sdk/client-sns";
import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { callMilliseconds } from "../core/configuration.ts";
import type { RetriesInTime } from "./retries.ts";

// Each function's bundle contains only the clients that it makes. `s3Client` has a file of its own, because `deliver`
// loads it late.

export type ClientSettings = Required<Pick<DynamoDBClientConfig, "requestHandler" | "retryStrategy">>;

/**
 * Settings of the clients of one function process, which use `AWS_ENDPOINT_URL` if it is set. A call fails if no byte
 * arrives for `callMilliseconds`.
 */
export function clientSettings(
  timeoutSeconds: number,
  { strategy }: Pick<RetriesInTime, "strategy">,
): ClientSettings {
  const requestTimeout = callMilliseconds(timeoutSeconds);
  const handler = {
    requestTimeout,
    socketTimeout: requestTimeout,
    throwOnRequestTimeout: true,
    connectionTimeout: Math.min(2_000, requestTimeout),
  };
  const requestHandler = { ...handler, httpAgent: { maxSockets: 64 }, httpsAgent: { maxSockets: 64 } };
  return { retryStrategy: strategy, requestHandler };
}

export const dynamodbClient = (settings: DynamoDBClientConfig): DynamoDBClient =>
  new DynamoDBClient(settings);

/** An SQS client; a configured endpoint takes precedence over the host of the queue URL unless the settings say otherwise. */
export const sqsClient = (settings: SQSClientConfig): SQSClient =>
  new SQSClient({ useQueueUrlAsEndpoint: false, ...settings });

/**
 * An SNS client. The SDK never retries a publish, because a retry could send a message twice and would bypass the rate
 * limit; `deliver` retries it.
 */
export const snsClient = ({ requestHandler }: Pick<SNSClientConfig, "requestHandler">): SNSClient =>
  new SNSClient({ maxAttempts: 1, ...(requestHandler && { requestHandler }) });
