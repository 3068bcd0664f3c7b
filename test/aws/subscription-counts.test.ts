import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { snsSubscriptionCounter } from "../../functions/aws/subscription-counts.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());

test("the subscriptions of a topic are counted by state; a renamed audience keeps its topic", async () => {
  const { sns } = emulators.clients;
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "feedbell-sports" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sms", Endpoint: "+12025550123" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "reader@example.org" }));
  const subscriptions = snsSubscriptionCounter(sns, TopicArn.slice(0, -"sports".length));
  const counts = { confirmed: 1, pending: 1, deleted: 0 };
  expect(await subscriptions.count({ name: "sports" })).toEqual(counts);
  expect(await subscriptions.count({ name: "football", rename: "sports" })).toEqual(counts);
  await expect(subscriptions.count({ name: "absent" })).rejects.toThrow("Topic does not exist");
});
