import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { vi } from "vitest";
import type { ReceivedMessage } from "../../infra/local/inbox/messages.ts";
import type { StackNames } from "../../functions/console/live-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import { sampleSubscribers } from "../../infra/local/subscribers.ts";

/** A stack that tests use only over HTTP: their own, or the one at `AWS_ENDPOINT_URL`. */
export interface StackUnderTest extends Omit<StackNames, "inbox" | "drop"> {
  readonly inbox?: string;
  readonly clients: { readonly s3: S3Client; readonly sns: SNSClient; readonly sqs: SQSClient };
  upload(key: string, body: string | Uint8Array): Promise<void>;
  /** Keys under a prefix. */
  list(prefix: string): Promise<readonly string[]>;
  read(key: string): Promise<string>;
  /** Received messages with the text in their subject or body. */
  received(text: string): Promise<readonly ReceivedMessage[]>;
  /** The same for the sample readers only; an external stack may have other subscribers. */
  receivedBySamples(text: string): Promise<readonly ReceivedMessage[]>;
  /**
   * Resolves when the intake queue has been empty for a moment. On an external stack it waits at most five seconds,
   * because a retried snapshot of another user may stay in the queue for minutes.
   */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** The endpoint of an external stack, if the tests run against one. */
export const elsewhere = process.env["AWS_ENDPOINT_URL"];

/** A text that is unique across tests and runs. */
export const unique = (): string => randomUUID().slice(0, 8);

/**
 * The names of a running stack: from `.feedbell/local.json` if that is the stack, otherwise from the variables
 * FEEDBELL_BUCKET, FEEDBELL_TOPICS (JSON: audience to ARN), FEEDBELL_INTAKE_QUEUE, FEEDBELL_DEAD_LETTER_QUEUE,
 * FEEDBELL_TABLE and FEEDBELL_INBOX, with the values of the stack's outputs.
 */
function namesElsewhere(endpoint: string): Omit<StackUnderTest, "clients" | keyof Actions> {
  try {
    const file = new URL("../../.feedbell/local.json", import.meta.url);
    const found = JSON.parse(readFileSync(file, "utf8")) as StackNames;
    if (found.endpoint === endpoint) return found;
  } catch {
    // Not the local stack of this checkout: the variables are required.
  }
  const need = (name: string) => {
    const value = process.env[name];
    if (value === undefined) throw new Error(`Set ${name} to test the stack at ${endpoint}.`);
    return value;
  };
  const inbox = process.env["FEEDBELL_INBOX"];
  return {
    endpoint,
    region: process.env["AWS_REGION"] ?? "us-east-1",
    bucket: need("FEEDBELL_BUCKET"),
    topics: JSON.parse(need("FEEDBELL_TOPICS")) as Record<string, string>,
    queues: {
      intake: need("FEEDBELL_INTAKE_QUEUE"),
      deadLetter: need("FEEDBELL_DEAD_LETTER_QUEUE"),
      outbox: need("FEEDBELL_OUTBOX_QUEUE"),
      outboxDeadLetter: need("FEEDBELL_OUTBOX_DEAD_LETTER_QUEUE"),
      slots: need("FEEDBELL_SLOTS_QUEUE"),
    },
    table: need("FEEDBELL_TABLE"),
    ...(inbox !== undefined && { inbox }),
  };
}

type Actions = Pick<
  StackUnderTest,
  "upload" | "list" | "read" | "received" | "receivedBySamples" | "quiet" | "close"
>;

export async function openStackUnderTest(): Promise<StackUnderTest> {
  const own = elsewhere === undefined ? await startLocalStack() : undefined;
  const names = own ?? namesElsewhere(elsewhere ?? "");
  const { endpoint, region, bucket, topics, queues, table, inbox } = names;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const settings = { endpoint, region, ...(inbox !== undefined && { credentials }) };
  const clients = {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
  };

  async function isEmpty(): Promise<boolean> {
    const { Attributes = {} } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queues.intake, AttributeNames: ["All"] }),
    );
    const counts = Object.entries(Attributes).filter(([name]) =>
      name.startsWith("ApproximateNumberOfMessages"),
    );
    return counts.every(([, count]) => count === "0");
  }

  async function received(text: string): Promise<readonly ReceivedMessage[]> {
    if (inbox === undefined) throw new Error("This stack has no inbox to look into (FEEDBELL_INBOX).");
    const all = (await (await fetch(`${inbox}/api/messages`)).json()) as ReceivedMessage[];
    return all.filter((message) => message.subject.includes(text) || message.text.includes(text));
  }
  const samples = Object.keys(topics).flatMap((audience, i) => Object.values(sampleSubscribers(audience, i)));

  return {
    endpoint,
    region,
    bucket,
    topics,
    queues,
    table,
    ...(inbox !== undefined && { inbox }),
    clients,
    async upload(Key, Body) {
      await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    },
    async list(Prefix) {
      const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
      return Contents.map(({ Key }) => Key ?? "");
    },
    async read(Key) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return (await Body?.transformToString()) ?? "";
    },
    received,
    async receivedBySamples(text) {
      return (await received(text)).filter(({ to }) => samples.includes(to));
    },
    async quiet() {
      const end = own ? Infinity : Date.now() + 5000;
      for (let empty = 0; empty < 3 && Date.now() < end;) {
        empty = (await isEmpty()) ? empty + 1 : 0;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async close() {
      for (const client of Object.values(clients)) client.destroy();
      await own?.stop();
    },
  };
}

/** Retries until the assertion holds. */
export const eventually = <T>(check: () => T | Promise<T>, seconds = 60): Promise<T> =>
  vi.waitFor(check, { timeout: seconds * 1000, interval: 50 });

/** A small RSS feed with these entry titles. */
export function rss(feedTitle: string, ...titles: readonly string[]): string {
  const items = titles.map(
    (title, index) =>
      `<item><title>${title}</title><link>https://feed.example/${encodeURIComponent(title)}</link><guid>${index}-${title}</guid><pubDate>Fri, 20 Nov 2026 10:0${index}:00 GMT</pubDate><description>&lt;p&gt;What happened to ${title} is told here in one sentence.&lt;/p&gt;</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${feedTitle}</title><link>https://feed.example/</link><description>d</description>${items.join("")}</channel></rss>`;
}
