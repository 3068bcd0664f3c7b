import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DescribeTableCommand, DescribeTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfiguration } from "../../../infra/config/configuration.ts";
import { provision } from "../../../infra/local/provision.ts";
import { unmanaged } from "../../../infra/local/resources/unmanaged.ts";
import { findNames } from "../../../infra/local/stack-names.ts";
import type { Resource, Template } from "../../../infra/local/template.ts";
import { synthesize, type Synthesis } from "../../../infra/app.ts";
import { openEmulators, type Emulators } from "../../support/open-emulators.ts";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());

let count = 0;
const bringUp = (Resources: Record<string, Resource>) => {
  count += 1;
  const { endpoint, sns } = emulators;
  return provision(
    { template: { Resources }, directory: "/nowhere", stackName: `s${count}` },
    { endpoint, sns },
  );
};
const queue = (Properties: Record<string, unknown> = {}): Resource => ({
  Type: "AWS::SQS::Queue",
  Properties,
});

describe("unknown elements are errors with their names", () => {
  test.each<[string, Record<string, Resource>, string]>([
    [
      "a resource type",
      { Thing: { Type: "AWS::Kinesis::Stream" } },
      "Thing is of the resource type AWS::Kinesis::Stream",
    ],
    ["a property", { Q: queue({ Colour: "red" }) }, "Q: the property Colour unknown"],
    [
      "a nested property",
      { Q: queue({ RedrivePolicy: { deadLetterTargetArn: "a", maxReceiveCount: 20, colour: "red" } }) },
      "Q: the property RedrivePolicy.colour unknown",
    ],
    [
      "an intrinsic function",
      { Q: queue({ QueueName: { "Fn::Base64": "x" } }) },
      "Fn::Base64 at Q.QueueName",
    ],
    [
      "a value of another type",
      { Q: queue({ VisibilityTimeout: "soon" }) },
      "the property VisibilityTimeout",
    ],
    ["a condition", { Q: { ...queue(), Condition: "InEurope" } }, "Q has the condition InEurope"],
    [
      "a kind of notification",
      {
        N: {
          Type: "Custom::S3BucketNotifications",
          Properties: { BucketName: "b", NotificationConfiguration: { TopicConfigurations: [] } },
        },
      },
      "N: the property NotificationConfiguration.TopicConfigurations unknown",
    ],
    [
      "another runtime",
      { F: { Type: "AWS::Lambda::Function", Properties: { Handler: "a.b", Runtime: "nodejs20.x" } } },
      "F: the property Runtime",
    ],
    [
      "a function without an asset",
      { F: { Type: "AWS::Lambda::Function", Properties: { Handler: "a.b", Runtime: "nodejs24.x" } } },
      "F has no asset",
    ],
  ])("%s", async (_, resources, message) => {
    await expect(bringUp(resources)).rejects.toThrow(message);
  });

  test("a queue without a policy for S3 is rejected as a destination", async () => {
    const resources = {
      B: { Type: "AWS::S3::Bucket" },
      Q: queue(),
      N: {
        Type: "Custom::S3BucketNotifications",
        Properties: {
          BucketName: { Ref: "B" },
          NotificationConfiguration: {
            QueueConfigurations: [
              { Events: ["s3:ObjectCreated:*"], QueueArn: { "Fn::GetAtt": ["Q", "Arn"] } },
            ],
          },
        },
      },
    };
    await expect(bringUp(resources)).rejects.toThrow("does not allow s3.amazonaws.com to send");
  });

  test("each resource type without effect has a reason", () => {
    for (const { reason } of Object.values(unmanaged)) expect(reason).toMatch(/\w+ \w+/);
  });
});

describe("the project's own template", () => {
  const outdir = mkdtempSync(path.join(tmpdir(), "feedbell-test-"));
  let synthesis: Synthesis;
  let names: ReturnType<typeof findNames>;
  let provisioned: Awaited<ReturnType<typeof provision>>;

  beforeAll(async () => {
    synthesis = synthesize({
      outdir,
      configuration: parseConfiguration({
        deployment: { operators: ["ops@example.org", "https://h.example/alarms"] },
      }),
      entries: { ingest: path.join(import.meta.dirname, "../../support/functions/quiet.ts") },
    });
    const { endpoint, sns } = emulators;
    const template = synthesis.template as unknown as Template;
    provisioned = await provision(
      { template, directory: outdir, stackName: synthesis.stackName },
      { endpoint, sns },
    );
    names = findNames(provisioned, [...sns.topics.keys()]);
  });
  afterAll(() => rmSync(outdir, { recursive: true }));

  test("has the topic of the operators, which nothing publishes to here", () => {
    const topic = emulators.sns.topics.get(provisioned.outputs["OperatorsTopicArn"] ?? "");
    const subscriptions = [...(topic?.subscriptions.values() ?? [])];
    expect(subscriptions.map(({ endpoint }) => endpoint)).toEqual(["ops@example.org"]);
  });

  test("comes up with the customer's key and access logs, which have no effect here", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "feedbell-test-"));
    const locked = synthesize({
      outdir: folder,
      configuration: parseConfiguration({
        deployment: { stackName: "locked", encryption: "customer", accessLogs: true },
      }),
      entries: { ingest: path.join(import.meta.dirname, "../../support/functions/quiet.ts") },
    });
    const { endpoint, sns } = emulators;
    const template = locked.template as unknown as Template;
    const { outputs } = await provision(
      { template, directory: folder, stackName: locked.stackName },
      { endpoint, sns },
    );
    rmSync(folder, { recursive: true });
    expect(outputs["KeyArn"]).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\//);
    expect(JSON.parse(outputs["UploaderPolicy"] ?? "")).toMatchObject({
      Statement: [{ Sid: "PutSnapshots" }, { Sid: "EncryptSnapshots", Resource: outputs["KeyArn"] }],
    });
    expect(endpoint.buckets.get(outputs["BucketName"] ?? "")?.notifications).toHaveLength(1);
  });

  test("is deployed completely: bucket, queues, topics, table, functions, event sources and schedule", async () => {
    expect(Object.keys(names.topics)).toEqual(["alerts", "digest"]);
    expect(emulators.endpoint.buckets.get(names.bucket)).toMatchObject({
      versioned: true,
      notifications: [{ prefix: "snapshots/", events: ["s3:ObjectCreated:*"] }],
    });
    const { Table } = await emulators.clients.dynamodb.send(
      new DescribeTableCommand({ TableName: names.table }),
    );
    expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(["pk", "sk"]);
    const { TimeToLiveDescription } = await emulators.clients.dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName: names.table }),
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
    const invoked = provisioned.eventSources.map((source) => {
      expect(source).toMatchObject({ reportsFailures: true, windowSeconds: 0 });
      return provisioned.functions.get(source.functionName);
    });
    expect(invoked.map((one) => one?.handler)).toEqual([
      "ingest.handler",
      "deliver.handler",
      "digest.handler",
    ]);
    expect(invoked.map((one) => one?.environment)).toMatchObject([
      { TABLE_NAME: names.table, INTAKE_URL: names.queues.intake, OUTBOX_URL: names.queues.outbox },
      { TABLE_NAME: names.table, OUTBOX_URL: names.queues.outbox },
      { TABLE_NAME: names.table, OUTBOX_URL: names.queues.outbox, SLOTS_URL: names.queues.slots },
    ]);
    expect(provisioned.schedules).toHaveLength(1);
  });

  test("the intake queue has the template's visibility and its dead-letter queue", async () => {
    const { Attributes } = await emulators.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: names.queues.intake, AttributeNames: ["All"] }),
    );
    const ingest = [...provisioned.functions.values()].find(({ handler }) => handler === "ingest.handler");
    const timeout = ingest?.timeoutSeconds ?? 0;
    expect(Attributes?.["VisibilityTimeout"]).toBe(String(timeout * 6));
    expect(JSON.parse(Attributes?.["RedrivePolicy"] ?? "")).toMatchObject({ maxReceiveCount: 20 });
  });
});
