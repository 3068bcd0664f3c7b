import { PutObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RetriesInTime } from "../../functions/aws/retries.ts";
import { prefixes } from "../../functions/aws/environment.ts";
import { originalKey, quarantineKey, s3Snapshots, snapshotOfReason } from "../../functions/aws/snapshots.ts";
import type { QuarantineReason, Snapshots } from "../../functions/core/ports.ts";
import type { SnapshotVersion } from "../../functions/core/snapshot.ts";
import { openFunctionClients, type Clients, type FunctionClients } from "../support/function-clients.ts";

const bucket = "snapshots";
const body = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7) % 251));
const reason: QuarantineReason = {
  code: "format-unknown",
  found: "hello",
  expected: "a feed",
  hint: "Upload a feed.",
};

let open: FunctionClients;
let clients: Clients;
let retries: RetriesInTime;
let snapshots: Snapshots;

beforeAll(async () => {
  open = await openFunctionClients();
});
beforeEach(() => {
  ({ clients, retries } = open.create(30));
  retries.until(Date.now() + 30_000);
  snapshots = s3Snapshots(clients.s3, open.clock, retries);
  open.proxy.reset(() => undefined);
});
afterAll(() => open.close());

const upload = async (key: string, Body: Buffer | string, fields: object = {}) => {
  const { VersionId, ETag = "" } = await clients.s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body, ...fields }),
  );
  return {
    version: { bucket, key, ...(VersionId !== undefined && { versionId: VersionId }) },
    etag: ETag.replaceAll('"', ""),
  };
};
const read = async (version: SnapshotVersion) => {
  const { chunks } = await snapshots.open(version);
  return Buffer.concat(await Array.fromAsync(chunks));
};
const objects = () => open.emulators.endpoint.s3.buckets.get(bucket)?.objects ?? new Map<string, unknown>();
const quarantined = () => [...objects().keys()].filter((key) => key.startsWith("quarantine/"));
const readKey = async (key: string) => (await read({ bucket, key })).toString("utf8");

describe("open", () => {
  test("returns the content type and the size of the version", async () => {
    const { version } = await upload("snapshots/a/1.json", "{}", { ContentType: "application/feed+json" });
    expect(await snapshots.open(version)).toMatchObject({ contentType: "application/feed+json", size: 2 });
  });

  test("reads the version that is named, not the latest", async () => {
    const { version } = await upload("snapshots/a/2.xml", "first");
    await upload("snapshots/a/2.xml", "second");
    expect((await read(version)).toString()).toBe("first");
  });

  test("reads a key of any characters", async () => {
    const { version } = await upload("snapshots/voa/美国 red+flower?&%25 🚲.md", "text");
    expect((await read(version)).toString()).toBe("text");
  });

  test.each([
    ["a missing key", { bucket, key: "snapshots/a/none.xml" }],
    ["a missing version", { bucket, key: "snapshots/a/2.xml", versionId: "none" }],
  ])("throws snapshot-gone for %s", async (_, version) => {
    await upload("snapshots/a/2.xml", "text");
    await expect(snapshots.open(version)).rejects.toMatchObject({
      code: "snapshot-gone",
      fate: "quarantine",
    });
  });

  test.each([{}, { versionId: "null" }])(
    "throws snapshot-gone if an object without versions was overwritten (%j)",
    async (id) => {
      const put = (text: string) =>
        clients.s3.send(new PutObjectCommand({ Bucket: "plain", Key: "snapshots/a.xml", Body: text }));
      const { ETag = "" } = await put("before");
      const version = { bucket: "plain", key: "snapshots/a.xml", ...id, etag: ETag.replaceAll('"', "") };
      expect((await read(version)).toString()).toBe("before");
      await put("after");
      await expect(snapshots.open(version)).rejects.toMatchObject({ code: "snapshot-gone" });
    },
  );

  test("throws snapshot-forbidden for status 403", async () => {
    clients.s3.middlewareStack.add(
      () => async () => {
        throw new S3ServiceException({
          name: "AccessDenied",
          $fault: "client",
          $metadata: { httpStatusCode: 403 },
        });
      },
      { step: "finalizeRequest" },
    );
    await expect(snapshots.open({ bucket, key: "snapshots/a.xml" })).rejects.toMatchObject({
      code: "snapshot-forbidden",
    });
  });

  test("rethrows any other error", async () => {
    const { version } = await upload("snapshots/a/4.xml", "text");
    retries.until(Date.now());
    open.fail("error before", Infinity);
    await expect(snapshots.open(version)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });
});

describe("a download that is interrupted", () => {
  test("resumes where it ended, in the same version", async () => {
    const { version } = await upload("snapshots/long", body);
    await upload("snapshots/long", "another version");
    open.fail("partly", 6);
    expect((await read(version)).equals(body)).toBe(true);
    expect(open.proxy.seen).toHaveLength(7);
  });

  test("resumes more than three times even without time left, because each attempt makes progress", async () => {
    const { version } = await upload("snapshots/long", body);
    retries.until(Date.now());
    open.fail("partly", 8);
    expect((await read(version)).equals(body)).toBe(true);
    expect(open.proxy.seen).toHaveLength(9);
  });

  test("fails if attempts make no progress and no time is left", async () => {
    const { version } = await upload("snapshots/long", body);
    retries.until(Date.now());
    // Half of the missing bytes arrive each time, and none of the last one.
    open.fail("partly", Infinity);
    await expect(read(version)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(open.proxy.seen.length).toBeLessThan(30);
  });

  test("fails if the Range request fails and no time is left", async () => {
    const { version } = await upload("snapshots/long", body);
    retries.until(Date.now());
    let isFirst = true;
    open.proxy.reset(() => {
      const kind = isFirst ? "partly" : "error before";
      isFirst = false;
      return kind;
    });
    await expect(read(version)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });
});

describe("quarantine", () => {
  test("copies the version and writes its reason, with the command that replays it", async () => {
    const { version, etag } = await upload("snapshots/voa/it's bad.xml", "bad");
    await upload("snapshots/voa/it's bad.xml", "good");
    await snapshots.quarantine({ ...version, etag, size: 3 }, reason);
    expect(await readKey("quarantine/voa/it's bad.xml")).toBe("bad");
    const report = JSON.parse(await readKey("quarantine/voa/it's bad.xml.reason.json")) as object;
    expect(report).toEqual({
      ...reason,
      replay: String.raw`npx feedbell replay 'quarantine/voa/it'\''s bad.xml'`,
      snapshot: { ...version, etag, size: 3 },
      copy: "quarantine/voa/it's bad.xml",
      copyVersion: expect.any(String) as unknown,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
    });
  });

  test("copies a key of any characters", async () => {
    const { version } = await upload("snapshots/voa/美国 100%25+a?b.xml", "bad");
    await snapshots.quarantine(version, reason);
    expect(await readKey("quarantine/voa/美国 100%25+a?b.xml")).toBe("bad");
  });

  test("does not copy tags, for which the role has no permission", async () => {
    const { version } = await upload("snapshots/a/tagged.xml", "bad", { Tagging: "team=news" });
    const directives: unknown[] = [];
    clients.s3.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        if ("x-amz-copy-source" in headers) directives.push(headers["x-amz-tagging-directive"]);
        return next(args);
      },
      { step: "finalizeRequest" },
    );
    await snapshots.quarantine(version, reason);
    expect(directives).toEqual(["REPLACE"]);
  });

  test.each([
    ["with a version", true],
    ["without a version", false],
  ])("writes the reason alone if the snapshot is gone (%s)", async (_, hasVersion) => {
    const key = `snapshots/a/gone-${hasVersion}.xml`;
    const { etag } = await upload(key, "before");
    await upload(key, "after");
    const version = { bucket, key, etag, ...(hasVersion && { versionId: "none" }) };
    await snapshots.quarantine(version, { ...reason, code: "snapshot-gone" });
    const prefix = `quarantine/a/gone-${hasVersion}.xml`;
    expect(quarantined().filter((found) => found.startsWith(prefix))).toEqual([`${prefix}.reason.json`]);
    expect(JSON.parse(await readKey(`${prefix}.reason.json`))).not.toHaveProperty("copy");
  });

  test("writes no reason if the copy fails", async () => {
    const { version } = await upload("snapshots/a/5.xml", "bad");
    retries.until(Date.now());
    open.proxy.reset(({ name }) => (name.startsWith("s3.CopyObject") ? "error before" : undefined));
    await expect(snapshots.quarantine(version, reason)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
    });
    expect(quarantined().filter((key) => key.startsWith("quarantine/a/5.xml"))).toEqual([]);
  });

  test("writes the reason alone if the snapshot must not be read", async () => {
    const { version } = await upload("snapshots/a/6.xml", "text");
    open.proxy.reset(() => undefined);
    await snapshots.quarantine(version, { ...reason, code: "snapshot-forbidden" });
    expect(quarantined().filter((key) => key.startsWith("quarantine/a/6.xml"))).toEqual([
      "quarantine/a/6.xml.reason.json",
    ]);
    expect(open.proxy.seen.map(({ name }) => name.split(" ")[0])).toEqual(["s3.PutObject"]);
  });
});

describe("the key of a quarantined snapshot", () => {
  test("is its path under quarantine/", () => {
    expect(quarantineKey("snapshots/voa/a.md")).toBe("quarantine/voa/a.md");
    expect(quarantineKey("elsewhere/a.md")).toBe("quarantine/elsewhere/a.md");
  });

  test.each([
    ["snapshots/~messages/alerts/forged.json", "quarantine/~~messages/alerts/forged.json"],
    ["snapshots/~~messages/a", "quarantine/~~~messages/a"],
    ["snapshots/a/1.xml.reason.json", "quarantine/a/1.xml.reason.json~"],
    ["snapshots/a/1.xml.reason.json~", "quarantine/a/1.xml.reason.json~~"],
    ["snapshots/~a.reason.json", "quarantine/~~a.reason.json~"],
  ])("%s can't pose as a quarantined message or as a reason", (key, quarantined) => {
    expect(quarantineKey(key)).toBe(quarantined);
    expect(quarantined.startsWith(prefixes.quarantinedMessages)).toBe(false);
    expect(snapshotOfReason(quarantined)).toBeUndefined();
    expect(originalKey(quarantined)).toBe(key);
  });

  test.each(["a", "é", "海", "🚲"])("of a path of many %j fits S3's limit with its reason", (character) => {
    const long = (ending: string) =>
      `snapshots/${character.repeat(Math.floor((1_014 - ending.length) / Buffer.byteLength(character)))}${ending}`;
    const key = quarantineKey(long("1"));
    expect(Buffer.byteLength(`${key}.reason.json`)).toBeLessThanOrEqual(1_024);
    expect(key).not.toContain("\ufffd");
    expect(key).toMatch(/~[0-9a-f]{16}$/);
    expect(quarantineKey(long("2"))).not.toBe(key);
    const longest = "quarantine/".length + 1_024 - 12 - "quarantine/".length;
    const fitting = "snapshots/" + "x".repeat(longest - "quarantine/".length);
    expect(quarantineKey(fitting)).toBe(fitting.replace("snapshots/", "quarantine/"));
    expect(quarantineKey(`${fitting}x`)).toMatch(/~[0-9a-f]{16}$/);
  });
});

test.each([
  ["quarantine/a/1.xml.reason.json", "quarantine/a/1.xml"],
  ["quarantine/a/line\nbreak.reason.json", "quarantine/a/line\nbreak"],
  ["quarantine/a/1.xml", undefined],
  ["quarantine/a/1.xml.reason.json.gz", undefined],
])("%j is a reason file of %j", (key, snapshot) => {
  expect(snapshotOfReason(key)).toBe(snapshot);
});
