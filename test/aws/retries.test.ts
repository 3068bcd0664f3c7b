import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishBatchCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isTransient, retriesInTime, type RetriesInTime } from "../../functions/aws/retries.ts";
import { openFunctionClients, type Clients, type FunctionClients } from "../support/function-clients.ts";

describe("a transient failure", () => {
  let open: FunctionClients;
  let retries: RetriesInTime;
  let clients: Clients;

  beforeAll(async () => {
    open = await openFunctionClients();
  });
  beforeEach(() => {
    ({ clients, retries } = open.create());
  });
  afterAll(() => open.close());

  const put = () =>
    clients.s3.send(new PutObjectCommand({ Bucket: "snapshots", Key: "snapshots/a", Body: "text" }));

  test.each(["error before", "throttled", "silence before", "cut before", "error after"] as const)(
    "is retried until the deadline: %s, eight times",
    async (kind) => {
      retries.until(Date.now() + 30_000);
      open.fail(kind, 8);
      await put();
      expect(open.proxy.seen).toHaveLength(9);
    },
  );

  test.each(["error before", "throttled", "cut before"] as const)(
    "is retried three times after the deadline: %s",
    async (kind) => {
      retries.until(Date.now());
      open.fail(kind, Infinity);
      await expect(put()).rejects.toHaveProperty("$metadata.attempts", 4);
      expect(open.proxy.seen).toHaveLength(4);
    },
  );

  test("is not retried for longer than the deadline allows", async () => {
    const start = Date.now();
    retries.until(start + 400);
    open.fail("error before", Infinity);
    await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(open.proxy.seen.length).toBeGreaterThan(4);
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  test("of a publish is not retried by the client, and no lasting failure is", async () => {
    retries.until(Date.now() + 30_000);
    open.proxy.reset(() => undefined);
    const key = { pk: { S: "a" }, sk: { S: "a" } };
    await expect(
      clients.dynamodb.send(new GetItemCommand({ TableName: "none", Key: key })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(open.proxy.seen).toHaveLength(1);
    open.fail("error before", Infinity);
    const TopicArn = "arn:aws:sns:eu-west-1:123456789012:none";
    const PublishBatchRequestEntries = [
      { Id: "0", Message: JSON.stringify({ default: '{"entries":[]}', email: "text" }) },
    ];
    await expect(
      clients.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(open.proxy.seen).toHaveLength(1);
  });
});

describe("Retry-After", () => {
  let server: Server;
  let retryAfter: string;
  let failures: number;
  let client: S3Client;
  const retries = retriesInTime({ now: () => Date.now(), random: () => 0 });

  beforeAll(async () => {
    server = createServer((_, response) => {
      if (failures-- > 0) response.writeHead(503, { "retry-after": retryAfter });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = new S3Client({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      forcePathStyle: true,
      retryStrategy: retries.strategy,
    });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  /** Milliseconds until a call succeeds that fails once with this header. */
  const timeOf = async (header: string) => {
    retryAfter = header;
    failures = 1;
    const start = performance.now();
    await client.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: "text" }));
    return performance.now() - start;
  };

  test("delays the retry", async () => {
    retries.until(Date.now() + 30_000);
    expect(await timeOf("1")).toBeGreaterThan(900);
  });

  test.each(["3600", new Date(Date.now() + 3_600_000).toUTCString()])(
    "of an hour (%s) is capped by the time left",
    async (header) => {
      retries.until(Date.now() + 800);
      const milliseconds = await timeOf(header);
      expect(milliseconds).toBeGreaterThan(400);
      expect(milliseconds).toBeLessThan(2_500);
    },
  );

  test("does not delay a retry after the deadline", async () => {
    retries.until(Date.now() - 1_000);
    expect(await timeOf("3600")).toBeLessThan(1_000);
  });

  test("is capped at five seconds, however much time is left", async () => {
    const strategy = retriesInTime({ now: () => 1_000, random: () => 0 });
    strategy.until(1_000_000);
    const token = await strategy.strategy.acquireInitialRetryToken("");
    const retryAfterHint = new Date(900_000);
    const next = await strategy.strategy.refreshRetryTokenForRetry(token, {
      errorType: "THROTTLING",
      retryAfterHint,
    });
    expect(next.getRetryDelay()).toBe(5_000);
  });
});

describe("the wait before a retry", () => {
  const retries = retriesInTime({ now: () => 10_000, random: () => 1 });

  test("doubles with each retry and starts ten times longer after throttling", () => {
    retries.until(Infinity);
    expect([1, 2, 3, 4].map((attempt) => retries.wait(attempt, false))).toEqual([50, 100, 200, 400]);
    expect([1, 2, 3, 4].map((attempt) => retries.wait(attempt, true))).toEqual([500, 1000, 2000, 4000]);
    expect(retries.wait(30, false)).toBe(5_000);
  });

  test("ends before the deadline; the first three retries are always made", () => {
    retries.until(10_400);
    expect(retries.wait(4, false)).toBeUndefined();
    expect(retries.wait(3, true)).toBe(2_000);
    retries.until(10_401);
    expect(retries.wait(4, false)).toBe(400);
  });
});

describe("isTransient", () => {
  const serviceError = (name: string, httpStatusCode?: number) =>
    Object.assign(new Error(name), {
      name,
      $metadata: httpStatusCode === undefined ? {} : { httpStatusCode },
    });

  test.each([
    ["InternalError", 500],
    ["ServiceUnavailable", 503],
    ["TooManyRequestsException", 429],
    ["TimeoutError", undefined],
    ["ProvisionedThroughputExceededException", 400],
    ["RequestLimitExceeded", 400],
    ["ThrottlingException", 400],
  ])("%s with status %s is", (name, status) => {
    expect(isTransient(serviceError(name, status))).toBe(true);
  });

  test.each([
    ["AccessDenied", 403],
    ["NoSuchKey", 404],
    ["ValidationException", 400],
    ["ConditionalCheckFailedException", 400],
  ])("%s with status %s is not", (name, status) => {
    expect(isTransient(serviceError(name, status))).toBe(false);
  });

  test("a fault of the program, or a value that is no error, is not", () => {
    expect(isTransient(new TypeError("x is not a function"))).toBe(false);
    expect(isTransient("TimeoutError")).toBe(false);
    expect(isTransient({ $metadata: {} })).toBe(false);
  });
});
