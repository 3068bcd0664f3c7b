import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishBatchCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createClients, type Clients } from "../../functions/aws/clients.ts";
import { retriesInTime, type RetriesInTime } from "../../functions/aws/retries.ts";
import { s3Snapshots } from "../../functions/aws/snapshots.ts";
import type { Clock, SnapshotVersion } from "../../functions/core/ports.ts";
import { createBucket } from "../../infra/local/emulators/s3/buckets.ts";
import { openProxy, type Kind, type Proxy } from "../faults/proxy.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";

/** The function's own clients, through a proxy that lets calls fail. */
describe("calls that fail for a passing reason", () => {
  const clock: Clock = {
    now: () => Date.now(),
    // A twentieth of the waits; the order of things is the same.
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / 20)),
    random: () => Math.random() / 20,
  };
  let emulators: Emulators;
  let proxy: Proxy;
  let retries: RetriesInTime;
  let clients: Clients;

  beforeAll(async () => {
    [emulators, proxy] = await Promise.all([openEmulators(), openProxy()]);
    proxy.connect(emulators.endpoint.url, () => undefined);
    createBucket(emulators.endpoint.s3.buckets, "snapshots").versioned = true;
    vi.stubEnv("AWS_ENDPOINT_URL", proxy.url);
    vi.stubEnv("AWS_REGION", "eu-west-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
  });
  beforeEach(() => {
    retries = retriesInTime(clock);
    clients = createClients(1, retries);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await proxy.close();
    await emulators.close();
  });

  /** Lets the first `times` calls fail. */
  const fail = (kind: Kind, times: number) => {
    let left = times;
    proxy.reset(() => (left-- > 0 ? kind : undefined));
  };
  const put = () =>
    clients.s3.send(new PutObjectCommand({ Bucket: "snapshots", Key: "snapshots/a", Body: "text" }));

  test.each(["error before", "throttled", "silence before", "cut before", "error after"] as const)(
    "are repeated while there is time: %s, eight times",
    async (kind) => {
      retries.until(Date.now() + 30_000);
      fail(kind, 8);
      await put();
      expect(proxy.seen).toHaveLength(9);
    },
  );

  test.each(["error before", "throttled", "cut before"] as const)(
    "are repeated three times when there is no time: %s",
    async (kind) => {
      retries.until(Date.now());
      fail(kind, Infinity);
      await expect(put()).rejects.toHaveProperty("$metadata.attempts", 4);
      expect(proxy.seen).toHaveLength(4);
    },
  );

  test("are given up when the time is up", async () => {
    const start = Date.now();
    retries.until(start + 400);
    fail("error before", Infinity);
    await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(proxy.seen.length).toBeGreaterThan(4);
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  test("and a lasting one, or a publish, are not repeated", async () => {
    retries.until(Date.now() + 30_000);
    proxy.reset(() => undefined);
    const key = { pk: { S: "a" }, sk: { S: "a" } };
    await expect(
      clients.dynamodb.send(new GetItemCommand({ TableName: "none", Key: key })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(proxy.seen).toHaveLength(1);
    fail("error before", Infinity);
    const TopicArn = "arn:aws:sns:eu-west-1:123456789012:none";
    const PublishBatchRequestEntries = [
      { Id: "0", Message: JSON.stringify({ default: '{"entries":[]}', email: "text" }) },
    ];
    await expect(
      clients.sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(proxy.seen).toHaveLength(1);
  });

  const upload = async (body: Buffer) => {
    proxy.reset(() => undefined);
    const version = { bucket: "snapshots", key: "snapshots/long" };
    const { VersionId } = await clients.s3.send(
      new PutObjectCommand({ Bucket: version.bucket, Key: version.key, Body: body }),
    );
    return { ...version, ...(VersionId !== undefined && { versionId: VersionId }) };
  };
  const read = async (version: SnapshotVersion) => {
    const { chunks } = await s3Snapshots(clients.s3, clock, retries).open(version);
    return Buffer.concat(await Array.fromAsync(chunks));
  };
  const body = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7) % 251));

  test("a body that breaks off again and again is read on where it ended, whatever was uploaded since", async () => {
    const version = await upload(body);
    await upload(Buffer.from("another version"));
    retries.until(Date.now() + 30_000);
    fail("partly", 6);
    expect((await read(version)).equals(body)).toBe(true);
    expect(proxy.seen).toHaveLength(7);
  });

  test("without a version only the bytes that the event names are read and put aside", async () => {
    const Bucket = "snapshots";
    const Key = "snapshots/now";
    proxy.reset(() => undefined);
    const { ETag = "" } = await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: "before" }));
    const named = { bucket: Bucket, key: Key, etag: ETag.replaceAll('"', "") };
    const snapshots = s3Snapshots(clients.s3, clock, retries);
    expect(await read(named)).toEqual(Buffer.from("before"));
    await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: "after" }));
    await expect(snapshots.open(named)).rejects.toMatchObject({ code: "snapshot-gone" });
    await snapshots.quarantine(named, { code: "snapshot-gone", found: "", expected: "", hint: "" });
    const keys = [...(emulators.endpoint.s3.buckets.get(Bucket)?.objects.keys() ?? [])];
    expect(keys.filter((key) => key.startsWith("quarantine/"))).toEqual(["quarantine/now.reason.json"]);
  });

  test("a body that never comes to its end fails when there is no time", async () => {
    const version = await upload(body);
    retries.until(Date.now());
    let isFirst = true;
    // Half of it, and from then on nothing.
    proxy.reset(() => {
      const kind = isFirst ? "partly" : "error before";
      isFirst = false;
      return kind;
    });
    await expect(read(version)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });
});
