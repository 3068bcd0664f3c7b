import { GetTopicAttributesCommand, type SNSClient } from "@aws-sdk/client-sns";
import { topicName } from "../core/configuration.ts";
import type { SubscriptionCounter, SubscriptionCounts } from "../core/ports.ts";

/** Counts the subscriptions of a topic in one call (Amazon SNS API Reference, `GetTopicAttributes`). */
export async function countSubscriptions(client: SNSClient, TopicArn: string): Promise<SubscriptionCounts> {
  const { Attributes: found } = await client.send(new GetTopicAttributesCommand({ TopicArn }));
  return {
    confirmed: Number(found?.["SubscriptionsConfirmed"] ?? 0),
    pending: Number(found?.["SubscriptionsPending"] ?? 0),
    deleted: Number(found?.["SubscriptionsDeleted"] ?? 0),
  };
}

/** Whether a call failed because its topic does not exist (Amazon SNS API Reference, `NotFound`). */
export const isTopicMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === "NotFoundException";

/** Counts the subscriptions of audiences. `prefix`: the ARN of every topic up to its audience's name. */
export const snsSubscriptionCounter = (client: SNSClient, prefix: string): SubscriptionCounter => ({
  count: (audience) => countSubscriptions(client, prefix + topicName(audience)),
});
