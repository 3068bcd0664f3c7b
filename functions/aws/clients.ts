import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { callMilliseconds } from "../core/configuration.ts";
import type { RetriesInTime } from "./retries.ts";

export interface Clients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
}

/**
 * The clients of one function process. They use `AWS_ENDPOINT_URL` if it is set. A call fails if no byte arrives for
 * `callMilliseconds`. The SDK never retries a publish, because a retry could send a message twice and would bypass the
 * rate limit; `deliver` retries it.
 */
export function createClients(
  timeoutSeconds: number,
  { strategy }: Pick<RetriesInTime, "strategy">,
): Clients {
  const requestTimeout = callMilliseconds(timeoutSeconds);
  const handler = {
    requestTimeout,
    socketTimeout: requestTimeout,
    throwOnRequestTimeout: true,
    connectionTimeout: Math.min(2_000, requestTimeout),
  };
  const requestHandler = { ...handler, httpAgent: { maxSockets: 64 }, httpsAgent: { maxSockets: 64 } };
  return {
    s3: s3Client({ retryStrategy: strategy, requestHandler }),
    sns: new SNSClient({ maxAttempts: 1, requestHandler }),
    sqs: sqsClient({ retryStrategy: strategy, requestHandler }),
    dynamodb: new DynamoDBClient({ retryStrategy: strategy, requestHandler }),
  };
}

/** An S3 client. A configured endpoint needs the bucket in the path, because its host name has no subdomains. */
export function s3Client(settings: S3ClientConfig): S3Client {
  const endpoint = settings.endpoint ?? process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
  return new S3Client({ ...settings, forcePathStyle: Boolean(endpoint) });
}

/** An SQS client; a configured endpoint takes precedence over the host of the queue URL unless the settings say otherwise. */
export const sqsClient = (settings: SQSClientConfig): SQSClient =>
  new SQSClient({ useQueueUrlAsEndpoint: false, ...settings });
