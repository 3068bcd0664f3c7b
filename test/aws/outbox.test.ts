import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  type SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { outboxBody, parseOutboxBody, sqsOutbox, sqsPostpone } from "../../functions/aws/outbox.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";
import { outboxMessageOf } from "../support/outbox-messages.ts";

let emulators: Emulators;
let queue = "";
let count = 0;

beforeAll(async () => {
  emulators = await openEmulators();
});
beforeEach(async () => {
  const { QueueUrl = "" } = await emulators.clients.sqs.send(
    new CreateQueueCommand({
      QueueName: `outbox${count++}.fifo`,
      Attributes: {
        FifoQueue: "true",
        DeduplicationScope: "messageGroup",
        FifoThroughputLimit: "perMessageGroupId",
        VisibilityTimeout: "60",
      },
    }),
  );
  queue = QueueUrl;
});
afterAll(() => emulators.close());

const receive = async () => {
  const { Messages: messages = [] } = await emulators.clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["MessageGroupId", "MessageDeduplicationId", "ApproximateReceiveCount"],
    }),
  );
  return messages;
};

const messages = (length: number, fields: Partial<OutboxMessage> = {}) =>
  Array.from({ length }, (_, i) => outboxMessageOf({ id: `c.0.${i}`, ...fields }));

/** A client that records the batches that it is asked to send. */
function recordingClient(reply: object = {}): {
  readonly client: SQSClient;
  readonly batches: SendMessageBatchCommand["input"][];
} {
  const batches: SendMessageBatchCommand["input"][] = [];
  const send = async (command: SendMessageBatchCommand) => {
    batches.push(command.input);
    return reply;
  };
  return { client: { send } as unknown as SQSClient, batches };
}

describe("the body of a message", () => {
  test.each([
    ["plain text", "News"],
    ["Chinese, Japanese and Arabic", "京都議定書、ニュース مؤتمر"],
    ["emoji and flags", "🚀 👩‍🚀 🇺🇳"],
    ["characters that XML and SQS refuse", "a\u{fffe}b\u{ffff}c"],
    ["controls and lone surrogates", "a\u0000\u0008\u001f\ud83d b\udc00"],
    ["characters of the last plane", "\u{10ffff}\u{1fffe}"],
    ["what looks like an escape", String.raw`\ufffe \u0041`],
  ])("is read back as it was: %s", (_, text) => {
    const message = outboxMessageOf({ subject: text, email: text, sms: text });
    const body = outboxBody(message);
    expect(parseOutboxBody(body)).toEqual(message);
    // Amazon SQS API Reference, `SendMessage`: the characters of XML 1.0. JSON escapes all controls.
    expect(body.replaceAll(/[\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")).toBe("");
  });

  test.each([
    ["no JSON"],
    ["null"],
    ["[]"],
    ["7"],
    ["{}"],
    ['{"feedbell":1,"id":"a"}'],
    [JSON.stringify({ ...outboxMessageOf(), feedbell: 2 })],
  ])("is refused where it is none: %s", (body) => {
    expect(() => parseOutboxBody(body)).toThrow(expect.objectContaining({ code: "message-malformed" }));
  });
});

describe("enqueueing", () => {
  test("keeps the order within each audience's group, under the ids of the messages", async () => {
    const sent = [
      ...messages(7),
      ...messages(3, { audience: "digest" }).map((one, i) => ({ ...one, id: `c.1.${i}` })),
    ];
    await sqsOutbox(emulators.clients.sqs, queue).enqueue(sent);
    const found = await receive();
    const idsOf = (group: string) =>
      found
        .filter(({ Attributes: attributes }) => attributes?.["MessageGroupId"] === group)
        .map(({ Body: body = "" }) => parseOutboxBody(body).id);
    expect(idsOf("alerts")).toEqual(sent.slice(0, 7).map(({ id }) => id));
    expect(idsOf("digest")).toEqual(sent.slice(7).map(({ id }) => id));
    for (const { Body: body = "", Attributes: attributes } of found)
      expect(attributes?.["MessageDeduplicationId"]).toBe(parseOutboxBody(body).id);
  });

  test("the same message again within five minutes does nothing", async () => {
    const outbox = sqsOutbox(emulators.clients.sqs, queue);
    await outbox.enqueue(messages(2));
    await outbox.enqueue(messages(3).map((message) => ({ ...message, again: true }) as const));
    expect(await receive()).toHaveLength(3);
  });

  test("sends at most ten messages and 1 MiB in one call", async () => {
    const { client, batches } = recordingClient();
    const outbox = sqsOutbox(client, queue);
    await outbox.enqueue(messages(23));
    expect(batches.map(({ Entries: entries }) => entries?.length)).toEqual([10, 10, 3]);
    batches.length = 0;
    await outbox.enqueue(messages(10, { email: "京".repeat(80_000) }));
    expect(batches.map(({ Entries: entries }) => entries?.length)).toEqual([4, 4, 2]);
    for (const { Entries: entries = [] } of batches) {
      const bytes = entries.reduce((sum, { MessageBody: body = "" }) => sum + Buffer.byteLength(body), 0);
      expect(bytes).toBeLessThanOrEqual(1_048_576);
    }
  });

  test("passes messages of nearly 1 MiB, emoji and all, through the queue", async () => {
    const large = messages(2, { email: "🚀京a".repeat(60_000) });
    await sqsOutbox(emulators.clients.sqs, queue).enqueue(large);
    const bodies = [...(await receive()), ...(await receive())].map(({ Body: body = "" }) =>
      parseOutboxBody(body),
    );
    expect(bodies).toEqual(large);
  });

  test("fails when one message of a call was refused", async () => {
    const { client } = recordingClient({ Failed: [{ Id: "1", Code: "InternalError", SenderFault: false }] });
    await expect(sqsOutbox(client, queue).enqueue(messages(2))).rejects.toThrow(
      "1 messages were not enqueued: InternalError",
    );
  });

  test("of nothing makes no call", async () => {
    const { client, batches } = recordingClient();
    await sqsOutbox(client, queue).enqueue([]);
    expect(batches).toEqual([]);
  });
});

describe("postponing", () => {
  test("hides messages for so many seconds, in calls of ten", async () => {
    await sqsOutbox(emulators.clients.sqs, queue).enqueue(messages(2));
    const received = await receive();
    const handles = received.map(({ ReceiptHandle: handle = "" }) => ({ handle }));
    const errors: unknown[] = [];
    const postpone = sqsPostpone(emulators.clients.sqs, queue, (error) => void errors.push(error));
    await postpone(handles, 0);
    expect(await receive()).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  test.each([
    [0.2, 1],
    [-5, 0],
    [899.5, 900],
    [1e9, 43_200],
  ])("for %d seconds asks for %i", async (seconds, expected) => {
    const { client, batches } = recordingClient();
    await sqsPostpone(
      client,
      queue,
      () => undefined,
    )(
      messages(1).map(({ id }) => ({ handle: id })),
      seconds,
    );
    expect(batches).toMatchObject([{ Entries: [{ VisibilityTimeout: expected }] }]);
  });

  test("splits what one call can't carry, and reports what failed without failing itself", async () => {
    const { client, batches } = recordingClient({ Failed: [{ Id: "0", Code: "ReceiptHandleIsInvalid" }] });
    const errors: unknown[] = [];
    const postpone = sqsPostpone(client, queue, (error) => void errors.push(String(error)));
    await postpone(
      messages(12).map(({ id }) => ({ handle: id })),
      5,
    );
    expect(batches.map(({ Entries: entries }) => entries?.length)).toEqual([10, 2]);
    expect(errors).toHaveLength(2);
    const broken = { send: () => Promise.reject(new Error("503")) } as unknown as SQSClient;
    await sqsPostpone(broken, queue, (error) => void errors.push(String(error)))([{ handle: "x" }], 5);
    expect(errors.at(-1)).toContain("503");
  });
});
