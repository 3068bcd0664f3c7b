import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quarantinedMessageKey, s3MessageQuarantine } from "../../functions/aws/message-quarantine.ts";
import { slug } from "../../functions/core/feed/feed-slug.ts";
import { createBucket } from "../../infra/local/emulators/s3/buckets.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";
import { outboxMessageOf } from "../support/outbox-messages.ts";

let emulators: Emulators;
const bucket = "messages";
const reason = {
  code: "message-refused",
  found: "InvalidParameter",
  expected: "a message",
  hint: "Correct it.",
} as const;

beforeAll(async () => {
  emulators = await openEmulators();
  createBucket(emulators.endpoint.s3.buckets, bucket);
});
afterAll(() => emulators.close());

const readJson = async (key: string): Promise<unknown> => {
  const { Body: body } = await emulators.clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return JSON.parse((await body?.transformToString()) ?? "");
};

describe("a quarantined message", () => {
  test("is kept as it was in the outbox, with its reason next to it", async () => {
    const content = outboxMessageOf({ id: "c-1.0.3", subject: "京都 🚀" });
    const clock = fakeClock();
    await s3MessageQuarantine(emulators.clients.s3, bucket, clock).quarantineMessage(
      { id: content.id, audience: "alerts", content },
      reason,
    );
    const key = "quarantine/~messages/alerts/c-1.0.3.json";
    expect(quarantinedMessageKey("alerts", content.id)).toBe(key);
    expect(await readJson(key)).toEqual(content);
    expect(await readJson(`${key}.reason.json`)).toMatchObject({
      ...reason,
      message: { id: "c-1.0.3", audience: "alerts", subject: "京都 🚀" },
      at: new Date(clock.now()).toISOString(),
      replay: expect.stringContaining(key),
    });
  });

  test("that is no message is kept as the text that it was", async () => {
    const content = "not \u0000 JSON";
    await s3MessageQuarantine(emulators.clients.s3, bucket, fakeClock()).quarantineMessage(
      { id: "queue-1", audience: "unknown", content },
      reason,
    );
    expect(await readJson(quarantinedMessageKey("unknown", "queue-1"))).toBe(content);
  });

  test("has no reason without its message", async () => {
    const failing = { send: () => Promise.reject(new Error("SlowDown")) } as unknown as S3Client;
    const message = { id: "lost", audience: "alerts", content: "x" };
    await expect(
      s3MessageQuarantine(failing, bucket, fakeClock()).quarantineMessage(message, reason),
    ).rejects.toThrow("SlowDown");
    const { Contents: found = [] } = await emulators.clients.s3.send(
      new ListObjectsV2Command({ Bucket: bucket }),
    );
    expect(found.some(({ Key: key }) => key?.includes("lost"))).toBe(false);
  });

  test("lies in a folder that no feed can have", () => {
    for (const name of ["~messages", "messages", "~messages/alerts"])
      expect(`quarantine/${slug(name)}/x`.startsWith("quarantine/~messages/")).toBe(false);
  });
});
