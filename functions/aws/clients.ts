import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { callMilliseconds } from "../core/configuration.ts";
import type { RetriesInTime } from "./retries.ts";

export interface Clients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
}

/**
 * The four clients of one function process. They honour `AWS_ENDPOINT_URL`. A call or a body that is silent for
 * `callMilliseconds` has failed. A publish is never repeated by the SDK: `deliver` does that, from a place of its
 * own each time.
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
  const isElsewhere = Boolean(process.env["AWS_ENDPOINT_URL"] ?? process.env["AWS_ENDPOINT_URL_S3"]);
  return {
    s3: new S3Client({ retryStrategy: strategy, requestHandler, forcePathStyle: isElsewhere }),
    sns: new SNSClient({ maxAttempts: 1, requestHandler }),
    sqs: new SQSClient({ retryStrategy: strategy, requestHandler, useQueueUrlAsEndpoint: false }),
    dynamodb: new DynamoDBClient({ retryStrategy: strategy, requestHandler }),
  };
}
