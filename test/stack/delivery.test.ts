import { randomInt } from "node:crypto";
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  eventually,
  openStackUnderTest,
  rss,
  unique,
  type StackUnderTest,
} from "../support/stack-under-test.ts";

let stack: StackUnderTest;
/** An additional subscriber, as on a stack in use: these tests must not depend on other subscribers. */
let guest: string | undefined;
beforeAll(async () => {
  stack = await openStackUnderTest();
  if (stack.inbox === undefined) return;
  // Another test run on the same stack has its own subscriber.
  const telephone = { Protocol: "sms", Endpoint: `+1${randomInt(300, 1000)}5550199` };
  const subscribed = await stack.clients.sns.send(
    new SubscribeCommand({ TopicArn: stack.topics["alerts"], ...telephone }),
  );
  guest = subscribed.SubscriptionArn;
});
afterAll(async () => {
  if (guest !== undefined) await unsubscribe(guest);
  await stack.close();
});

const unsubscribe = (SubscriptionArn: string | undefined) =>
  stack.clients.sns.send(new UnsubscribeCommand({ SubscriptionArn }));

const channels = (messages: readonly { channel: string; audience: string }[]) =>
  messages.map(({ channel, audience }) => `${channel} ${audience}`).toSorted();

/** Waits until each sample reader of both audiences has received it. */
const arrived = (text: string) =>
  eventually(async () => {
    const received = await stack.receivedBySamples(text);
    expect(channels(received)).toEqual(["email alerts", "email digest", "sms alerts", "sms digest"]);
    return received;
  });

test("an upload is delivered by mail and SMS to each audience, with title, date and link", async ({
  skip,
}) => {
  if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
  const title = `Bridge ${unique()} opens`;
  await stack.upload(`snapshots/bridges-${unique()}/feed.xml`, rss("Bridges", title));
  const received = await arrived(title);
  const mail = received.find(({ channel, audience }) => channel === "email" && audience === "alerts");
  expect(mail?.subject).toContain(title);
  expect(mail?.text).toContain(`https://feed.example/${encodeURIComponent(title)}`);
  expect(mail?.text).toMatch(/November 20, 2026|2026-11-20/);
  expect(mail?.text).toContain(`What happened to ${title} is told here`);
  const sms = received.find(({ channel, audience }) => channel === "sms" && audience === "alerts");
  expect(sms?.text).toContain(`https://feed.example/${encodeURIComponent(title)}`);
  expect(sms?.parts).toBeGreaterThan(0);
  expect(sms?.to).toMatch(/^\+1202555/);
});

test("a Markdown snapshot with a Chinese title", async ({ skip }) => {
  if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
  const title = `海底隧道${unique()}开放`;
  const body = `<!--1795168800000-->\r\n[${title}](https://haifeng.example/${unique()})\r\n------\r\n\r\n海风市 — <p>隧道星期五正式对公众开放。<br /><br />门票可以预订。</p>`;
  await stack.upload(`snapshots/haifeng-${unique()}/2026-11-20.md`, `\ufeff${body}`);
  const received = await arrived(title);
  expect(received.find(({ channel }) => channel === "email")?.text).toContain("隧道星期五正式对公众开放。");
});

test("the same file again sends nothing, under the same key or another; only a new entry is sent", async ({
  skip,
}) => {
  if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
  const [feed, first, second] = [`again-${unique()}`, `Old ${unique()}`, `New ${unique()}`];
  await stack.upload(`snapshots/${feed}/feed.xml`, rss("Again", first));
  await arrived(first);
  await stack.upload(`snapshots/${feed}/feed.xml`, rss("Again", first));
  await stack.upload(`snapshots/${feed}/other name.xml`, rss("Again", first));
  await stack.quiet();
  await stack.upload(`snapshots/${feed}/feed.xml`, rss("Again", second, first));
  await arrived(second);
  await stack.quiet();
  expect(await stack.receivedBySamples(first)).toHaveLength(4);
});

test("a file that is not a feed is quarantined with its reason, and nothing is sent", async () => {
  const name = `broken ${unique()}+快照.bin`;
  await stack.upload(
    `snapshots/broken/${name}`,
    Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251),
  );
  const key = `quarantine/broken/${name}`;
  await eventually(async () => {
    expect(await stack.list("quarantine/broken/")).toEqual(
      expect.arrayContaining([key, `${key}.reason.json`]),
    );
  });
  const reason = JSON.parse(await stack.read(`${key}.reason.json`)) as { code: string; snapshot: object };
  expect(reason.code).toMatch(/^(format-unknown|no-entries)$/);
  expect(reason.snapshot).toMatchObject({
    key: `snapshots/broken/${name}`,
    versionId: expect.any(String) as string,
  });
});

test("a subscribed queue gets the machine-readable variant", async () => {
  const QueueName = `readers-${unique()}`;
  const { QueueUrl = "" } = await stack.clients.sqs.send(new CreateQueueCommand({ QueueName }));
  const [account, topic] = [stack.topics["alerts"]?.split(":")[4], stack.topics["alerts"]];
  const Endpoint = `arn:aws:sqs:${stack.region}:${account}:${QueueName}`;
  const { SubscriptionArn } = await stack.clients.sns.send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: "sqs",
      Endpoint,
      Attributes: { RawMessageDelivery: "true" },
    }),
  );
  try {
    const title = `Queue ${unique()}`;
    await stack.upload(`snapshots/queues-${unique()}/feed.xml`, rss("Queues", title));
    const body = await eventually(async () => {
      const { Messages = [] } = await stack.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }),
      );
      const found = Messages.find(({ Body }) => Body?.includes(title));
      expect(found).toBeDefined();
      return found?.Body ?? "";
    });
    expect(JSON.parse(body)).toBeTypeOf("object");
  } finally {
    await unsubscribe(SubscriptionArn);
    await stack.clients.sqs.send(new DeleteQueueCommand({ QueueUrl }));
  }
});

test("objects outside snapshots/ are ignored", async ({ skip }) => {
  if (stack.inbox === undefined) skip("this stack has no inbox (FEEDBELL_INBOX)");
  const title = `Elsewhere ${unique()}`;
  await stack.upload(`other/${unique()}.xml`, rss("Elsewhere", title));
  await stack.quiet();
  expect(await stack.received(title)).toEqual([]);
});
