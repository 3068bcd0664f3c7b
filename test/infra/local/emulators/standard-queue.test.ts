import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type Message,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEmulators, refusal, type Emulators } from "../../../support/open-emulators.ts";

/** Real time, moved forward by `pass`. */
let offset = 0;
const pass = (seconds: number) => void (offset += seconds * 1000);

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators({ now: () => Date.now() + offset });
});
afterAll(() => emulators.close());

let count = 0;
const arnOf = (url: string) => `arn:aws:sqs:us-east-1:000000000000:${url.split("/").at(-1)}`;

async function open(Attributes: Record<string, string> = {}) {
  const { sqs } = emulators.clients;
  count += 1;
  const name = `s${count}${Attributes["FifoQueue"] ? ".fifo" : ""}`;
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return {
    QueueUrl,
    arn: arnOf(QueueUrl),
    send: (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    async receive(more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
      const input = { QueueUrl, MaxNumberOfMessages: 10, ...more };
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ ...input, MessageSystemAttributeNames: ["All"] }),
      );
      return Messages;
    },
    remove: ({ ReceiptHandle }: Message = {}) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
  };
}

const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);

describe("messages of a standard queue", () => {
  test.each(["🚀 𠮷 👨‍👩‍👧", "é 你好 مرحبا", "\u{10ffff}"])("the body %j is delivered", async (body) => {
    const queue = await open();
    await queue.send(body);
    expect(bodies(await queue.receive())).toEqual([body]);
  });

  test.each(["a\u0000b", "\uffff", "\udc00"])("the body %j is refused", async (body) => {
    const queue = await open();
    expect((await refusal(queue.send(body))).name).toBe("InvalidMessageContents");
  });

  test("a delay holds a message back, 15 minutes at most", async () => {
    const queue = await open();
    await queue.send("late", { DelaySeconds: 900 });
    expect((await refusal(queue.send("later", { DelaySeconds: 901 }))).name).toBe("InvalidParameterValue");
    pass(899);
    expect(await queue.receive()).toEqual([]);
    pass(2);
    expect(bodies(await queue.receive())).toEqual(["late"]);
  });

  test("a group id is kept for fair queues, and a deduplication id is refused", async () => {
    const queue = await open();
    await queue.send("x", { MessageGroupId: "tenant" });
    const [message] = await queue.receive();
    expect(message?.Attributes).toMatchObject({ MessageGroupId: "tenant" });
    const refused = await refusal(queue.send("x", { MessageDeduplicationId: "id" }));
    expect(refused.name).toBe("InvalidParameterValue");
  });

  test("an old handle is accepted and deletes nothing", async () => {
    const queue = await open();
    await queue.send("x");
    const [first] = await queue.receive({ VisibilityTimeout: 1 });
    pass(2);
    const [second] = await queue.receive();
    await queue.remove(first);
    pass(31);
    expect(bodies(await queue.receive())).toEqual(["x"]);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
  });

  test("the latest handle deletes after the visibility timeout too", async () => {
    const queue = await open();
    await queue.send("x");
    const [message] = await queue.receive({ VisibilityTimeout: 1 });
    pass(2);
    await queue.remove(message);
    expect(await queue.receive()).toEqual([]);
  });

  test("attributes are validated", async () => {
    const queue = await open();
    const send = (DataType: string, StringValue: string, name = "feed") =>
      queue.send("x", { MessageAttributes: { [name]: { DataType, StringValue } } });
    for (const wrong of [
      send("String", ""),
      send("Text", "x"),
      send("Number", "one"),
      send("String", "x", "AWS.x"),
    ])
      expect((await refusal(wrong)).name).toBe("InvalidParameterValue");
    await send("String.slug", "voa");
    const [message] = await queue.receive({ MessageAttributeNames: ["fe.*", "feed"] });
    expect(message?.MessageAttributes).toEqual({ feed: { DataType: "String.slug", StringValue: "voa" } });
    expect(message?.MD5OfMessageAttributes).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe.each([
  ["standard", {}],
  ["FIFO", { FifoQueue: "true", ContentBasedDeduplication: "true" }],
])("dead letters of a %s queue are moved (API Reference, StartMessageMoveTask)", (_, kind) => {
  const start = (
    SourceArn: string,
    more: { DestinationArn?: string; MaxNumberOfMessagesPerSecond?: number } = {},
  ) => emulators.clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn, ...more }));
  const list = async (SourceArn: string) =>
    (await emulators.clients.sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 10 })))
      .Results;
  const group = Object.keys(kind).length > 0 ? { MessageGroupId: "a" } : {};

  async function openWithDeadLetters(letters: readonly string[]) {
    const dead = await open(kind);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = await open({ ...kind, RedrivePolicy });
    for (const body of letters) await queue.send(body, group);
    const received = await queue.receive();
    pass(31);
    await queue.receive();
    return { dead, queue, received };
  }

  test("to the queue that they come from, as new messages", async () => {
    const { dead, queue, received } = await openWithDeadLetters(["one", "two"]);
    await start(dead.arn);
    const moved = await queue.receive();
    expect(bodies(moved)).toEqual(["one", "two"]);
    expect(moved[0]?.MessageId).not.toBe(received[0]?.MessageId);
    expect(moved[0]?.Attributes?.["ApproximateReceiveCount"]).toBe("1");
    expect(await dead.receive()).toEqual([]);
    expect(await list(dead.arn)).toMatchObject([
      { Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 2, SourceArn: dead.arn },
    ]);
  });

  test("to another queue", async () => {
    const { dead } = await openWithDeadLetters(["one"]);
    const other = await open(kind);
    await start(dead.arn, { DestinationArn: other.arn });
    expect(bodies(await other.receive())).toEqual(["one"]);
  });

  test("at a rate, until the task is cancelled", async () => {
    const { dead } = await openWithDeadLetters(["one", "two", "three"]);
    const { TaskHandle } = await start(dead.arn, { MaxNumberOfMessagesPerSecond: 1 });
    expect((await refusal(start(dead.arn))).name).toBe("UnsupportedOperation");
    const cancelled = await emulators.clients.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(1);
    expect(await list(dead.arn)).toMatchObject([{ Status: "CANCELLED" }]);
    expect(bodies(await dead.receive())).toEqual(["two", "three"]);
  });

  test("only from a dead-letter queue", async () => {
    const { queue } = await openWithDeadLetters([]);
    expect((await refusal(start(queue.arn))).name).toBe("InvalidParameterValue");
    expect((await refusal(start(`${queue.arn}-missing`))).name).toBe("ResourceNotFoundException");
  });
});

test("the query protocol carries attributes, delays and error codes", async () => {
  const queue = await open();
  const call = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ Version: "2012-11-05", QueueUrl: queue.QueueUrl, ...fields });
    const reply = await fetch(emulators.endpoint.url, { method: "POST", body });
    return reply.text();
  };
  await call({
    Action: "SendMessageBatch",
    "SendMessageBatchRequestEntry.1.Id": "one",
    "SendMessageBatchRequestEntry.1.MessageBody": "<b> 🚀",
    "SendMessageBatchRequestEntry.1.MessageAttribute.1.Name": "feed",
    "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType": "String",
    "SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue": "voa",
    "SendMessageBatchRequestEntry.2.Id": "two",
    "SendMessageBatchRequestEntry.2.MessageBody": "late",
    "SendMessageBatchRequestEntry.2.DelaySeconds": "30",
  });
  const received = await call({
    Action: "ReceiveMessage",
    MaxNumberOfMessages: "10",
    "MessageAttributeName.1": "All",
    "AttributeName.1": "ApproximateReceiveCount",
  });
  expect(received).toContain("<Body>&lt;b&gt; 🚀</Body>");
  expect(received).toContain("<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>");
  expect(received).toContain(
    "<MessageAttribute><Name>feed</Name><Value><DataType>String</DataType><StringValue>voa</StringValue></Value></MessageAttribute>",
  );
  expect(received).not.toContain("late");
  expect(await call({ Action: "GetQueueUrl", QueueName: "missing" })).toContain(
    "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>",
  );
});
