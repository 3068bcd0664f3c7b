import { invalidParameter, notFound } from "./errors.ts";
import { mapEntries, readMembers, type Fields, type XmlNode } from "./query.ts";
import type { Actions, SnsContext } from "./actions.ts";
import {
  findSubscription,
  listSubscriptions,
  requireTopic,
  setSubscriptionAttribute,
  subscribe,
  type Subscription,
} from "./topics.ts";

export function subscriptionActions({ topics, account, deliveries }: SnsContext): Actions {
  const required = (fields: Fields): Subscription => {
    const subscription = findSubscription(topics, fields.get("SubscriptionArn") ?? "");
    if (!subscription) throw notFound("Subscription");
    return subscription;
  };

  const describe = (subscription: Subscription): XmlNode => [
    "member",
    [
      ["TopicArn", subscription.topic.arn],
      ["Protocol", subscription.protocol],
      ["SubscriptionArn", subscription.confirmed ? subscription.arn : "PendingConfirmation"],
      ["Owner", account],
      ["Endpoint", subscription.endpoint],
    ],
  ];

  return {
    Subscribe(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const subscription = subscribe(topic, fields.get("Protocol") ?? "", fields.get("Endpoint") ?? "");
      for (const entry of readMembers(fields, "Attributes.entry")) {
        setSubscriptionAttribute(subscription, entry.get("key") ?? "", entry.get("value") ?? "");
      }
      if (!subscription.confirmed) deliveries.requestConfirmation(subscription);
      const shown = subscription.confirmed || fields.get("ReturnSubscriptionArn") === "true";
      return [["SubscriptionArn", shown ? subscription.arn : "pending confirmation"]];
    },

    ConfirmSubscription(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const all = [...topic.subscriptions.values()];
      const subscription = all.find(({ token }) => token === fields.get("Token"));
      if (!subscription) throw invalidParameter("Token");
      subscription.confirmed = true;
      subscription.guarded ||= fields.get("AuthenticateOnUnsubscribe") === "true";
      return [["SubscriptionArn", subscription.arn]];
    },

    Unsubscribe(fields) {
      const subscription = required(fields);
      subscription.topic.subscriptions.delete(subscription.arn);
      return [];
    },

    ListSubscriptions: () => [["Subscriptions", listSubscriptions(topics).map(describe)]],

    ListSubscriptionsByTopic(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      return [["Subscriptions", [...topic.subscriptions.values()].map(describe)]];
    },

    GetSubscriptionAttributes(fields) {
      const subscription = required(fields);
      const own: [string, string][] = [
        ["SubscriptionArn", subscription.arn],
        ["TopicArn", subscription.topic.arn],
        ["Protocol", subscription.protocol],
        ["Endpoint", subscription.endpoint],
        ["Owner", account],
        ["PendingConfirmation", String(!subscription.confirmed)],
      ];
      return [["Attributes", mapEntries([...own, ...subscription.attributes])]];
    },

    SetSubscriptionAttributes(fields) {
      const name = fields.get("AttributeName") ?? "";
      setSubscriptionAttribute(required(fields), name, fields.get("AttributeValue") ?? "");
      return [];
    },
  };
}
