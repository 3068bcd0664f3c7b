import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { snsTopics } from "../../functions/aws/topics.ts";
import { openEmulators, type Emulators } from "../support/open-emulators.ts";
import { outboxMessageOf } from "../support/outbox-messages.ts";

let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
});
afterAll(() => emulators.close());

test("a renamed audience publishes to the topic of its earlier name, and so do messages that waited under it", async () => {
  const { sns } = emulators.clients;
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "feedbell-sports" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sms", Endpoint: "+12025550123" }));
  const prefix = TopicArn.slice(0, -"sports".length);
  const topics = snsTopics(sns, prefix, [{ name: "football", rename: "sports" }, { name: "alerts" }]);
  for (const audience of ["football", "sports"])
    expect(await topics.publish(audience, [outboxMessageOf({ audience, sms: audience })])).toEqual([
      { outcome: "accepted", acceptedAs: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    ]);
  await emulators.sns.settled();
  expect(emulators.texts.map(({ text }) => text)).toEqual(["football", "sports"]);
});
