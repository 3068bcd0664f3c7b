import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";

export interface Clients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
}

/** Attempts of one call, the first included; the SDK waits between them with jitter (AWS SDKs Reference, 'Retry behavior', standard mode). */
const attempts = 4;

/**
 * The four clients of one function process. They honour `AWS_ENDPOINT_URL`. A call that gets no answer fails after
 * a quarter of the function's time-out, 10 seconds at the most, so that there is time for another one. A publish
 * is never repeated by the SDK: `deliver` does that, and reserves its place again.
 */
export function createClients(timeoutSeconds: number): Clients {
  const requestTimeout = Math.min(10_000, timeoutSeconds * 250);
  const handler = {
    requestTimeout,
    throwOnRequestTimeout: true,
    connectionTimeout: Math.min(2_000, requestTimeout),
  };
  const requestHandler = { ...handler, httpAgent: { maxSockets: 64 }, httpsAgent: { maxSockets: 64 } };
  const isElsewhere = Boolean(process.env["AWS_ENDPOINT_URL"] ?? process.env["AWS_ENDPOINT_URL_S3"]);
  return {
    s3: new S3Client({ maxAttempts: attempts, requestHandler, forcePathStyle: isElsewhere }),
    sns: new SNSClient({ maxAttempts: 1, requestHandler }),
    sqs: new SQSClient({ maxAttempts: attempts, requestHandler, useQueueUrlAsEndpoint: false }),
    dynamodb: new DynamoDBClient({ maxAttempts: attempts, requestHandler }),
  };
}
