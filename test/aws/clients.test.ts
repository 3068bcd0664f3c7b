import { createServer, type AddressInfo } from "node:net";
import { PublishCommand } from "@aws-sdk/client-sns";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import {
  createClients,
  openFunctionClients,
  type Clients,
  type FunctionClients,
} from "../support/function-clients.ts";

let open: FunctionClients;
let clients: Clients;

beforeAll(async () => {
  open = await openFunctionClients();
});
beforeEach(() => {
  ({ clients } = open.create(1));
  open.proxy.reset(() => undefined);
});
afterEach(() => {
  for (const client of Object.values(clients)) client.destroy();
});
afterAll(() => open.close());

test("a call without an answer fails after a quarter of the function's time-out", async () => {
  open.fail("silence before", Infinity);
  const start = performance.now();
  await expect(
    clients.sns.send(new PublishCommand({ TopicArn: "arn:aws:sns:eu-west-1:1:none", Message: "text" })),
  ).rejects.toMatchObject({ name: "TimeoutError" });
  const milliseconds = performance.now() - start;
  expect(milliseconds).toBeGreaterThan(200);
  expect(milliseconds).toBeLessThan(2_000);
});

test("a call whose answer arrives too slowly fails as well", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write("HTTP/1.1 200 OK\r\nx-slow: ");
    const timer = setInterval(() => socket.write("a"), 50);
    socket.on("close", () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const { sns } = open.create(1).clients;
    const call = sns.send(new PublishCommand({ TopicArn: "arn:aws:sns:eu-west-1:1:none", Message: "text" }));
    await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
    sns.destroy();
  } finally {
    vi.stubEnv("AWS_ENDPOINT_URL", open.proxy.url);
    server.close();
  }
});

test("a publish is sent once", async () => {
  open.fail("throttled", Infinity);
  await expect(
    clients.sns.send(new PublishCommand({ TopicArn: "arn:aws:sns:eu-west-1:1:none", Message: "text" })),
  ).rejects.toMatchObject({ $metadata: { attempts: 1 } });
  expect(open.proxy.seen).toHaveLength(1);
});

test("SQS calls go to AWS_ENDPOINT_URL, not to the host of the queue URL", async () => {
  const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: "intake" }));
  open.proxy.reset(() => undefined);
  const elsewhere = QueueUrl.replace(/^http:\/\/[^/]+/, "http://127.0.0.1:1");
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: elsewhere, MessageBody: "text" }));
  expect(open.proxy.seen.map(({ name }) => name.split(" ")[0])).toEqual(["sqs.SendMessage"]);
});

test("S3 calls name the bucket in the path if an endpoint is set, and in the host otherwise", async () => {
  const hostOf = async (s3: Clients["s3"]) => {
    let host = "";
    s3.middlewareStack.add(
      () => async (args) => {
        ({ hostname: host } = args.request as { hostname: string });
        return { response: {}, output: { $metadata: {} } };
      },
      { step: "finalizeRequest", priority: "high" },
    );
    await s3.send(new GetObjectCommand({ Bucket: "snapshots", Key: "a" }));
    return host;
  };
  try {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://storage.example");
    expect(await hostOf(open.create().clients.s3)).toBe("storage.example");
    vi.stubEnv("AWS_ENDPOINT_URL", undefined);
    expect(await hostOf(open.create().clients.s3)).toBe("snapshots.s3.eu-west-1.amazonaws.com");
    vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://storage.example");
    expect(await hostOf(open.create().clients.s3)).toBe("storage.example");
  } finally {
    vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
    vi.stubEnv("AWS_ENDPOINT_URL", open.proxy.url);
  }
});

test("retries of S3, SQS and DynamoDB come from the given strategy", async () => {
  const { strategy } = open.create().retries;
  const given = createClients(1, { strategy });
  for (const client of [given.s3, given.sqs, given.dynamodb])
    expect(await client.config.retryStrategy()).toBe(strategy);
});
