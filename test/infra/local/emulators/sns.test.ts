import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
  type MessageAttributeValue,
  type PublishCommandInput,
} from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openEmulators, refusal, type Emulators } from "../../../support/open-emulators.ts";

let emulators: Emulators;
let TopicArn: string;
let count = 0;

beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());
beforeEach(async () => {
  count += 1;
  const created = await emulators.clients.sns.send(new CreateTopicCommand({ Name: `topic-${count}` }));
  TopicArn = created.TopicArn ?? "";
});

const publish = (input: Partial<PublishCommandInput>) =>
  emulators.clients.sns.send(new PublishCommand({ TopicArn, Message: "m", ...input }));
const subscribe = (Protocol: string, Endpoint: string, Attributes?: Record<string, string>) =>
  emulators.clients.sns.send(
    new SubscribeCommand({ TopicArn, Protocol, Endpoint, ...(Attributes && { Attributes }) }),
  );
const structured = (texts: object) => ({ MessageStructure: "json", Message: JSON.stringify(texts) });
const attribute = (StringValue: string, DataType = "String"): MessageAttributeValue => ({
  DataType,
  StringValue,
});
const topic = () => {
  const found = emulators.sns.topics.get(TopicArn);
  if (!found) throw new Error("no topic");
  return found;
};

describe("rejects what the service rejects", () => {
  const longest = 262_144;
  const rejected: [string, Partial<PublishCommandInput>, string][] = [
    ["a subject of 100 characters", { Subject: "x".repeat(100) }, "InvalidParameter"],
    ["a subject of 100 UTF-16 units in 50 characters", { Subject: "🔔".repeat(50) }, "InvalidParameter"],
    ["a subject with a line feed", { Subject: "a\nb" }, "InvalidParameter"],
    ["a subject with a carriage return", { Subject: "a\rb" }, "InvalidParameter"],
    ["a subject with a control character", { Subject: "a\u0007b" }, "InvalidParameter"],
    ["a subject with a C1 control character", { Subject: "a\u0085b" }, "InvalidParameter"],
    ["a subject with a line separator", { Subject: "a\u2028b" }, "InvalidParameter"],
    ["an empty message", { Message: "" }, "InvalidParameter"],
    ["a message of 262,145 bytes", { Message: "x".repeat(longest + 1) }, "InvalidParameter"],
    [
      "a message of 262,146 bytes in fewer characters",
      { Message: "é".repeat(longest / 2 + 1) },
      "InvalidParameter",
    ],
    [
      "a message that is too long with its attributes",
      { Message: "x".repeat(longest - 10), MessageAttributes: { feed: attribute("voa") } },
      "InvalidParameter",
    ],
    ["a message with a control character", { Message: "a\u0000b" }, "InvalidParameter"],
    ["another structure than json", { MessageStructure: "xml" }, "InvalidParameter"],
    ["a structure that is no JSON", { MessageStructure: "json", Message: "{" }, "InvalidParameter"],
    ["a structure that is no object", { MessageStructure: "json", Message: "[]" }, "InvalidParameter"],
    ["a structure without default", structured({ email: "x" }), "InvalidParameter"],
    ["a default that is no string", structured({ default: { a: 1 } }), "InvalidParameter"],
    ["an SMS of 1,601 characters", structured({ default: "d", sms: "x".repeat(1601) }), "InvalidParameter"],
    ["an attribute without a value", { MessageAttributes: { a: attribute("") } }, "ParameterValueInvalid"],
    [
      "an attribute of an unknown type",
      { MessageAttributes: { a: attribute("x", "Text") } },
      "ParameterValueInvalid",
    ],
    ["an attribute with an emoji", { MessageAttributes: { a: attribute("🔔") } }, "ParameterValueInvalid"],
    [
      "an attribute name with a space",
      { MessageAttributes: { "a b": attribute("x") } },
      "ParameterValueInvalid",
    ],
    [
      "an attribute name with a reserved prefix",
      { MessageAttributes: { "AWS.x": attribute("x") } },
      "ParameterValueInvalid",
    ],
    [
      "an attribute name that ends with a period",
      { MessageAttributes: { "a.": attribute("x") } },
      "ParameterValueInvalid",
    ],
    [
      "a Number attribute that is not a number",
      { MessageAttributes: { a: attribute("x", "Number") } },
      "ParameterValueInvalid",
    ],
    [
      "a String.Array attribute that is not an array",
      { MessageAttributes: { a: attribute("x", "String.Array") } },
      "ParameterValueInvalid",
    ],
    ["a topic that is not there", { TopicArn: "arn:aws:sns:us-east-1:000000000000:none" }, "NotFound"],
    ["something that is no topic", { TopicArn: "topic" }, "InvalidParameter"],
  ];
  test.each(rejected)("%s", async (_, input, code) => {
    const { name } = await refusal(publish(input));
    expect(name.replace("Exception", "")).toBe(
      code === "ParameterValueInvalid" ? "InvalidParameterValue" : code,
    );
  });
});

describe("accepts what the service accepts", () => {
  const accepted: [string, Partial<PublishCommandInput>][] = [
    ["a subject of 99 characters in any script", { Subject: "界".repeat(99) }],
    ["a message of 262,144 bytes", { Message: "x".repeat(262_144) }],
    ["line breaks, tabs and emoji in a message", { Message: "a\r\n\tb 🔔" }],
    ["an SMS of 1,600 characters", structured({ default: "d", sms: "x".repeat(1600) })],
    ["a long default text without an sms text", structured({ default: "x".repeat(5000) })],
    ["an empty variant", structured({ default: "d", email: "" })],
    ["a default text and values that are not strings", structured({ default: "d", email: 5, other: {} })],
    ["a kind of SMS", { MessageAttributes: { "AWS.SNS.SMS.SMSType": attribute("Transactional") } }],
    ["an array", { MessageAttributes: { feed: attribute('["a","b"]', "String.Array") } }],
  ];
  test.each(accepted)("%s", async (_, input) => {
    expect((await publish(input)).MessageId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("batches", () => {
  const batch = (entries: readonly object[]) =>
    emulators.clients.sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: entries.map((entry, i) => ({ Id: `e${i}`, Message: "m", ...entry })),
      }),
    );

  test("each entry succeeds or fails separately", async () => {
    const { Successful, Failed } = await batch([{}, { Subject: "a\nb" }, {}]);
    expect(Successful?.map(({ Id }) => Id)).toEqual(["e0", "e2"]);
    expect(Failed).toMatchObject([{ Id: "e1", Code: "InvalidParameter", SenderFault: true }]);
  });

  const rejected: [string, readonly object[], string][] = [
    ["none", [], "EmptyBatchRequestException"],
    ["eleven", Array.from({ length: 11 }, () => ({})), "TooManyEntriesInBatchRequestException"],
    ["two with one Id", [{ Id: "a" }, { Id: "a" }], "BatchEntryIdsNotDistinctException"],
    ["an Id with a space", [{ Id: "a b" }], "InvalidBatchEntryIdException"],
    [
      "more than 262,144 bytes in total",
      [{ Message: "x".repeat(200_000) }, { Message: "x".repeat(62_145) }],
      "BatchRequestTooLongException",
    ],
    [
      "more than 262,144 bytes with the attributes",
      [
        { Message: "x".repeat(200_000) },
        { Message: "x".repeat(62_140), MessageAttributes: { kind: attribute("alert") } },
      ],
      "BatchRequestTooLongException",
    ],
  ];
  test.each(rejected)("%s: the whole batch is rejected", async (_, entries, name) => {
    await subscribe("sms", "+12025550123");
    const before = emulators.texts.length;
    expect((await refusal(batch(entries))).name).toBe(name);
    await emulators.sns.settled();
    expect(emulators.texts).toHaveLength(before);
  });

  test("a batch of 262,144 bytes is accepted", async () => {
    const { Successful } = await batch([{ Message: "x".repeat(200_000) }, { Message: "x".repeat(62_144) }]);
    expect(Successful).toHaveLength(2);
  });
});

describe("delivery", () => {
  const received = async (from: number) => {
    await emulators.sns.settled();
    return emulators.texts.slice(from).map(({ text }) => text);
  };

  test("each protocol gets its own text; an SMS is prefixed with the display name in capitals", async () => {
    topic().attributes.set("DisplayName", "bell");
    emulators.sns.subscribeConfirmed(topic(), "email", "me@reader.example");
    await subscribe("sms", "+12025550123");
    const mails = emulators.mails.length;
    const texts = emulators.texts.length;
    await publish({ ...structured({ default: "d", email: "the mail", sms: "the sms" }), Subject: "S" });
    expect(await received(texts)).toEqual(["BELL> the sms"]);
    const [mail] = emulators.mails.slice(mails);
    expect(mail).toMatchObject({ to: "me@reader.example", subject: "S" });
    expect(mail?.text).toMatch(/^the mail\n\n--\n[^]*unsubscribe[^]*http:\/\/unsubscribe\.example\//);
  });

  test("a mail subscription is confirmed by the token of its link", async () => {
    const { SubscriptionArn } = await subscribe("email", "new@reader.example");
    expect(SubscriptionArn).toBe("pending confirmation");
    await publish({});
    await emulators.sns.settled();
    const [ask, ...rest] = emulators.mails.filter(({ to }) => to === "new@reader.example");
    expect(rest).toEqual([]);
    const Token = /confirm\.example\/(\w+)/.exec(ask?.text ?? "")?.[1];
    expect((await refusal(confirm("wrong"))).name).toBe("InvalidParameterException");
    await confirm(Token);
    await publish({ Message: "now" });
    await emulators.sns.settled();
    expect(emulators.mails.filter(({ to }) => to === "new@reader.example")).toHaveLength(2);
  });
  const confirm = (Token: string | undefined, more: object = {}) =>
    emulators.clients.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, ...more }));

  test("AuthenticateOnUnsubscribe disables the unsubscribe link", async () => {
    await subscribe("email", "guarded@reader.example");
    const [subscription] = topic().subscriptions.values();
    await confirm(subscription?.token, { AuthenticateOnUnsubscribe: "true" });
    expect(emulators.sns.unsubscribe(subscription?.arn ?? "")).toBe("guarded");
    await emulators.clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: subscription?.arn }));
    const { Subscriptions } = await emulators.clients.sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn }),
    );
    expect(Subscriptions).toEqual([]);
  });

  test("a queue gets an envelope, or the raw text with RawMessageDelivery", async () => {
    await emulators.endpoint.queues.call("CreateQueue", { QueueName: "readers" });
    await subscribe("sqs", "arn:aws:sqs:us-east-1:000000000000:readers");
    await publish({ Message: "text 🔔", Subject: "S", MessageAttributes: { feed: attribute("voa") } });
    await emulators.sns.settled();
    const [queued] = await emulators.endpoint.queues.inspect("readers");
    expect(JSON.parse(queued?.body ?? "")).toMatchObject({
      Type: "Notification",
      TopicArn,
      Subject: "S",
      Message: "text 🔔",
      MessageAttributes: { feed: { Type: "String", Value: "voa" } },
    });
    const [subscription] = topic().subscriptions.values();
    await emulators.clients.sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscription?.arn,
        AttributeName: "RawMessageDelivery",
        AttributeValue: "true",
      }),
    );
    await publish({ Message: "bare" });
    await emulators.sns.settled();
    const bodies = (await emulators.endpoint.queues.inspect("readers")).map(({ body }) => body);
    expect(bodies).toContain("bare");
  });

  const policies: [string, object, Record<string, MessageAttributeValue>, boolean][] = [
    ["an equal value", { feed: ["voa"] }, { feed: attribute("voa") }, true],
    ["another value", { feed: ["bbc"] }, { feed: attribute("voa") }, false],
    ["no such attribute", { feed: ["voa"] }, {}, false],
    ["one of several", { feed: ["bbc", "voa"] }, { feed: attribute("voa") }, true],
    [
      "all keys",
      { feed: ["voa"], kind: ["alert"] },
      { feed: attribute("voa"), kind: attribute("alert") },
      true,
    ],
    ["not all keys", { feed: ["voa"], kind: ["alert"] }, { feed: attribute("voa") }, false],
    ["one element of an array", { feed: ["b"] }, { feed: attribute('["a","b"]', "String.Array") }, true],
    ["no element of an array", { feed: ["c"] }, { feed: attribute('["a","b"]', "String.Array") }, false],
    ["a prefix", { feed: [{ prefix: "vo" }] }, { feed: attribute("voa") }, true],
    ["a suffix", { feed: [{ suffix: "oa" }] }, { feed: attribute("voa") }, true],
    ["anything but this", { feed: [{ "anything-but": ["voa"] }] }, { feed: attribute("voa") }, false],
    ["anything but others", { feed: [{ "anything-but": ["bbc"] }] }, { feed: attribute("voa") }, true],
    ["anything but, of nothing", { feed: [{ "anything-but": ["bbc"] }] }, {}, false],
    ["existence", { feed: [{ exists: true }] }, {}, false],
    ["absence", { feed: [{ exists: false }] }, {}, true],
    ["a number in range", { n: [{ numeric: [">", 1, "<=", 5] }] }, { n: attribute("5", "Number") }, true],
    [
      "a number out of range",
      { n: [{ numeric: [">", 1, "<=", 5] }] },
      { n: attribute("6", "Number") },
      false,
    ],
  ];
  test.each(policies)("filter policy for SMS: %s", async (_, policy, MessageAttributes, passes) => {
    await subscribe("sms", "+12025550123", { FilterPolicy: JSON.stringify(policy) });
    const before = emulators.texts.length;
    await publish({ Message: "filtered", MessageAttributes });
    expect(await received(before)).toEqual(passes ? ["filtered"] : []);
  });

  test("a filter policy for mail with a separate text", async () => {
    emulators.sns.subscribeConfirmed(topic(), "email", "filtered@reader.example");
    const [subscription] = topic().subscriptions.values();
    subscription?.attributes.set("FilterPolicy", '{"feed":["voa"]}');
    const message = structured({ default: "d", email: "mail" });
    await publish({ ...message, MessageAttributes: { feed: attribute("bbc") } });
    await publish({ ...message, MessageAttributes: { feed: attribute("voa") } });
    await emulators.sns.settled();
    expect(emulators.mails.filter(({ to }) => to === "filtered@reader.example")).toHaveLength(1);
  });

  const wrong: [string, string, string, Record<string, string>?][] = [
    ["a protocol that is not emulated", "lambda", "arn:aws:lambda:us-east-1:000000000000:function:f"],
    ["a telephone number without its country", "sms", "02025550123"],
    ["an address without @", "email", "me"],
    [
      "six keys in a policy",
      "sms",
      "+12025550123",
      { FilterPolicy: '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}' },
    ],
    ["a policy with a bare value", "sms", "+12025550123", { FilterPolicy: '{"feed":"voa"}' }],
    ["an unknown operator", "sms", "+12025550123", { FilterPolicy: '{"feed":[{"like":"voa"}]}' }],
    ["an unknown attribute", "sms", "+12025550123", { Colour: "red" }],
  ];
  test.each(wrong)("rejects a subscription with %s", async (_, protocol, endpoint, attributes) => {
    expect((await refusal(subscribe(protocol, endpoint, attributes))).name).toBe("InvalidParameterException");
  });
});
