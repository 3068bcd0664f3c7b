import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "./clients.ts";
import { s3Client } from "./s3-client.ts";

/** Clients of the command line for one stack. */
export interface StackClients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
  readonly close: () => void;
}

/**
 * Opens clients for the stack at `endpoint`, or in the account of the environment without one; with a profile of the
 * shared configuration with its credentials and, where no region is known, its region. A local endpoint accepts any
 * credentials, so dummy ones are used where the environment has none. `onAnswer` is called after each answer of a service.
 */
export function openClients(
  {
    endpoint,
    region,
    profile,
  }: { readonly endpoint?: string; readonly region?: string; readonly profile?: string },
  environment: NodeJS.ProcessEnv,
  onAnswer: () => void = () => undefined,
): StackClients {
  const hasCredentials = environment["AWS_ACCESS_KEY_ID"] ?? environment["AWS_PROFILE"];
  const fallback = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1";
  const settings =
    endpoint === undefined || profile !== undefined
      ? {
          ...(endpoint !== undefined && { endpoint }),
          ...(region !== undefined && { region }),
          ...(profile !== undefined && { profile }),
        }
      : {
          endpoint,
          region: region ?? fallback,
          ...(!hasCredentials && { credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
        };
  const s3 = s3Client(settings);
  const sns = new SNSClient(settings);
  const sqs = sqsClient({ ...settings, useQueueUrlAsEndpoint: endpoint === undefined });
  const dynamodb = new DynamoDBClient(settings);
  const counting =
    <Request, Answer>(next: (request: Request) => Promise<Answer>) =>
    async (request: Request): Promise<Answer> => {
      const answer = await next(request);
      onAnswer();
      return answer;
    };
  s3.middlewareStack.add(counting);
  sns.middlewareStack.add(counting);
  sqs.middlewareStack.add(counting);
  dynamodb.middlewareStack.add(counting);
  return {
    s3,
    sns,
    sqs,
    dynamodb,
    close: () => {
      s3.destroy();
      sns.destroy();
      sqs.destroy();
      dynamodb.destroy();
    },
  };
}
