import { FilterLogEventsCommand, CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectTaggingCommand, S3Client } from "@aws-sdk/client-s3";
import { CreatePlatformApplicationCommand, SNSClient } from "@aws-sdk/client-sns";
import { AddPermissionCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Endpoint } from "../../../../infra/local/emulators/endpoint.ts";
import { openEmulators } from "../../../support/open-emulators.ts";

let endpoint: Endpoint;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ endpoint, close } = await openEmulators());
});
afterAll(() => close());

const settings = () => ({
  endpoint: endpoint.url,
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});

test.each([
  [
    "DynamoDB",
    () => new DynamoDBClient(settings()).send(new TransactWriteItemsCommand({ TransactItems: [] })),
    "UnknownOperationException",
    "The local DynamoDB does not implement the action TransactWriteItems.",
  ],
  [
    "SQS",
    () =>
      new SQSClient(settings()).send(
        new AddPermissionCommand({ QueueUrl: "q", Label: "l", AWSAccountIds: ["1"], Actions: ["*"] }),
      ),
    "UnsupportedOperation",
    "The local SQS does not implement the action AddPermission.",
  ],
  [
    "SNS",
    () =>
      new SNSClient(settings()).send(
        new CreatePlatformApplicationCommand({ Name: "n", Platform: "GCM", Attributes: {} }),
      ),
    "InvalidAction",
    "The local SNS does not implement the action CreatePlatformApplication.",
  ],
  [
    "S3",
    () =>
      new S3Client({ ...settings(), forcePathStyle: true }).send(
        new PutObjectTaggingCommand({ Bucket: "b", Key: "k", Tagging: { TagSet: [] } }),
      ),
    "NotImplemented",
    "The local S3 does not implement PUT tagging on an object.",
  ],
  [
    "CloudWatch Logs",
    () => new CloudWatchLogsClient(settings()).send(new FilterLogEventsCommand({ logGroupName: "g" })),
    "UnknownOperationException",
    "The local stack does not have CloudWatch Logs, so it can't run FilterLogEvents; it has S3, SQS, SNS and DynamoDB.",
  ],
])("the client of %s reads which action is missing", async (_, call, name, message) => {
  await expect(call()).rejects.toMatchObject({ name, message });
});

/** A request as a client of the service signs it. */
const request = (
  path: string,
  service: string,
  { headers, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body: string | Buffer },
) =>
  fetch(`${endpoint.url}${path}`, {
    method: "POST",
    body,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=local/20261126/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      ...headers,
    },
  });

test.each([
  ["lambda", "/2015-03-31/functions/f/invocations", "Lambda", "POST /2015-03-31/functions/f/invocations"],
  ["scheduler", "/schedules/s", "EventBridge Scheduler", "POST /schedules/s"],
])("%s refuses in its REST JSON format", async (service, path, name, action) => {
  const reply = await request(path, service, { body: "{}" });
  expect(reply.status).toBe(501);
  expect(reply.headers.get("x-amzn-errortype")).toBe("UnknownOperationException");
  expect(await reply.json()).toMatchObject({
    message: `The local stack does not have ${name}, so it can't run ${action}; it has S3, SQS, SNS and DynamoDB.`,
  });
});

test("CloudWatch refuses in CBOR, as its current clients speak, and in XML, as older ones do", async () => {
  const path = "/service/GraniteServiceVersion20100801/operation/PutMetricData";
  const headers = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
  const reply = await request(path, "monitoring", { headers, body: Buffer.from([0xa0]) });
  expect(reply.headers.get("smithy-protocol")).toBe("rpc-v2-cbor");
  const bytes = Buffer.from(await reply.arrayBuffer());
  expect(bytes[0], "a map of two").toBe(0xa2);
  expect(bytes.toString("latin1")).toContain("does not have CloudWatch, so it can't run PutMetricData");

  const older = await request("/", "monitoring", {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Action=PutMetricData&Version=2010-08-01",
  });
  expect(older.status).toBe(400);
  expect(await older.text()).toContain(
    "<Code>InvalidAction</Code><Message>The local stack does not have CloudWatch, so it can't run PutMetricData;",
  );
});
