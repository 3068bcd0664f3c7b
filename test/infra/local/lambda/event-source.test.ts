import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openQueues, type Queues } from "../../../../infra/local/emulators/queues.ts";
import type { Batch } from "../../../../infra/local/lambda/batch-outcome.ts";
import { startEventSource, type EventSource } from "../../../../infra/local/lambda/event-source.ts";
import type { Invocation, InvocationOutcome } from "../../../../infra/local/lambda/function-process.ts";
import type { EventSourceDefinition } from "../../../../infra/local/resources/resource-type.ts";

interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: object;
}

const QueueUrl = "http://127.0.0.1/000000000000/outbox.fifo";

let queues: Queues;
let source: EventSource | undefined;
let sent = 0;
/** Moves the clock of the queues forward. */
let offset = 0;
beforeEach(async () => {
  const now = () => Date.now() + offset;
  queues = openQueues({ host: "127.0.0.1", region: "us-east-1", account: "000000000000", now });
  await queues.call("CreateQueue", {
    QueueName: "outbox.fifo",
    Attributes: { FifoQueue: "true", VisibilityTimeout: "60" },
  });
});
afterEach(async () => {
  await source?.stop();
  await queues.close();
});

const send = (MessageGroupId: string, MessageBody: string, more: object = {}) => {
  sent += 1;
  const MessageDeduplicationId = String(sent);
  return queues.call("SendMessage", {
    QueueUrl,
    MessageGroupId,
    MessageBody,
    MessageDeduplicationId,
    ...more,
  });
};

/** Starts the event source with a function in this process; returns its batches and the most that ran at once. */
function start(
  handle: (records: readonly SqsRecord[]) => Promise<InvocationOutcome>,
  definition: Partial<EventSourceDefinition> = {},
) {
  const seen = {
    batches: [] as (readonly SqsRecord[])[],
    outcomes: [] as Batch[],
    most: 0,
    lines: [] as string[],
  };
  let running = 0;
  source = startEventSource({
    definition: {
      queueArn: "arn:aws:sqs:us-east-1:000000000000:outbox.fifo",
      functionName: "deliver",
      batchSize: 10,
      windowSeconds: 0,
      maximumConcurrency: 5,
      reportsFailures: true,
      ...definition,
    },
    queues,
    queueUrl: QueueUrl,
    region: "us-east-1",
    pool: {
      available: () => Promise.resolve(),
      async invoke(event) {
        const { Records } = event as { Records: readonly SqsRecord[] };
        running += 1;
        seen.most = Math.max(seen.most, running);
        seen.batches.push(Records);
        const outcome = await handle(Records);
        running -= 1;
        return { outcome } as Invocation;
      },
    },
    log: (line) => seen.lines.push(line),
    onInvocation: (_, batch) => void seen.outcomes.push(batch),
  });
  return seen;
}

const done: InvocationOutcome = { kind: "done", payload: null };
const failing = (records: readonly SqsRecord[]): InvocationOutcome => ({
  kind: "done",
  payload: { batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })) },
});

async function untilLeft(count: number): Promise<void> {
  const end = Date.now() + 20_000;
  while ((await queues.inspect("outbox.fifo")).length > count) {
    if (Date.now() > end) throw new Error(`More than ${count} messages are left.`);
    await sleep(5);
  }
}

const untilEmpty = () => untilLeft(0);

const bodies = (records: readonly SqsRecord[]) => records.map(({ body }) => body);

test("a group is in one batch at a time, and its messages arrive in order", async () => {
  for (let number = 0; number < 25; number += 1) {
    await send("a", `a${number}`);
    await send("b", `b${number}`);
  }
  const active = new Set<string>();
  const seen = start(async (records) => {
    const groups = new Set(records.map(({ attributes }) => attributes["MessageGroupId"] ?? ""));
    for (const group of groups) expect(active.has(group)).toBe(false);
    for (const group of groups) active.add(group);
    await sleep(10);
    for (const group of groups) active.delete(group);
    return done;
  });
  await untilEmpty();
  const order = seen.batches.flatMap(bodies).filter((body) => body.startsWith("a"));
  expect(order).toEqual(Array.from({ length: 25 }, (_, number) => `a${number}`));
  expect(seen.most).toBe(2);
});

test("a batch may hold several groups, at most ten messages", async () => {
  for (const group of ["a", "b", "c"])
    for (let number = 0; number < 4; number += 1) await send(group, `${group}${number}`);
  const seen = start(async () => done);
  await untilEmpty();
  expect(bodies(seen.batches[0] ?? [])).toEqual("a0 a1 a2 a3 b0 b1 b2 b3 c0 c1".split(" "));
  expect(bodies(seen.batches[1] ?? [])).toEqual(["c2", "c3"]);
});

test("the maximum concurrency limits the batches of many groups", async () => {
  for (let number = 0; number < 12; number += 1) await send(`g${number}`, "x");
  const seen = start(() => sleep(30).then(() => done), { batchSize: 1, maximumConcurrency: 3 });
  await untilEmpty();
  expect(seen.batches).toHaveLength(12);
  expect(seen.most).toBe(3);
});

// AWS Lambda Developer Guide, "Implementing partial batch responses": a function of a FIFO queue stops a group at its
// first failure and reports all later ones; Lambda deletes exactly what is not reported.
test("reported messages come back in order before later ones of their group; other groups go on", async () => {
  for (const body of ["a1", "a2", "b1"]) await send(body.charAt(0), body);
  const { promise: failed, resolve: report } = Promise.withResolvers<undefined>();
  const seen = start(async (records) => {
    if (seen.batches.length > 1) return done;
    report(undefined);
    return failing(records.filter(({ body }) => body.startsWith("a")));
  });
  await failed;
  await send("a", "a3");
  await send("b", "b2");
  await untilLeft(3);
  offset += 61_000;
  await send("b", "b3");
  await untilEmpty();
  const later = seen.batches.slice(1).flatMap(bodies);
  expect(later.filter((body) => body.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  expect(later.indexOf("b2")).toBeLessThan(later.indexOf("a1"));
  expect(seen.outcomes[0]).toEqual({ messages: 3, failed: 2, givenUp: 0 });
});

test("an error of the function returns the whole batch", async () => {
  for (const body of ["a1", "b1"]) await send(body.charAt(0), body);
  const seen = start(async () =>
    seen.batches.length === 1 ? { kind: "failed", type: "Error", message: "x" } : done,
  );
  while (seen.outcomes.length === 0) await sleep(5);
  offset += 61_000;
  await send("c", "c1");
  await untilEmpty();
  expect(seen.outcomes[0]).toEqual({ messages: 2, failed: 2, givenUp: 0 });
  expect(seen.batches.slice(1).flatMap(bodies).toSorted()).toEqual(["a1", "b1", "c1"]);
});

test("a record carries the attributes of the message and of the system", async () => {
  await send("a", "🔔", {
    MessageAttributes: {
      feed: { DataType: "String", StringValue: "voa" },
      raw: { DataType: "Binary", BinaryValue: "AAE=" },
    },
  });
  const seen = start(async () => done);
  await untilEmpty();
  expect(seen.batches[0]?.[0]).toMatchObject({
    body: "🔔",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:outbox.fifo",
    attributes: {
      MessageGroupId: "a",
      ApproximateReceiveCount: "1",
      SequenceNumber: expect.stringMatching(/^\d{20}$/),
    },
    messageAttributes: {
      feed: { stringValue: "voa", dataType: "String", stringListValues: [], binaryListValues: [] },
      raw: { binaryValue: "AAE=", dataType: "Binary" },
    },
  });
});

test("a queue that is deleted ends the polling with a line in the log", async () => {
  const seen = start(async () => done);
  await queues.call("DeleteQueue", { QueueUrl });
  await send("a", "x").catch(() => undefined);
  const end = Date.now() + 3000;
  while (seen.lines.length === 0 && Date.now() < end) await sleep(5);
  expect(seen.lines[0]).toContain("QueueDoesNotExist");
});
