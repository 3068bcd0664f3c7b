import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFunctions } from "../../../../infra/local/lambda/functions.ts";
import type { Invocation } from "../../../../infra/local/lambda/function-process.ts";
import { provision } from "../../../../infra/local/provision.ts";
import { openScheduleTargets } from "../../../../infra/local/schedules/schedule-targets.ts";
import { startScheduler } from "../../../../infra/local/scheduler.ts";
import type { Resource } from "../../../../infra/local/template.ts";
import { openEmulators, type Emulators } from "../../../support/open-emulators.ts";

const assembly = mkdtempSync(path.join(tmpdir(), "feedbell-types-"));
const code = {
  // Returns its event, and fails for the event that says so.
  echo: `export const handler = async (event) => {
    if (event.fail) throw new RangeError("told to fail");
    if (event.env) return { url: process.env.AWS_ENDPOINT_URL, outbox: process.env.OUTBOX };
    return event;
  };`,
};

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
  for (const [name, source] of Object.entries(code)) {
    mkdirSync(path.join(assembly, name));
    writeFileSync(path.join(assembly, name, "main.mjs"), source);
  }
});
afterAll(async () => {
  await emulators.close();
  rmSync(assembly, { recursive: true });
});

let count = 0;
const bringUp = (Resources: Record<string, Resource>, stackName = `t${(count += 1)}`) => {
  const { endpoint, sns } = emulators;
  return provision({ template: { Resources }, directory: assembly, stackName }, { endpoint, sns });
};

const queue = (Properties: Record<string, unknown> = {}): Resource => ({
  Type: "AWS::SQS::Queue",
  Properties,
});
const fifo = {
  FifoQueue: true,
  DeduplicationScope: "messageGroup",
  FifoThroughputLimit: "perMessageGroupId",
};
const echo = (Properties: Record<string, unknown> = {}): Resource => ({
  Type: "AWS::Lambda::Function",
  Properties: { Handler: "main.handler", Runtime: "nodejs24.x", Timeout: 10, ...Properties },
  Metadata: { "aws:asset:path": "echo" },
});
const arn = (name: string) => ({ "Fn::GetAtt": [name, "Arn"] });
const mapping = (Properties: Record<string, unknown> = {}): Resource => ({
  Type: "AWS::Lambda::EventSourceMapping",
  Properties: { EventSourceArn: arn("Q"), FunctionName: { Ref: "F" }, ...Properties },
});
const schedule = (
  Properties: Record<string, unknown> = {},
  Target: Record<string, unknown> = {},
): Resource => ({
  Type: "AWS::Scheduler::Schedule",
  Properties: {
    FlexibleTimeWindow: { Mode: "OFF" },
    ScheduleExpression: "rate(1 hour)",
    Target: {
      Arn: arn("F"),
      RoleArn: "arn:aws:iam::000000000000:role/any",
      Input: '{"slot":"<aws.scheduler.scheduled-time>"}',
      ...Target,
    },
    ...Properties,
  },
});
const invokeConfig = (Properties: Record<string, unknown> = {}): Resource => ({
  Type: "AWS::Lambda::EventInvokeConfig",
  Properties: { FunctionName: { Ref: "F" }, Qualifier: "$LATEST", ...Properties },
});

describe("a FIFO queue", () => {
  test("gets a name that ends in .fifo, its attributes and its dead-letter queue", async () => {
    const RedrivePolicy = { deadLetterTargetArn: arn("Dead"), maxReceiveCount: 1000 };
    await bringUp({
      Q: queue({
        ...fifo,
        MessageRetentionPeriod: 1_209_600,
        ContentBasedDeduplication: false,
        RedrivePolicy,
      }),
      Dead: queue(fifo),
    });
    const { account, url } = emulators.endpoint;
    const { Attributes } = await emulators.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: `${url}/${account}/t${count}-Q.fifo`,
        AttributeNames: ["All"],
      }),
    );
    expect(Attributes).toMatchObject({
      ...fifo,
      FifoQueue: "true",
      ContentBasedDeduplication: "false",
      MessageRetentionPeriod: "1209600",
    });
    expect(JSON.parse(Attributes?.["RedrivePolicy"] ?? "")).toEqual({
      deadLetterTargetArn: `arn:aws:sqs:us-east-1:${account}:t${count}-Dead.fifo`,
      maxReceiveCount: 1000,
    });
  });

  test("has a name of at most 80 characters, and two long names stay apart", async () => {
    const stackName = "s".repeat(60);
    await bringUp({ [`${"L".repeat(40)}1`]: queue(fifo), [`${"L".repeat(40)}2`]: queue(fifo) }, stackName);
    const { QueueUrls = [] } = (await emulators.endpoint.queues.call("ListQueues", {
      QueueNamePrefix: stackName,
    })) as { QueueUrls?: string[] };
    const names = QueueUrls.map((found) => found.split("/").at(-1) ?? "");
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^.{75}\.fifo$/);
  });
});

describe("refused with its name", () => {
  test.each<[string, Record<string, Resource>, string]>([
    [
      "a dead-letter queue of the other type",
      {
        Q: queue({ ...fifo, RedrivePolicy: { deadLetterTargetArn: arn("D"), maxReceiveCount: 5 } }),
        D: queue(),
      },
      "Q: SQS refused CreateQueue: InvalidAttributeValue",
    ],
    ["a FIFO attribute of a standard queue", { Q: queue({ DeduplicationScope: "queue" }) }, "Q: SQS refused"],
    [
      "a deduplication scope",
      { Q: queue({ FifoQueue: true, DeduplicationScope: "topic" }) },
      "DeduplicationScope",
    ],
    [
      "a batch above 10 of a FIFO queue",
      { Q: queue(fifo), F: echo(), M: mapping({ BatchSize: 11 }) },
      "M: BatchSize",
    ],
    [
      "a batching window of a FIFO queue",
      { Q: queue(fifo), F: echo(), M: mapping({ MaximumBatchingWindowInSeconds: 1 }) },
      "M: a FIFO queue has no MaximumBatchingWindowInSeconds",
    ],
    [
      "a batch above 10 without a window",
      { Q: queue(), F: echo(), M: mapping({ BatchSize: 11 }) },
      "M: a BatchSize above 10 needs",
    ],
    [
      "a maximum concurrency of 1",
      { Q: queue(fifo), F: echo(), M: mapping({ ScalingConfig: { MaximumConcurrency: 1 } }) },
      "ScalingConfig.MaximumConcurrency",
    ],
    [
      "a queue whose messages come back before the function ends",
      { Q: queue({ ...fifo, VisibilityTimeout: 9 }), F: echo(), M: mapping() },
      "M: the visibility timeout of the queue, 9 s, is shorter than the function's timeout, 10 s",
    ],
    [
      "a notification of S3 to a FIFO queue",
      {
        B: { Type: "AWS::S3::Bucket" },
        Q: queue(fifo),
        N: {
          Type: "Custom::S3BucketNotifications",
          Properties: {
            BucketName: { Ref: "B" },
            NotificationConfiguration: {
              QueueConfigurations: [{ Events: ["s3:ObjectCreated:*"], QueueArn: arn("Q") }],
            },
          },
        },
      },
      "N: S3 does not notify the FIFO queue",
    ],
    [
      "a schedule for a FIFO queue without a group",
      { Q: queue({ ...fifo, ContentBasedDeduplication: true }), S: schedule({}, { Arn: arn("Q") }) },
      "needs SqsParameters.MessageGroupId",
    ],
    [
      "a schedule for a standard queue with a group",
      { Q: queue(), S: schedule({}, { Arn: arn("Q"), SqsParameters: { MessageGroupId: "a" } }) },
      "does not accept SqsParameters.MessageGroupId",
    ],
    [
      "a schedule for a FIFO queue without content-based deduplication",
      { Q: queue(fifo), S: schedule({}, { Arn: arn("Q"), SqsParameters: { MessageGroupId: "a" } }) },
      "needs content-based deduplication",
    ],
    [
      "a setting for recursive loops",
      { F: echo({ RecursiveLoop: "Maybe" }) },
      "F: the property RecursiveLoop",
    ],
    [
      "an event source that is no queue of the stack",
      { F: echo(), M: mapping({ EventSourceArn: "arn:aws:kinesis:us-east-1:0:stream/s" }) },
      "M reads the queue arn:aws:kinesis",
    ],
    [
      "a schedule expression",
      { F: echo(), S: schedule({ ScheduleExpression: "cron(0 7 * * * *)" }) },
      "S: The schedule expression cron(0 7 * * * *) is not supported: expected ? in the field",
    ],
    [
      "a time zone",
      {
        F: echo(),
        S: schedule({
          ScheduleExpression: "cron(0 7 * * ? *)",
          ScheduleExpressionTimezone: "Mars/Base",
        }),
      },
      "S: the time zone Mars/Base is unknown",
    ],
    [
      "a flexible time window",
      { F: echo(), S: schedule({ FlexibleTimeWindow: { Mode: "FLEXIBLE" } }) },
      "FlexibleTimeWindow",
    ],
    [
      "a start date",
      { F: echo(), S: schedule({ StartDate: "2027-01-01T00:00:00Z" }) },
      "S: the property StartDate",
    ],
    ["a schedule group", { F: echo(), S: schedule({ GroupName: "other" }) }, "schedule group other"],
    [
      "an API call as a target",
      { F: echo(), S: schedule({}, { Arn: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage" }) },
      "S: the target arn:aws:scheduler:::aws-sdk:sqs:sendMessage is unknown",
    ],
    [
      "an input that is no JSON",
      { F: echo(), S: schedule({}, { Input: "<aws.scheduler.scheduled-time>" }) },
      "must be JSON",
    ],
    [
      "a context attribute",
      { F: echo(), S: schedule({}, { Input: '"<aws.scheduler.slot>"' }) },
      "attribute slot",
    ],
    [
      "a FIFO queue as a destination",
      {
        Q: queue(fifo),
        F: echo(),
        C: invokeConfig({ DestinationConfig: { OnFailure: { Destination: arn("Q") } } }),
      },
      "is a FIFO queue",
    ],
    [
      "three retries",
      { F: echo(), C: invokeConfig({ MaximumRetryAttempts: 3 }) },
      "C: the property MaximumRetryAttempts",
    ],
    [
      "a destination for successes",
      { F: echo(), C: invokeConfig({ DestinationConfig: { OnSuccess: {} } }) },
      "OnSuccess",
    ],
    ["a deletion policy", { Q: { ...queue(), DeletionPolicy: "Keep" } }, "Q has the DeletionPolicy Keep"],
    [
      "an attribute of a resource",
      { Q: { ...queue(), CreationPolicy: {} } as Resource },
      "attribute CreationPolicy",
    ],
  ])("%s", async (_, resources, message) => {
    await expect(bringUp(resources)).rejects.toThrow(message);
  });
});

test.each(["Delete", "Retain", "RetainExceptOnCreate"])("the deletion policy %s", async (DeletionPolicy) => {
  const resource = { ...queue(), DeletionPolicy, UpdateReplacePolicy: "Retain" };
  expect(await bringUp({ Q: resource })).toMatchObject({ outputs: {} });
});

describe("functions, event sources and schedules together", () => {
  const resources: Record<string, Resource> = {
    Q: queue(fifo),
    Slots: queue(),
    Failures: queue(),
    F: echo({ RecursiveLoop: "Allow", Environment: { Variables: { OUTBOX: { Ref: "Q" } } } }),
    Watch: echo(),
    M: mapping({
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 2 },
    }),
    SlotsMapping: mapping({ EventSourceArn: arn("Slots") }),
    Group: { Type: "AWS::Scheduler::ScheduleGroup" },
    Hourly: schedule(
      { Name: "hourly", GroupName: { Ref: "Group" }, State: "ENABLED", Description: "runs watch" },
      {
        Arn: arn("Watch"),
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
        DeadLetterConfig: { Arn: arn("Failures") },
      },
    ),
    Failing: schedule({ Name: "failing" }, { Arn: arn("Watch"), Input: '{"fail":true}' }),
    ToQueue: schedule(
      { Name: "to-queue", ScheduleExpressionTimezone: "Europe/Berlin" },
      { Arn: arn("Slots") },
    ),
    Config: {
      ...invokeConfig({
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds: "3600",
        DestinationConfig: { OnFailure: { Destination: arn("Failures") } },
      }),
    },
  };
  const Config = {
    ...resources["Config"],
    Properties: { ...resources["Config"]?.Properties, FunctionName: { Ref: "Watch" } },
  };

  test("run in a pool of processes per function", async () => {
    const { endpoint } = emulators;
    const provisioned = await bringUp({ ...resources, Config } as Record<string, Resource>);
    const prefix = `t${count}`;
    const invocations: Invocation[] = [];
    const functions = await openFunctions(provisioned, endpoint, {
      functionEndpoint: endpoint.url,
      log: () => undefined,
      onInvocation: (invocation) => void invocations.push(invocation),
      onHandled: (messageIds) => targets.handled(messageIds),
    });
    const targets = openScheduleTargets(functions, endpoint);
    const scheduler = startScheduler(provisioned.schedules, targets, { log: () => undefined });
    try {
      await scheduler.fire("hourly", Date.parse("2026-11-26T11:00:00Z"));
      await scheduler.fire("to-queue");
      await scheduler.fire("failing");
      const QueueUrl = `${endpoint.url}/${endpoint.account}/${prefix}-Q.fifo`;
      const message = { QueueUrl, MessageGroupId: "a", MessageDeduplicationId: "1", MessageBody: "m" };
      await endpoint.queues.call("SendMessage", message);
      while ((await endpoint.queues.inspect(`${prefix}-Q.fifo`)).length > 0 || functions.running > 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(invocations.map(({ functionName }) => functionName)).toEqual(
        ["Watch", "F", "Watch", "F"].map((name) => `${prefix}-${name}`),
      );
      expect(invocations[0]?.outcome).toEqual({ kind: "done", payload: { slot: "2026-11-26T11:00:00Z" } });
      // F has two event sources and one process; Watch has none.
      expect(new Set(invocations.map(({ pid }) => pid)).size).toBe(2);
      const [failure] = await endpoint.queues.inspect(`${prefix}-Failures`);
      expect(JSON.parse(failure?.body ?? "")).toMatchObject({
        requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
        requestPayload: { fail: true },
        responsePayload: { errorType: "RangeError" },
      });
      expect(scheduler.schedules().map(({ name, timeZone }) => [name, timeZone])).toEqual([
        ["hourly", "UTC"],
        ["failing", "UTC"],
        ["to-queue", "Europe/Berlin"],
      ]);
      expect(provisioned.schedules[0]?.arn).toBe(
        `arn:aws:scheduler:us-east-1:${endpoint.account}:schedule/${prefix}-Group/hourly`,
      );
    } finally {
      scheduler.close();
      targets.close();
      await functions.close();
    }
  });

  test("send every call, and every queue URL, to the function endpoint", async () => {
    const { endpoint } = emulators;
    const functionEndpoint = "http://127.0.0.1:9";
    const provisioned = await bringUp({ Q: queue(fifo), F: resources["F"] ?? echo(), Other: echo() });
    const functions = await openFunctions(provisioned, endpoint, {
      functionEndpoint,
      log: () => undefined,
      onInvocation: () => undefined,
      onHandled: () => undefined,
    });
    try {
      const asked = ["F", "Other"].map((name) => functions.invoke(`t${count}-${name}`, { env: true }));
      expect((await Promise.all(asked)).map(({ outcome }) => outcome)).toEqual([
        {
          kind: "done",
          payload: {
            url: functionEndpoint,
            outbox: `${functionEndpoint}/${endpoint.account}/t${count}-Q.fifo`,
          },
        },
        { kind: "done", payload: { url: functionEndpoint } },
      ]);
    } finally {
      await functions.close();
    }
  });
});
