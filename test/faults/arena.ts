import { DeleteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { S3Client } from "@aws-sdk/client-s3";
import { setTimeout as sleep } from "node:timers/promises";
import { planQuarantinedMessages } from "../../functions/commands/replay/quarantined-messages.ts";
import { planQuarantine } from "../../functions/commands/replay/quarantine.ts";
import { callMilliseconds } from "../../functions/core/configuration.ts";
import { keys } from "../../functions/aws/ledger-items.ts";
import { receiveDeadLetters, redrive } from "../../functions/aws/dead-letter-queue.ts";
import type { StackConfiguration } from "../../infra/config/stack-configuration.ts";
import type { LocalStack } from "../../infra/local/local-stack.ts";
import { startLocalStack } from "../../infra/local/stack.ts";
import type { Call } from "./calls.ts";
import { openProxy, type Behaviour, type Kind, type Proxy, type Seen } from "./proxy.ts";
import { findUnfinished } from "./unfinished.ts";

export interface ArenaSettings {
  readonly configuration: StackConfiguration;
  /** Deduplication interval of the outbox, seconds: 300 as on SQS, or 0, so that every copy arrives. */
  readonly deduplicationSeconds: number;
}

/** A message that a reader got. */
export interface Received {
  readonly audience: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What a case left behind. */
export interface Aftermath {
  readonly seen: readonly Seen[];
  readonly mails: readonly Received[];
  readonly texts: readonly Pick<Received, "audience">[];
  /** Invocations that ended otherwise than with an answer, epoch milliseconds. */
  readonly deaths: readonly { readonly from: number; readonly to: number }[];
  /** Dead letters that were redriven and quarantined snapshots and messages that were replayed. */
  readonly redriven: number;
  readonly quarantined: readonly string[];
  /** Milliseconds after which a function gives a call up that was not answered. */
  readonly patience: number;
  /** Claims and entries in the ledger about which nothing was decided. */
  readonly unfinished: readonly string[];
}

export interface Act {
  readonly upload: (arena: Arena) => Promise<void>;
  readonly decide: (call: Call) => Kind | undefined;
  readonly behaviour?: Behaviour;
  /** Replays what was quarantined, as an operator does once the faults have ended. */
  readonly replays?: boolean;
  /** Called when an invocation has ended. */
  readonly onEnd?: () => void;
}

export interface Arena {
  readonly stack: LocalStack;
  /** Time-out of the functions. */
  readonly timeoutSeconds: number;
  /** Sends a message to the intake queue as S3 would. */
  notify(version: { key: string; versionId: string }): Promise<void>;
  /** Loses every message of the intake queue, those in flight included. */
  loseIntake(): Promise<void>;
  /** Sends a slot of an audience (epoch milliseconds) as EventBridge Scheduler would. */
  fire(audience: string, slot: number): Promise<void>;
  /** Loses every message of the slots queue, those in flight included. */
  loseSlots(): Promise<void>;
  /** Invokes watch, as its schedule does. */
  watch(): Promise<void>;
  /** Uploads, injects the faults, waits until the queues have redelivered everything, and returns what happened. */
  play(act: Act): Promise<Aftermath>;
  close(): Promise<void>;
}

/** Longest time that a queue may take to empty, milliseconds; it only ends a run that would never end. */
const limit = 3_600_000;

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

/** A local stack whose functions reach every service through the proxy; its emulators are reached directly. */
export async function openArena({ configuration, deduplicationSeconds }: ArenaSettings): Promise<Arena> {
  const proxy: Proxy = await openProxy();
  let onEnd = () => {};
  const stack = await startLocalStack({
    configuration,
    deduplicationSeconds,
    asyncRetrySeconds: [1],
    functionEndpoint: proxy.url,
    onInvocation: () => onEnd(),
  }).catch(async (error: unknown) => {
    await proxy.close();
    throw error;
  });
  proxy.connect(stack.endpoint, (traceId) => {
    for (const process of stack.processes) if (process.traceId === traceId) process.kill("SIGKILL");
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
    const messages = await planQuarantinedMessages({ s3, sqs }, address, target);
    for (const plan of [snapshots, messages]) for await (const _ of plan.run());
    return snapshots.total + messages.total;
  }

  /** Forgets which messages were quarantined in this hour: a stack plays more cases in it than deliver admits messages. */
  async function admitAgain(): Promise<void> {
    const hour = Math.floor(Date.now() / 3_600_000);
    for (const { name } of configuration.audiences)
      await dynamodb.send(
        new DeleteItemCommand({ TableName: stack.table, Key: keys.quarantined(name, hour) }),
      );
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

  // The test event of the notification is no run of a case.
  await stack.idle({ timeoutSeconds: 300 });
  const arena: Arena = {
    stack,
    timeoutSeconds: configuration.timeoutSeconds,
    async notify({ key, versionId }) {
      const record = {
        eventSource: "aws:s3",
        eventName: "ObjectCreated:Put",
        s3: { bucket: { name: stack.bucket }, object: { key: encodeURIComponent(key), versionId } },
      };
      const MessageBody = JSON.stringify({ Records: [record] });
      await sqs.send(new SendMessageCommand({ QueueUrl: stack.queues.intake, MessageBody }));
    },
    async loseIntake() {
      await sqs.send(new PurgeQueueCommand({ QueueUrl: stack.queues.intake }));
    },
    async fire(audience, slot) {
      const MessageBody = JSON.stringify({ audience, slot: new Date(slot).toISOString() });
      await sqs.send(new SendMessageCommand({ QueueUrl: stack.queues.slots, MessageBody }));
    },
    async loseSlots() {
      await sqs.send(new PurgeQueueCommand({ QueueUrl: stack.queues.slots }));
    },
    async watch() {
      const schedule = stack.schedules().find(({ expression }) => expression === "rate(1 hour)");
      if (!schedule) throw new Error("The stack has no hourly schedule.");
      await stack.fireSchedule(schedule.name);
    },
    async play({ upload, decide, behaviour, replays = false, onEnd: whenOneEnds = () => {} }) {
      const first = stack.invocations.length;
      stack.clearMessages();
      onEnd = whenOneEnds;
      await admitAgain();
      proxy.reset(decide, behaviour);
      await upload(arena);
      const redriven = await settled(replays);
      const { seen } = proxy;
      const messages = stack.messages().map(({ at, ...message }) => ({ ...message, at: Date.parse(at) }));
      const mails = messages.filter(({ channel }) => channel === "email");
      const texts = messages.filter(({ channel }) => channel === "sms");
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
        patience: callMilliseconds(configuration.timeoutSeconds),
        unfinished: await findUnfinished(dynamodb, stack.table, seen),
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
