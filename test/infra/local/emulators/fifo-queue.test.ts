import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type Message,
  type QueueAttributeName,
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
const highThroughput = { DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" };
const arnOf = (url: string) => `arn:aws:sqs:us-east-1:000000000000:${url.split("/").at(-1)}`;

async function open(attributes: Record<string, string> = {}) {
  const { sqs } = emulators.clients;
  count += 1;
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `q${count}.fifo`,
      Attributes: { FifoQueue: "true", ...highThroughput, VisibilityTimeout: "60", ...attributes },
    }),
  );
  let sent = 0;
  const send = (MessageGroupId: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) => {
    sent += 1;
    const input = { QueueUrl, MessageGroupId, MessageBody, MessageDeduplicationId: `id-${sent}`, ...more };
    return sqs.send(new SendMessageCommand(input));
  };
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> => {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["All"] as const,
      ...more,
    };
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ ...input, MessageSystemAttributeNames: ["All"] }),
    );
    return Messages;
  };
  return {
    QueueUrl,
    send,
    receive,
    bodies: async (more: Partial<ReceiveMessageCommandInput> = {}) =>
      (await receive(more)).map(({ Body }) => Body),
    remove: ({ ReceiptHandle }: Message = {}) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    hide: ({ ReceiptHandle }: Message = {}, VisibilityTimeout = 0) =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout })),
    async attribute(name: QueueAttributeName) {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      return Attributes?.[name];
    },
  };
}

describe("order and groups (Developer Guide, FIFO queue delivery logic)", () => {
  test("a receive returns several messages of one group, in the order of sending", async () => {
    const queue = await open();
    for (let number = 0; number < 12; number += 1) await queue.send("a", `a${number}`);
    expect(await queue.bodies()).toEqual(Array.from({ length: 10 }, (_, number) => `a${number}`));
  });

  test("a receive fills up with the messages of other groups", async () => {
    const queue = await open();
    for (const body of ["a1", "b1", "a2", "b2"]) await queue.send(body.charAt(0), body);
    expect(await queue.bodies()).toEqual(["a1", "a2", "b1", "b2"]);
  });

  test("a group with a message in flight is locked, and the others are not", async () => {
    const queue = await open();
    for (const body of ["a1", "a2", "b1"]) await queue.send(body.charAt(0), body);
    expect(await queue.bodies({ MaxNumberOfMessages: 1 })).toEqual(["a1"]);
    expect(await queue.bodies()).toEqual(["b1"]);
    expect(await queue.bodies()).toEqual([]);
  });

  test("a group stays locked until the last of its messages is deleted or visible again", async () => {
    const queue = await open();
    for (const body of ["a1", "a2", "a3"]) await queue.send("a", body);
    const [first, second] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.remove(first);
    expect(await queue.bodies()).toEqual([]);
    await queue.hide(second);
    expect(await queue.bodies()).toEqual(["a2", "a3"]);
  });

  test("messages that return keep their place before later ones", async () => {
    const queue = await open();
    for (const body of ["a1", "a2", "a3"]) await queue.send("a", body);
    const [first, second] = await queue.receive({ MaxNumberOfMessages: 2 });
    await queue.hide(second);
    await queue.send("a", "a4");
    await queue.hide(first);
    expect(await queue.bodies()).toEqual(["a1", "a2", "a3", "a4"]);
  });

  test("messages return in order when their visibility timeout is over", async () => {
    const queue = await open();
    for (const body of ["a1", "a2"]) await queue.send("a", body);
    await queue.receive();
    await queue.send("a", "a3");
    pass(59);
    expect(await queue.bodies()).toEqual([]);
    pass(2);
    expect(await queue.bodies()).toEqual(["a1", "a2", "a3"]);
  });

  test("groups take turns: a busy group does not starve twenty others", async () => {
    const queue = await open();
    for (let number = 0; number < 40; number += 1) await queue.send("busy", `busy${number}`);
    for (let number = 0; number < 20; number += 1) await queue.send(`g${number}`, `g${number}`);
    const seen = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      for (const message of await queue.receive()) {
        seen.add(message.Body ?? "");
        await queue.remove(message);
      }
    }
    expect([...seen].filter((body) => body.startsWith("g"))).toHaveLength(20);
  });

  test("a long poll ends when the last message of a locked group is deleted", async () => {
    const queue = await open();
    for (const body of ["a1", "a2"]) await queue.send("a", body);
    const [first] = await queue.receive({ MaxNumberOfMessages: 1 });
    const waiting = queue.bodies({ WaitTimeSeconds: 20 });
    await queue.remove(first);
    expect(await waiting).toEqual(["a2"]);
  });

  test("a long poll ends when a message is sent, and when a visibility timeout is over", async () => {
    const queue = await open();
    const sent = queue.bodies({ WaitTimeSeconds: 20, VisibilityTimeout: 1 });
    await queue.send("a", "a1");
    expect(await sent).toEqual(["a1"]);
    expect(await queue.bodies({ WaitTimeSeconds: 20 })).toEqual(["a1"]);
  });
});

describe("visibility (API Reference, ChangeMessageVisibility)", () => {
  test("a batch sets each message, and the group returns with the last of them", async () => {
    const queue = await open();
    for (const body of ["a1", "a2"]) await queue.send("a", body);
    const messages = await queue.receive();
    const { Successful = [] } = await emulators.clients.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue.QueueUrl,
        Entries: messages.map(({ MessageId, ReceiptHandle }, index) => ({
          Id: MessageId,
          ReceiptHandle,
          VisibilityTimeout: index === 0 ? 30 : 0,
        })),
      }),
    );
    expect(Successful).toHaveLength(2);
    expect(await queue.bodies()).toEqual([]);
    pass(31);
    expect(await queue.bodies()).toEqual(["a1", "a2"]);
  });

  test("a batch reports the one entry that fails", async () => {
    const queue = await open();
    await queue.send("a", "a1");
    const [message] = await queue.receive();
    const { Successful = [], Failed = [] } = await emulators.clients.sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queue.QueueUrl,
        Entries: [
          { Id: "good", ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 5 },
          { Id: "bad", ReceiptHandle: "nonsense", VisibilityTimeout: 5 },
        ],
      }),
    );
    expect(Successful.map(({ Id }) => Id)).toEqual(["good"]);
    expect(Failed).toMatchObject([{ Id: "bad", SenderFault: true, Code: "ReceiptHandleIsInvalid" }]);
  });

  test("a message that is not in flight is refused", async () => {
    const queue = await open();
    await queue.send("a", "a1");
    const [message] = await queue.receive();
    await queue.hide(message);
    expect((await refusal(queue.hide(message, 5))).name).toBe("MessageNotInflight");
  });

  test("12 hours from the receive are the most", async () => {
    const queue = await open();
    await queue.send("a", "a1");
    const [message] = await queue.receive();
    pass(10);
    expect((await refusal(queue.hide(message, 43_195))).name).toBe("InvalidParameterValue");
    await queue.hide(message, 43_180);
  });

  test("a handle whose visibility timeout is over deletes nothing and is refused", async () => {
    const queue = await open();
    await queue.send("a", "a1");
    const [message] = await queue.receive({ VisibilityTimeout: 5 });
    pass(6);
    expect((await refusal(queue.remove(message))).name).toBe("InvalidParameterValue");
    expect(await queue.bodies()).toEqual(["a1"]);
  });

  test("a deleted message can be deleted again; a handle of another queue is refused", async () => {
    const [queue, other] = [await open(), await open()];
    await queue.send("a", "a1");
    const [message] = await queue.receive();
    await queue.remove(message);
    await queue.remove(message);
    expect((await refusal(other.remove(message))).name).toBe("ReceiptHandleIsInvalid");
  });
});

describe("deduplication (Developer Guide, FIFO queue key terms)", () => {
  test("the same id within five minutes is accepted and not delivered, even after the first is deleted", async () => {
    const queue = await open();
    const first = await queue.send("a", "one", { MessageDeduplicationId: "same" });
    const [message] = await queue.receive();
    await queue.remove(message);
    pass(299);
    const second = await queue.send("a", "two", { MessageDeduplicationId: "same" });
    expect(second.MessageId).toBe(first.MessageId);
    expect(second.SequenceNumber).toBe(first.SequenceNumber);
    expect(await queue.bodies()).toEqual([]);
    pass(2);
    await queue.send("a", "three", { MessageDeduplicationId: "same" });
    expect(await queue.bodies()).toEqual(["three"]);
  });

  test.each([
    ["messageGroup", ["one", "two"]],
    ["queue", ["one"]],
  ])("scope %s", async (DeduplicationScope, delivered) => {
    const queue = await open({ DeduplicationScope, FifoThroughputLimit: "perQueue" });
    await queue.send("a", "one", { MessageDeduplicationId: "same" });
    await queue.send("b", "two", { MessageDeduplicationId: "same" });
    expect(await queue.bodies()).toEqual(delivered);
  });

  test("an id is required where there is no content-based deduplication", async () => {
    const queue = await open();
    const without = queue.send("a", "x", { MessageDeduplicationId: undefined });
    expect((await refusal(without)).name).toBe("InvalidParameterValue");
  });

  test("content-based deduplication compares bodies, and an id overrides it", async () => {
    const queue = await open({ ContentBasedDeduplication: "true" });
    await queue.send("a", "x", { MessageDeduplicationId: undefined });
    await queue.send("a", "x", { MessageDeduplicationId: undefined });
    await queue.send("a", "x", { MessageDeduplicationId: "other" });
    expect(await queue.bodies()).toEqual(["x", "x"]);
  });

  test("an interval of 0 delivers every send", async () => {
    const own = await openEmulators({ deduplicationSeconds: 0 });
    try {
      const { queues } = own.endpoint;
      const Attributes = { FifoQueue: "true" };
      const { QueueUrl } = await queues.call("CreateQueue", { QueueName: "zero.fifo", Attributes });
      const message = { QueueUrl, MessageGroupId: "a", MessageDeduplicationId: "same", MessageBody: "x" };
      for (let time = 0; time < 3; time += 1) await queues.call("SendMessage", message);
      expect(await queues.inspect("zero.fifo")).toHaveLength(3);
    } finally {
      await own.close();
    }
  });
});

describe("dead letters (Developer Guide, Using dead-letter queues)", () => {
  const policy = (url: string, maxReceiveCount = 2) => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(url), maxReceiveCount }),
  });

  test("a message received too often is moved under its message id, and its group goes on", async () => {
    const dead = await open();
    const queue = await open(policy(dead.QueueUrl));
    const { MessageId } = await queue.send("a", "poison", { MessageDeduplicationId: "d1" });
    for (let time = 0; time < 2; time += 1) {
      const [message] = await queue.receive({ MaxNumberOfMessages: 1 });
      expect(message?.Attributes?.["ApproximateReceiveCount"]).toBe(String(time + 1));
      await queue.hide(message);
    }
    await queue.send("a", "next");
    expect(await queue.bodies()).toEqual(["next"]);
    const [letter] = await dead.receive();
    expect(letter).toMatchObject({ Body: "poison", MessageId });
    expect(letter?.Attributes).toMatchObject({
      MessageGroupId: "a",
      MessageDeduplicationId: MessageId,
      DeadLetterQueueSourceArn: arnOf(queue.QueueUrl),
    });
  });

  test("two messages with one deduplication id can both be dead letters", async () => {
    const dead = await open();
    const queue = await open(policy(dead.QueueUrl, 1));
    for (const group of ["a", "b"]) await queue.send(group, group, { MessageDeduplicationId: "same" });
    for (const message of await queue.receive()) await queue.hide(message);
    expect(await queue.bodies()).toEqual([]);
    expect(await dead.bodies()).toEqual(["a", "b"]);
  });

  test("the enqueue timestamp starts anew in the dead-letter queue", async () => {
    const dead = await open({ MessageRetentionPeriod: "120" });
    const queue = await open(policy(dead.QueueUrl, 1));
    await queue.send("a", "old");
    pass(100);
    for (const message of await queue.receive()) await queue.hide(message);
    await queue.receive();
    pass(100);
    expect(await dead.bodies({ VisibilityTimeout: 0 })).toEqual(["old"]);
    pass(30);
    expect(await dead.bodies()).toEqual([]);
  });

  test("a dead-letter queue must exist and be FIFO too", async () => {
    const { QueueUrl = "" } = await emulators.clients.sqs.send(
      new CreateQueueCommand({ QueueName: `standard-${count}` }),
    );
    expect((await refusal(open(policy(QueueUrl)))).name).toBe("InvalidAttributeValue");
    expect((await refusal(open(policy("http://host/missing.fifo")))).name).toBe("InvalidAttributeValue");
  });
});

describe("what a FIFO queue accepts (API Reference, SendMessage)", () => {
  test("a message group is required", async () => {
    const queue = await open();
    const send = queue.send("a", "x", { MessageGroupId: undefined });
    expect((await refusal(send)).name).toBe("MissingParameter");
  });

  test("a message has no delay of its own", async () => {
    const queue = await open();
    expect((await refusal(queue.send("a", "x", { DelaySeconds: 1 }))).name).toBe("InvalidParameterValue");
    await queue.send("a", "x", { DelaySeconds: 0 });
  });

  test("the delay of the queue holds for every message", async () => {
    const queue = await open({ DelaySeconds: "10" });
    await queue.send("a", "x");
    expect(await queue.bodies()).toEqual([]);
    expect(await queue.attribute("ApproximateNumberOfMessagesDelayed")).toBe("1");
    pass(11);
    expect(await queue.bodies()).toEqual(["x"]);
  });

  test("a message may have 1 MiB, its attributes included", async () => {
    const queue = await open();
    const MessageAttributes = { feed: { DataType: "String", StringValue: "voa" } };
    const size = 1_048_576 - "feedStringvoa".length;
    await queue.send("a", "x".repeat(size), { MessageAttributes });
    const larger = queue.send("a", "x".repeat(size + 1), { MessageAttributes });
    expect((await refusal(larger)).name).toBe("InvalidParameterValue");
  });

  test("a batch may have 1 MiB together", async () => {
    const queue = await open();
    const sendBatch = (sizes: readonly number[]) =>
      emulators.clients.sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queue.QueueUrl,
          Entries: sizes.map((size, index) => ({
            Id: String(index),
            MessageGroupId: "a",
            MessageDeduplicationId: `${size}-${index}`,
            MessageBody: "é".repeat(size / 2),
          })),
        }),
      );
    expect((await sendBatch([1_000_000, 48_576])).Successful).toHaveLength(2);
    expect((await refusal(sendBatch([1_000_000, 48_578]))).name).toBe("BatchRequestTooLong");
  });

  test("a batch is delivered in the order of its entries and reports those that fail", async () => {
    const queue = await open();
    const entry = (Id: string, MessageBody: string) => ({ Id, MessageBody, MessageDeduplicationId: Id });
    const { Successful = [], Failed = [] } = await emulators.clients.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queue.QueueUrl,
        Entries: [
          { ...entry("one", "1"), MessageGroupId: "a" },
          { ...entry("two", "2") },
          { ...entry("three", "3"), MessageGroupId: "a" },
          {
            ...entry("four", "4"),
            MessageGroupId: "a",
            MessageAttributes: { feed: { DataType: "String", StringValue: "" } },
          },
        ],
      }),
    );
    expect(Successful.map(({ Id }) => Id)).toEqual(["one", "three"]);
    expect(Number(Successful[1]?.SequenceNumber)).toBeGreaterThan(Number(Successful[0]?.SequenceNumber));
    expect(Failed).toMatchObject([
      { Id: "two", SenderFault: true, Code: "MissingParameter" },
      { Id: "four", SenderFault: true, Code: "InvalidParameterValue" },
    ]);
    expect(await queue.bodies()).toEqual(["1", "3"]);
  });

  test.each(["🚀 𠮷 👨‍👩‍👧", "é 你好 مرحبا", "\t\r\n", "\u{10ffff}", "\ufffd"])("the body %j", async (body) => {
    const queue = await open();
    await queue.send("a", body);
    expect(await queue.bodies()).toEqual([body]);
  });

  test.each(["a\u0000b", "\u000b", "\ufffe", "\uffff", "\ud83d alone"])(
    "the body %j is refused",
    async (body) => {
      const queue = await open();
      expect((await refusal(queue.send("a", body))).name).toBe("InvalidMessageContents");
    },
  );

  test("attributes of the message and of the system are passed on", async () => {
    const queue = await open();
    const trace = "Root=1-00000000-000000000000000000000001";
    await queue.send("a", "x", {
      MessageAttributes: { feed: { DataType: "String", StringValue: "voa" } },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: trace } },
    });
    const before = Date.now() + offset;
    const [message] = await queue.receive({ MessageAttributeNames: ["All"] });
    expect(message?.MessageAttributes).toEqual({ feed: { DataType: "String", StringValue: "voa" } });
    expect(message?.Attributes).toMatchObject({
      MessageGroupId: "a",
      MessageDeduplicationId: "id-1",
      AWSTraceHeader: trace,
      ApproximateReceiveCount: "1",
    });
    expect(message?.Attributes?.["SequenceNumber"]).toMatch(/^\d{20}$/);
    expect(Number(message?.Attributes?.["SentTimestamp"])).toBeLessThanOrEqual(before);
    expect(Number(message?.Attributes?.["ApproximateFirstReceiveTimestamp"])).toBeGreaterThanOrEqual(before);
  });
});

describe("the queue itself", () => {
  test.each<[string, string, Record<string, string>, string]>([
    ["without the suffix .fifo", "plain", { FifoQueue: "true" }, "InvalidParameterValue"],
    ["with the suffix on a standard queue", "plain.fifo", {}, "InvalidParameterValue"],
    ["a FIFO attribute on a standard queue", "plain", highThroughput, "InvalidAttributeName"],
    [
      "throughput by group without deduplication by group",
      "odd.fifo",
      { FifoQueue: "true", FifoThroughputLimit: "perMessageGroupId" },
      "InvalidAttributeValue",
    ],
    ["an unknown attribute", "odd", { Colour: "red" }, "InvalidAttributeName"],
    ["a visibility timeout over 12 hours", "odd", { VisibilityTimeout: "43201" }, "InvalidAttributeValue"],
  ])("%s is refused", async (_, QueueName, Attributes, name) => {
    const created = emulators.clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    expect((await refusal(created)).name).toBe(name);
  });

  test("counts are those of visible, hidden and delayed messages", async () => {
    const queue = await open();
    for (const body of ["a1", "a2", "b1"]) await queue.send(body.charAt(0), body);
    await queue.receive({ MaxNumberOfMessages: 1 });
    expect(await queue.attribute("ApproximateNumberOfMessages")).toBe("2");
    expect(await queue.attribute("ApproximateNumberOfMessagesNotVisible")).toBe("1");
    expect(await queue.attribute("FifoThroughputLimit")).toBe("perMessageGroupId");
  });

  test("a message is gone after the retention period, in flight or not", async () => {
    const queue = await open({ MessageRetentionPeriod: "60" });
    for (const body of ["a1", "b1"]) await queue.send(body.charAt(0), body);
    await queue.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 90 });
    pass(61);
    await queue.send("a", "a2");
    expect(await queue.bodies()).toEqual(["a2"]);
  });

  test("a purge unlocks the groups", async () => {
    const queue = await open();
    for (const body of ["a1", "a2"]) await queue.send("a", body);
    await queue.receive({ MaxNumberOfMessages: 1 });
    await emulators.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: queue.QueueUrl }));
    await queue.send("a", "a3");
    expect(await queue.bodies()).toEqual(["a3"]);
  });

  test("a batch of deletes unlocks the group", async () => {
    const queue = await open();
    for (let number = 0; number < 11; number += 1) await queue.send("a", `a${number}`);
    const messages = await queue.receive();
    await emulators.clients.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queue.QueueUrl,
        Entries: messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle })),
      }),
    );
    expect(await queue.bodies()).toEqual(["a10"]);
  });
});
