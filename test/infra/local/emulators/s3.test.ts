import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createBucket, type Bucket } from "../../../../infra/local/emulators/s3/buckets.ts";
import { encodeEventKey, setNotifications } from "../../../../infra/local/emulators/s3/notifications.ts";
import { openEmulators, refusal, type Emulators } from "../../../support/open-emulators.ts";

let emulators: Emulators;
let bucket: Bucket;
let count = 0;

beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());
beforeEach(() => {
  count += 1;
  bucket = createBucket(emulators.endpoint.s3.buckets, `bucket-${count}`);
  bucket.versioned = true;
});

const put = (Key: string, Body: string | Buffer | Readable, more: object = {}) =>
  emulators.clients.s3.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body, ...more }));
const get = (Key: string, more: object = {}) =>
  emulators.clients.s3.send(new GetObjectCommand({ Bucket: bucket.name, Key, ...more }));
const text = async (Key: string, more: object = {}) => (await get(Key, more)).Body?.transformToString();

describe("objects", () => {
  test("every version is readable; GET without a version returns the newest", async () => {
    const first = await put("a/b.md", "one", { ContentType: "text/markdown", Metadata: { from: "me" } });
    const second = await put("a/b.md", "two");
    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await text("a/b.md")).toBe("two");
    expect(await text("a/b.md", { VersionId: first.VersionId })).toBe("one");
    const { ContentType, Metadata, ETag } = await get("a/b.md", { VersionId: first.VersionId });
    expect({ ContentType, Metadata }).toEqual({ ContentType: "text/markdown", Metadata: { from: "me" } });
    expect(ETag).toBe(`"${createHash("md5").update("one").digest("hex")}"`);
  });

  test("keys in any script and with any punctuation", async () => {
    for (const key of ["快照/一 二+三&四.md", "a//b", "x/../y", "100%/?#", "مرحبا", "💡.xml", "~'()*!"]) {
      await put(key, key);
      expect(await text(key)).toBe(key);
    }
  });

  test("a delete writes a marker; older versions stay readable", async () => {
    const { VersionId } = await put("gone", "was here");
    const { DeleteMarker } = await emulators.clients.s3.send(
      new DeleteObjectCommand({ Bucket: bucket.name, Key: "gone" }),
    );
    expect(DeleteMarker).toBe(true);
    expect(await refusal(get("gone"))).toEqual({ name: "NoSuchKey", status: 404 });
    expect(await text("gone", { VersionId })).toBe("was here");
    await emulators.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: "gone", VersionId }));
    expect(await refusal(get("gone", { VersionId }))).toEqual({ name: "NoSuchVersion", status: 404 });
  });

  test("ranges and conditional reads", async () => {
    const { ETag } = await put("digits", "0123456789");
    expect(await text("digits", { Range: "bytes=2-4" })).toBe("234");
    expect(await text("digits", { Range: "bytes=-3" })).toBe("789");
    expect((await get("digits", { Range: "bytes=7-" })).ContentRange).toBe("bytes 7-9/10");
    expect((await refusal(get("digits", { Range: "bytes=10-" }))).status).toBe(416);
    expect((await refusal(get("digits", { IfNoneMatch: ETag }))).status).toBe(304);
    expect((await refusal(get("digits", { IfMatch: '"other"' }))).status).toBe(412);
    const head = await emulators.clients.s3.send(
      new HeadObjectCommand({ Bucket: bucket.name, Key: "digits" }),
    );
    expect(head.ContentLength).toBe(10);
  });

  test("conditional writes: If-None-Match and If-Match", async () => {
    const { ETag } = await put("once", "first", { IfNoneMatch: "*" });
    expect(await refusal(put("once", "second", { IfNoneMatch: "*" }))).toEqual({
      name: "PreconditionFailed",
      status: 412,
    });
    expect((await refusal(put("once", "second", { IfMatch: '"0"' }))).status).toBe(412);
    expect((await refusal(put("absent", "x", { IfMatch: ETag }))).status).toBe(404);
    await put("once", "second", { IfMatch: ETag });
    expect(await text("once")).toBe("second");
  });

  test("of concurrent conditional creates of a key, one succeeds", async () => {
    const tries = Array.from({ length: 20 }, (_, i) =>
      put("race", `${i}`, { IfNoneMatch: "*" }).then(
        () => true,
        () => false,
      ),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  test("a copy has the requested version and its headers; a copy onto itself is rejected", async () => {
    const { VersionId } = await put("from me", "one", { ContentType: "text/x" });
    await put("from me", "two");
    const source = `${bucket.name}/${encodeURIComponent("from me")}`;
    const copy = (Key: string, CopySource: string) =>
      emulators.clients.s3.send(new CopyObjectCommand({ Bucket: bucket.name, Key, CopySource }));
    await copy("to", `${source}?versionId=${VersionId}`);
    expect(await text("to")).toBe("one");
    expect((await get("to")).ContentType).toBe("text/x");
    expect((await refusal(copy("from me", source))).name).toBe("InvalidRequest");
    expect((await refusal(copy("to", `${bucket.name}/nothing`))).name).toBe("NoSuchKey");
  });

  test("rejects bytes that do not match their checksum", async () => {
    const url = `${emulators.endpoint.url}/${bucket.name}/sum`;
    const send = async (headers: Record<string, string>) =>
      (await fetch(url, { method: "PUT", body: "hello", headers })).text();
    expect(await send({ "content-md5": createHash("md5").update("other").digest("base64") })).toContain(
      "BadDigest",
    );
    expect(await send({ "x-amz-checksum-crc32": "AAAAAA==" })).toContain("BadDigest");
    const wrong = createHash("sha256").update("other").digest("hex");
    expect(await send({ "x-amz-content-sha256": wrong })).toContain("XAmzContentSHA256Mismatch");
    expect(await refusal(get("sum"))).toEqual({ name: "NoSuchKey", status: 404 });
  });

  test("rejects operations that are not implemented, by name", async () => {
    const call = emulators.clients.s3.send(new GetBucketTaggingCommand({ Bucket: bucket.name }));
    expect(await refusal(call)).toEqual({ name: "NotImplemented", status: 501 });
  });
});

describe("lists", () => {
  beforeEach(async () => {
    for (const key of ["a/1", "a/2", "b/1", "c"]) await put(key, key);
    await emulators.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: "b/1" }));
  });

  test("by prefix, delimiter and page, without deleted objects", async () => {
    const list = (more: object) =>
      emulators.clients.s3.send(new ListObjectsV2Command({ Bucket: bucket.name, ...more }));
    const { Contents, CommonPrefixes } = await list({ Delimiter: "/" });
    expect(Contents?.map(({ Key }) => Key)).toEqual(["c"]);
    expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["a/"]);
    const first = await list({ MaxKeys: 2 });
    expect(first.IsTruncated).toBe(true);
    const second = await list({ MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
    expect(second.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([["c", 1]]);
    const old = await emulators.clients.s3.send(
      new ListObjectsCommand({ Bucket: bucket.name, Prefix: "a/" }),
    );
    expect(old.Contents?.map(({ Key }) => Key)).toEqual(["a/1", "a/2"]);
  });

  test("versions and delete markers", async () => {
    const { Versions, DeleteMarkers } = await emulators.clients.s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket.name, Prefix: "b/" }),
    );
    expect(Versions?.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([["b/1", false]]);
    expect(DeleteMarkers?.map(({ Key, IsLatest }) => [Key, IsLatest])).toEqual([["b/1", true]]);
  });

  test("one call deletes many objects", async () => {
    const Objects = [{ Key: "a/1" }, { Key: "a/2" }, { Key: "never there" }];
    const { Deleted } = await emulators.clients.s3.send(
      new DeleteObjectsCommand({ Bucket: bucket.name, Delete: { Objects } }),
    );
    expect(Deleted).toHaveLength(3);
    expect([...bucket.objects.keys()].filter((key) => bucket.objects.get(key)?.[0]?.body)).toEqual(["c"]);
  });
});

describe("large bodies", () => {
  test("a PUT of 100 MB in chunks with a trailing checksum", async () => {
    const piece = randomBytes(1_000_000);
    const sent = createHash("sha256");
    async function* pieces() {
      for (let i = 0; i < 100; i += 1) {
        piece.writeUInt32BE(i);
        sent.update(piece);
        yield Buffer.from(piece);
      }
    }
    await put("large", Readable.from(pieces()), { ContentLength: 100_000_000 });
    const received = createHash("sha256");
    const { Body, ContentLength } = await get("large");
    for await (const chunk of Body as AsyncIterable<Buffer>) received.update(chunk);
    expect(ContentLength).toBe(100_000_000);
    expect(received.digest("hex")).toBe(sent.digest("hex"));
  });

  test("a multipart upload becomes one object; an aborted upload leaves no file", async () => {
    const Key = "parts";
    const upload = async (sizes: number[]) => {
      const { UploadId } = await emulators.clients.s3.send(
        new CreateMultipartUploadCommand({ Bucket: bucket.name, Key }),
      );
      const Parts = await Promise.all(
        sizes.map(async (size, index) => {
          const part = { Bucket: bucket.name, Key, UploadId, PartNumber: index + 1 };
          const Body = Buffer.alloc(size, 65 + index);
          const { ETag } = await emulators.clients.s3.send(new UploadPartCommand({ ...part, Body }));
          return { ETag, PartNumber: index + 1 };
        }),
      );
      return { UploadId, MultipartUpload: { Parts } };
    };
    const complete = (uploaded: Awaited<ReturnType<typeof upload>>) =>
      emulators.clients.s3.send(
        new CompleteMultipartUploadCommand({ Bucket: bucket.name, Key, ...uploaded }),
      );
    const mebi = 1024 ** 2;
    const { ETag } = await complete(await upload([5 * mebi, 5 * mebi, 3]));
    expect(ETag).toMatch(/-3"$/);
    expect(await text(Key, { Range: `bytes=${5 * mebi - 2}-${5 * mebi + 1}` })).toBe("AABB");
    expect(await text(Key, { Range: "bytes=-4" })).toBe("BCCC");
    expect((await refusal(complete(await upload([10, 10])))).name).toBe("EntityTooSmall");

    const before = (await readdir(emulators.endpoint.s3.directory)).length;
    const { UploadId } = await upload([20]);
    await emulators.clients.s3.send(new AbortMultipartUploadCommand({ Bucket: bucket.name, Key, UploadId }));
    expect(await readdir(emulators.endpoint.s3.directory)).toHaveLength(before);
  });
});

describe("notifications", () => {
  const queueArn = "arn:aws:sqs:us-east-1:000000000000:events";
  const QueueUrl = () => `${emulators.endpoint.url}/000000000000/events`;
  const drain = async () => {
    const reply = await emulators.endpoint.queues.call("ReceiveMessage", {
      QueueUrl: QueueUrl(),
      MaxNumberOfMessages: 10,
    });
    const messages = (reply["Messages"] ?? []) as { Body: string; ReceiptHandle: string }[];
    for (const { ReceiptHandle } of messages) {
      await emulators.endpoint.queues.call("DeleteMessage", { QueueUrl: QueueUrl(), ReceiptHandle });
    }
    return messages.map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
  };
  const watch = () =>
    setNotifications(emulators.endpoint.s3, bucket, [
      { id: "rule", queueArn, events: ["s3:ObjectCreated:*"], prefix: "snapshots/", suffix: "" },
    ]);

  beforeAll(() => emulators.endpoint.queues.call("CreateQueue", { QueueName: "events" }));

  test("sends a test event when notifications are configured", async () => {
    await watch();
    expect(await drain()).toMatchObject([{ Event: "s3:TestEvent", Bucket: bucket.name }]);
  });

  test("an event has the encoded key, version, ETag, size and sequencer", async () => {
    await watch();
    await drain();
    const first = await put("snapshots/red flower+1.jpg", "one");
    const second = await put("snapshots/red flower+1.jpg", "three");
    await put("elsewhere/x", "unheard");
    await emulators.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: "snapshots/x" }));
    const events = await drain();
    const objects = events.map((event) => {
      const [record] = event["Records"] as {
        eventName: string;
        s3: { object: Record<string, string | number> };
      }[];
      expect(record?.eventName).toBe("ObjectCreated:Put");
      return record?.s3.object ?? {};
    });
    expect(objects).toMatchObject([
      { key: "snapshots/red+flower%2B1.jpg", size: 3, versionId: first.VersionId },
      { key: "snapshots/red+flower%2B1.jpg", size: 5, versionId: second.VersionId },
    ]);
    expect(objects[0]?.["eTag"]).toBe(first.ETag?.replaceAll('"', ""));
    expect(String(objects[0]?.["sequencer"]) < String(objects[1]?.["sequencer"])).toBe(true);
  });

  test.each([
    ["a b", "a+b"],
    ["a+b", "a%2Bb"],
    ["a/b:c=(d)", "a/b%3Ac%3D%28d%29"],
    ["快照/一.md", "%E5%BF%AB%E7%85%A7/%E4%B8%80.md"],
    ["*-._", "*-._"],
  ])("the key %s is encoded as %s", (key, encoded) => {
    expect(encodeEventKey(key)).toBe(encoded);
    expect(decodeURIComponent(encoded.replaceAll("+", " "))).toBe(key);
  });
});
