import { BatchGetItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { S3Client } from "@aws-sdk/client-s3";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { planQuarantinedMessages } from "../../functions/commands/replay/quarantined-messages.ts";
import { planQuarantine } from "../../functions/commands/replay/quarantine.ts";
import { receiveDeadLetters, redrive } from "../../functions/aws/dead-letter-queue.ts";
import { parseConfiguration } from "../../infra/config/configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import type { Call, Published } from "./calls.ts";
import { openProxy, type Kind, type Proxy, type Seen } from "./proxy.ts";

export interface ArenaSettings {
  readonly timeoutSeconds: number;
  /** Deduplication interval of the outbox, seconds: 300 as on SQS, or 0, so that every copy arrives. */
  readonly deduplicationSeconds: number;
  readonly maximumConcurrency: number;
  readonly maxAlerts: number;
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
  /** Dead letters that were redriven and quarantined snapshots and messages that were replayed. */
  readonly redriven: number;
  readonly quarantined: readonly string[];
  /** Claims and entries in the ledger about which nothing was decided. */
  readonly unfinished: readonly string[];
}

export interface Act {
  readonly upload: (arena: Arena) => Promise<void>;
  readonly decide: (call: Call) => Kind | undefined;
  /** Messages that SNS refuses permanently. */
  readonly refuses?: (message: Published) => boolean;
  /** Replays what was quarantined, as an operator does once the faults have ended. */
  readonly replays?: boolean;
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
  const { timeoutSeconds, deduplicationSeconds, maximumConcurrency, maxAlerts, digestItems } = settings;
  const proxy: Proxy = await openProxy();
  let onEnd = () => {};
  const stack = await startLocalStack({
    configuration: parseConfiguration(
      {
        audiences: [
          { name: "alerts", mode: "alerts", maxAlerts, digestItems, messagesPerSecond: 100 },
          { name: "digest", mode: "digest", digestItems, messagesPerSecond: 100 },
        ],
        timeoutSeconds,
        maxRetrySeconds: 2,
        deployment: { maximumConcurrency },
      },
      { minTimeoutSeconds: 1 },
    ),
    deduplicationSeconds,
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
  const s3 = new S3Client({ ...place, forcePathStyle: true });
  const dynamodb = new DynamoDBClient(place);

  /** Redrives both dead-letter queues, as an operator does. */
  async function redriveAll(): Promise<number> {
    const { intake, deadLetter, outbox, outboxDeadLetter } = stack.queues;
    let count = 0;
    for (const [from, to] of [
      [deadLetter, intake],
      [outboxDeadLetter, outbox],
    ] as const)
      for (;;) {
        const letters = await receiveDeadLetters(sqs, from);
        if (letters.length === 0) break;
        for (const letter of letters) await redrive(sqs, letter, { from, to });
        count += letters.length;
      }
    return count;
  }

  /** Replays all snapshots and messages under `quarantine/`, without further faults. */
  async function replayAll(): Promise<number> {
    proxy.endFaults();
    const { bucket, queues } = stack;
    const target = { prefix: "quarantine/" };
    const snapshots = await planQuarantine({ s3, sqs }, { bucket, queue: queues.intake }, target, undefined);
    const address = { bucket, outbox: queues.outbox };
    const messages = await planQuarantinedMessages({ s3, sqs }, address, target, randomUUID());
    for (const plan of [snapshots, messages]) for await (const _ of plan.run());
    return snapshots.total + messages.total;
  }

  async function settled(replays = false): Promise<number> {
    const end = Date.now() + limit;
    let redriven = 0;
    for (;;) {
      while ((await stack.waiting()).length > 0) {
        if (Date.now() > end) throw new Error("The queues never empty.");
        await sleep(250);
      }
      await stack.idle({ timeoutSeconds: limit / 1000 });
      const again = (await redriveAll()) + (replays ? await replayAll() : 0);
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

  /** Sealed claims, and entries whose claim is open or was ended. A claim without entries may stay open: it expires. */
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
    const stateOf = new Map(claims.map(({ pk, state }) => [pk?.S, state?.S]));
    return [
      ...claims.filter(({ state }) => state?.S === "sealed").map(({ pk }) => `${pk?.S} is sealed`),
      ...entries
        .filter(({ claim }) => ["open", "ended"].includes(stateOf.get(`claim#${claim?.S}`) ?? ""))
        .map(({ pk, claim }) => `${pk?.S} is under the claim ${claim?.S}, which is not decided`),
    ];
  }

  // The test event of the notification is no run of a case.
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
    async play({ upload, decide, refuses, replays = false, onEnd: whenOneEnds = () => {} }) {
      const first = stack.invocations.length;
      stack.clearMessages();
      onEnd = whenOneEnds;
      proxy.reset(decide, refuses);
      await upload(arena);
      const redriven = await settled(replays);
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
      s3.destroy();
      dynamodb.destroy();
      await stack.stop();
      await proxy.close();
    },
  };
  return arena;
}
