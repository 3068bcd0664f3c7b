import { BatchGetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import type { Call, Published } from "./calls.ts";
import { openProxy, type Kind, type Proxy, type Seen } from "./proxy.ts";

export interface ArenaSettings {
  readonly timeoutSeconds: number;
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  readonly burst: number;
  readonly digestItems: number;
}

/** What a case left behind. */
export interface Aftermath {
  readonly seen: readonly Seen[];
  /** Mails by audience. */
  readonly mails: readonly { readonly audience: string; readonly text: string }[];
  /** Text messages by audience. */
  readonly texts: readonly { readonly audience: string }[];
  /** Invocations that ended otherwise than with an answer, epoch milliseconds. */
  readonly deaths: readonly { readonly from: number; readonly to: number }[];
  /** Messages that came to the dead-letter queue and were redriven, as an operator does. */
  readonly redriven: number;
  readonly quarantined: readonly string[];
  /** Entries in the ledger that some audience is still to have. */
  readonly unfinished: readonly string[];
}

export interface Act {
  readonly upload: (arena: Arena) => Promise<void>;
  readonly decide: (call: Call) => Kind | undefined;
  /** Messages that SNS refuses for good. */
  readonly refuses?: (message: Published) => boolean;
  /** Called when an invocation has ended. */
  readonly onEnd?: () => void;
}

export interface Arena {
  readonly stack: LocalStack;
  /** Sends a message to the intake queue as S3 would. */
  notify(version: { key: string; versionId: string }): Promise<void>;
  /** Uploads, lets what is decided go wrong, waits until the queue has redelivered everything, and looks. */
  play(act: Act): Promise<Aftermath>;
  close(): Promise<void>;
}

type Item = Readonly<Record<string, { readonly S?: string; readonly SS?: readonly string[] }>>;

/** Longest time that a queue may take to empty, milliseconds; it only ends a run that would never end. */
const limit = 3_600_000;

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

/** A local stack whose functions reach every service through the proxy; its emulators are reached directly. */
export async function openArena(settings: ArenaSettings): Promise<Arena> {
  const { timeoutSeconds, batchSize, maximumConcurrency, burst, digestItems } = settings;
  const proxy: Proxy = await openProxy();
  let onEnd = () => {};
  const stack = await startLocalStack({
    configuration: parseConfiguration({
      audiences: [
        { name: "alerts", cadence: "each", burst, digestItems },
        { name: "digest", cadence: "upload", digestItems },
      ],
      timeoutSeconds,
      deployment: { batchSize, maximumConcurrency },
    }),
    functionEndpoint: proxy.url,
    onInvocation: () => onEnd(),
  }).catch(async (error: unknown) => {
    await proxy.close();
    throw error;
  });
  proxy.connect(stack.endpoint, () => {
    for (const process of stack.processes) if (process.busy) process.kill("SIGKILL");
  });
  const place = { endpoint: stack.endpoint, region: stack.region, credentials };
  const sqs = new SQSClient(place);
  const dynamodb = new DynamoDBClient(place);

  async function redrive(): Promise<number> {
    let count = 0;
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: stack.queues.deadLetter, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return count;
      for (const { Body, ReceiptHandle } of Messages) {
        await sqs.send(new SendMessageCommand({ QueueUrl: stack.queues.intake, MessageBody: Body }));
        await sqs.send(new DeleteMessageCommand({ QueueUrl: stack.queues.deadLetter, ReceiptHandle }));
        count++;
      }
    }
  }

  async function settled(): Promise<number> {
    const end = Date.now() + limit;
    let redriven = 0;
    for (;;) {
      while ((await stack.waiting()).length > 0) {
        if (Date.now() > end) throw new Error("The queue never empties.");
        await sleep(250);
      }
      await stack.idle({ timeoutSeconds: limit / 1000 });
      const again = await redrive();
      if (again === 0) return redriven;
      redriven += again;
    }
  }

  async function read(kind: "entry" | "claim", keys: readonly string[]): Promise<readonly Item[]> {
    const found: Item[] = [];
    for (let i = 0; i < keys.length; i += 100) {
      const Keys = keys.slice(i, i + 100).map((pk) => ({ pk: { S: pk }, sk: { S: kind } }));
      const reply = await dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [stack.table]: { Keys, ConsistentRead: true } } }),
      );
      found.push(...((reply.Responses?.[stack.table] ?? []) as Item[]));
    }
    return found;
  }

  async function unfinished(seen: readonly Seen[]): Promise<string[]> {
    const touched = [...new Set(seen.flatMap(({ item }) => (item === undefined ? [] : [item])))];
    const claims = await read(
      "claim",
      touched.filter((key) => key.startsWith("claim#")),
    );
    const entries = await read(
      "entry",
      touched.filter((key) => key.startsWith("entry#")),
    );
    const counted = new Map(claims.map(({ pk, counted }) => [pk?.S, counted?.SS ?? []]));
    return entries.flatMap(({ pk, claim, due, sent }) =>
      (due?.SS ?? [])
        .filter(
          (audience) =>
            !sent?.SS?.includes(audience) && !counted.get(`claim#${claim?.S}`)?.includes(audience),
        )
        .map((audience) => `${pk?.S} for ${audience}`),
    );
  }

  // The bucket tells the queue that it will tell it: that is no run of a case.
  await stack.idle();
  const arena: Arena = {
    stack,
    async notify({ key, versionId }) {
      const record = {
        eventSource: "aws:s3",
        eventName: "ObjectCreated:Put",
        s3: { bucket: { name: stack.bucket }, object: { key: encodeURIComponent(key), versionId } },
      };
      const MessageBody = JSON.stringify({ Records: [record] });
      await sqs.send(new SendMessageCommand({ QueueUrl: stack.queues.intake, MessageBody }));
    },
    async play({ upload, decide, refuses, onEnd: whenOneEnds = () => {} }) {
      const first = stack.invocations.length;
      stack.clearMessages();
      onEnd = whenOneEnds;
      proxy.reset(decide, refuses);
      await upload(arena);
      const redriven = await settled();
      const { seen } = proxy;
      const mails = stack.messages().filter(({ channel }) => channel === "email");
      const texts = stack.messages().filter(({ channel }) => channel === "sms");
      const deaths = stack.invocations
        .slice(first)
        .filter(({ outcome }) => outcome.kind === "crashed" || outcome.kind === "timed out")
        .map(({ at, milliseconds }) => ({ from: at.getTime() - 50, to: at.getTime() + milliseconds + 50 }));
      return {
        seen,
        mails,
        texts,
        deaths,
        redriven,
        quarantined: stack.keys("quarantine/"),
        unfinished: await unfinished(seen),
      };
    },
    async close() {
      sqs.destroy();
      dynamodb.destroy();
      await stack.stop();
      await proxy.close();
    },
  };
  return arena;
}
