import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Context, SQSEvent } from "aws-lambda";

// A function that runs the command in the snapshot: `fail`, `sleep MS`, `exit`, `hold FILE MS`; it ignores other text.

const s3 = new S3Client({ forcePathStyle: true });
let calls = 0;

async function obey(body: string, context: Context): Promise<boolean> {
  const { Records = [] } = JSON.parse(body) as {
    Records?: { s3: { bucket: { name: string }; object: { key: string; versionId: string } } }[];
  };
  for (const { s3: place } of Records) {
    const Key = decodeURIComponent(place.object.key.replaceAll("+", " "));
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: place.bucket.name, Key, VersionId: place.object.versionId }),
    );
    const [order, first = "", second = ""] = ((await Body?.transformToString()) ?? "").split(" ");
    console.log(`pid ${process.pid} call ${calls} order ${order} left ${context.getRemainingTimeInMillis()}`);
    if (order === "fail") return false;
    if (order === "exit") process.exit(3);
    if (order === "sleep") await sleep(Number(first));
    if (order === "hold") {
      appendFileSync(first, `+${process.pid}\n`);
      await sleep(Number(second));
      appendFileSync(first, `-${process.pid}\n`);
    }
  }
  return true;
}

export async function handler(event: SQSEvent, context: Context) {
  calls += 1;
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { body, messageId } of event.Records) {
    if (!(await obey(body, context))) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
}
