import { GetTopicAttributesCommand, type SNSClient } from "@aws-sdk/client-sns";
import { topicName } from "../core/configuration.ts";
import type { SubscriptionCounter } from "../core/ports.ts";

/**
 * Counts the subscriptions of topics (Amazon SNS API Reference, `GetTopicAttributes`): one call for each topic. `prefix`: the
 * ARN of every topic up to its audience's name.
 */
export const snsSubscriptions = (client: SNSClient, prefix: string): SubscriptionCounter => ({
  async count(audience) {
    const command = new GetTopicAttributesCommand({ TopicArn: prefix + topicName(audience) });
    const { Attributes: found } = await client.send(command);
    return {
      confirmed: Number(found?.["SubscriptionsConfirmed"] ?? 0),
      pending: Number(found?.["SubscriptionsPending"] ?? 0),
      deleted: Number(found?.["SubscriptionsDeleted"] ?? 0),
    };
  },
});
