import { tmpdir } from "node:os";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { openEndpoint, type Endpoint } from "../../infra/local/emulators/endpoint.ts";
import type { Mail } from "../../infra/local/emulators/sns/delivery.ts";
import { openSns, type Sns } from "../../infra/local/emulators/sns/sns.ts";

export interface Emulators {
  readonly endpoint: Endpoint;
  readonly sns: Sns;
  /** Messages sent to the mail and SMS channels, oldest first. */
  readonly mails: readonly Mail[];
  readonly texts: readonly { readonly to: string; readonly text: string }[];
  readonly clients: {
    readonly s3: S3Client;
    readonly sns: SNSClient;
    readonly sqs: SQSClient;
    readonly dynamodb: DynamoDBClient;
  };
  close(): Promise<void>;
}

/** Starts the emulators without a stack, with the real clients. */
export async function openEmulators(
  options: Pick<Parameters<typeof openEndpoint>[0], "deduplicationSeconds" | "now"> = {},
): Promise<Emulators> {
  const endpoint = await openEndpoint({ port: 0, region: "us-east-1", temporary: tmpdir(), ...options });
  const mails: Mail[] = [];
  const texts: { to: string; text: string }[] = [];
  const sns = openSns(
    { region: endpoint.region, account: endpoint.account },
    {
      mail: async (mail) => void mails.push(mail),
      sms: async ({ to, text }) => void texts.push({ to, text }),
      async queue(arn, MessageBody) {
        const QueueUrl = `${endpoint.url}/${endpoint.account}/${arn.split(":").at(-1)}`;
        await endpoint.queues.call("SendMessage", { QueueUrl, MessageBody });
      },
      web: () => Promise.reject(new Error("there is no web here")),
      failed: (_, error) => {
        throw error;
      },
    },
    {
      confirm: ({ token }) => `http://confirm.example/${token}`,
      unsubscribe: ({ arn }) => `http://unsubscribe.example/${arn}`,
    },
  );
  endpoint.connectSns(sns);
  const settings = {
    endpoint: endpoint.url,
    region: endpoint.region,
    credentials: { accessKeyId: "any", secretAccessKey: "thing" },
    maxAttempts: 1,
  };
  const clients = {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    dynamodb: new DynamoDBClient(settings),
  };
  return {
    endpoint,
    sns,
    mails,
    texts,
    clients,
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      await endpoint.close();
    },
  };
}

/** Returns the name and the HTTP status of the error that a call rejects with; fails if the call succeeds. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; status: number | undefined }> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error as Error & { $metadata?: { httpStatusCode?: number } },
  );
  if (!outcome) throw new Error("The call was not refused.");
  return { name: outcome.name, status: outcome.$metadata?.httpStatusCode };
}
