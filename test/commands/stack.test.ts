import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { UsageError } from "../../functions/console/usage-error.ts";
import { findStack, need } from "../../functions/commands/stack.ts";
import { writeLocalFile } from "../../infra/local/state-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "feedbell-stack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const outputs = (content: unknown) =>
  writeFileSync(
    path.join(folder, "outputs.json"),
    typeof content === "string" ? content : JSON.stringify(content),
  );

const queue = "https://sqs.eu-central-1.amazonaws.com/123456789012/in";
const deadLetterQueue = "https://sqs.eu-central-1.amazonaws.com/123456789012/dead";
const deployed = {
  feedbell: {
    TopicCityDesk: "arn:aws:sns:eu-central-1:123456789012:feedbell-city-desk",
    BucketName: "b",
    IntakeQueueUrl: queue,
    DeadLetterQueueUrl: deadLetterQueue,
    TableName: "t",
  },
};

test("the options name a stack, and nothing else is mixed in", async () => {
  outputs(deployed);
  const stack = await findStack({ queue }, folder);
  expect(stack).toMatchObject({ queue, region: "eu-central-1" });
  expect(() => need(stack, "bucket", "queue", "deadLetterQueue")).toThrow(
    "--bucket and --dead-letter-queue must be given as well.",
  );
});

test("a topic names its region", async () => {
  const topic = deployed.feedbell.TopicCityDesk;
  const stack = await findStack({ topic }, folder);
  expect(stack.region).toBe("eu-central-1");
  expect(stack.topicOf("any")).toBe(topic);
});

test("what cdk deploy wrote names the deployed stack and its region", async () => {
  outputs(deployed);
  const { topicOf, ...stack } = await findStack({}, folder);
  expect(topicOf("city-desk")).toBe(deployed.feedbell.TopicCityDesk);
  expect(topicOf("alerts")).toBeUndefined();
  expect(stack).toEqual({
    name: "the deployed stack feedbell",
    bucket: "b",
    queue,
    deadLetterQueue,
    table: "t",
    region: "eu-central-1",
  });
});

test("a local stack that lives comes first; a file left by a dead one does not count", async () => {
  outputs(deployed);
  const inbox = createServer((_, response) => response.end(JSON.stringify({ pid: process.pid })));
  await new Promise<void>((resolve) => inbox.listen(0, "127.0.0.1", resolve));
  const endpoint = "http://127.0.0.1:9";
  await writeLocalFile(
    {
      endpoint,
      region: "us-east-1",
      bucket: "local",
      topics: {},
      queues: {
        intake: `${endpoint}/0/in`,
        deadLetter: `${endpoint}/0/dead`,
        outbox: `${endpoint}/0/out.fifo`,
        outboxDeadLetter: `${endpoint}/0/out-dead.fifo`,
        slots: `${endpoint}/0/slots`,
      },
      table: "t",
      inbox: `http://127.0.0.1:${(inbox.address() as AddressInfo).port}`,
      drop: folder,
    },
    folder,
  );
  expect(await findStack({}, folder)).toMatchObject({ bucket: "local", queue: `${endpoint}/0/in`, endpoint });
  inbox.closeAllConnections();
  await new Promise((resolve) => inbox.close(resolve));
  expect(await findStack({}, folder)).toMatchObject({ bucket: "b" });
});

describe("a stack by its name", () => {
  const requests: string[] = [];
  let cloudFormation: Server;
  beforeAll(async () => {
    cloudFormation = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        requests.push(body);
        const name = new URLSearchParams(body).get("StackName") ?? "";
        response.writeHead(name in stacks ? 200 : 400, { "content-type": "text/xml" });
        response.end(name in stacks ? described(stacks[name]!) : noStack(name));
      });
    });
    await new Promise<void>((resolve) => cloudFormation.listen(0, "127.0.0.1", resolve));
    const { port } = cloudFormation.address() as AddressInfo;
    vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", `http://127.0.0.1:${port}`);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await new Promise((resolve) => cloudFormation.close(resolve));
  });

  /** Outputs by stack, in the form of the API's answer. */
  const stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "news-room": deployed.feedbell,
    website: { Url: "https://website.example" },
  };
  const described = (of: Readonly<Record<string, string>>) =>
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-11-26T08:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${Object.entries(
      of,
    )
      .map(
        ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      )
      .join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  const noStack = (name: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`;

  test("is found by its outputs, not by those of this folder", async () => {
    outputs({ feedbell: { ...deployed.feedbell, BucketName: "other" } });
    const stack = await findStack({ stack: "news-room" }, folder);
    expect(stack).toMatchObject({
      name: "the deployed stack news-room",
      bucket: "b",
      queue,
      region: "eu-central-1",
    });
    expect(stack.topicOf("city-desk")).toBe(deployed.feedbell.TopicCityDesk);
    expect(requests.at(-1)).toContain("StackName=news-room");
  });

  test("that is unknown, of something else, or named beside its parts is wrong usage", async () => {
    await expect(findStack({ stack: "news" }, folder)).rejects.toThrow("There is no stack news in this");
    await expect(findStack({ stack: "website" }, folder)).rejects.toThrow("has no output BucketName");
    await expect(findStack({ stack: "news-room", bucket: "b" }, folder)).rejects.toThrow(UsageError);
  });

  test("says what to check where the service refuses", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_CLOUDFORMATION", "http://127.0.0.1:9");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    await expect(findStack({ stack: "news-room" }, folder)).rejects.toThrow("cloudformation:DescribeStacks");
  });
});

test("without any stack it says what to do", async () => {
  await expect(findStack({}, folder)).rejects.toThrow(UsageError);
  await expect(findStack({}, folder)).rejects.toThrow("Start one with `npm start`");
  outputs("{");
  await expect(findStack({}, folder)).rejects.toThrow("is no JSON");
  outputs({ ...deployed, second: deployed.feedbell });
  await expect(findStack({}, folder)).rejects.toThrow("has 2 stacks");
});
