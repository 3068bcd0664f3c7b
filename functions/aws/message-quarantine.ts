import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Clock, MessageQuarantine } from "../core/ports.ts";
import { prefixes } from "./environment.ts";
import { reasonSuffix } from "./snapshots.ts";

/** Folder of quarantined messages. */
export const messageFolder = prefixes.quarantinedMessages;

/** Where a quarantined message is kept; its reason is next to it. */
export const quarantinedMessageKey = (audience: string, id: string): string =>
  `${messageFolder}${audience}/${id}.json`;

/** Keeps a message as it was in the outbox, then its reason: a reason without its message would promise too much. */
export function s3MessageQuarantine(
  client: S3Client,
  bucket: string,
  clock: Pick<Clock, "now">,
): MessageQuarantine {
  const write = (Key: string, value: unknown) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key,
        Body: `${JSON.stringify(value, undefined, 2)}\n`,
        ContentType: "application/json; charset=utf-8",
      }),
    );
  return {
    async quarantineMessage({ id, audience, content }, reason) {
      const key = quarantinedMessageKey(audience, id);
      await write(key, content);
      await write(`${key}${reasonSuffix}`, {
        ...reason,
        replay: `npx feedbell replay ${key}`,
        message: { id, audience, ...(typeof content !== "string" && { subject: content.subject }) },
        at: new Date(clock.now()).toISOString(),
      });
    },
  };
}
