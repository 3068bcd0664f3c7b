import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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

test("without any stack it says what to do", async () => {
  await expect(findStack({}, folder)).rejects.toThrow(UsageError);
  await expect(findStack({}, folder)).rejects.toThrow("Start one with `npm start`");
  outputs("{");
  await expect(findStack({}, folder)).rejects.toThrow("is no JSON");
  outputs({ ...deployed, second: deployed.feedbell });
  await expect(findStack({}, folder)).rejects.toThrow("has 2 stacks");
});
