import { invalidParameter, notFound } from "./errors.ts";
import { mapEntries, readMembers, type Fields, type XmlNode } from "./query.ts";
import type { Actions, SnsContext } from "./actions.ts";
import {
  checkSubscriptionAttribute,
  findSubscription,
  listSubscriptions,
  requireTopic,
  setSubscriptionAttribute,
  subscribe,
  type Subscription,
} from "./topics.ts";

/** Subscriptions in one reply (Amazon SNS API Reference, `ListSubscriptionsByTopic`). */
const pageSize = 100;

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

  /** One page; the token is the index of the first subscription of the next one. */
  const page = (all: readonly Subscription[], fields: Fields): readonly XmlNode[] => {
    const from = Number(fields.get("NextToken") ?? 0);
    if (!Number.isInteger(from)) throw invalidParameter("NextToken");
    const next = from + pageSize;
    const list: XmlNode = ["Subscriptions", all.slice(from, next).map(describe)];
    return all.length > next ? [list, ["NextToken", String(next)]] : [list];
  };

  return {
    Subscribe(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const protocol = fields.get("Protocol") ?? "";
      const attributes = new Map<string, string>();
      for (const entry of readMembers(fields, "Attributes.entry")) {
        const [name, value] = [entry.get("key") ?? "", entry.get("value") ?? ""];
        checkSubscriptionAttribute(protocol, name, value);
        attributes.set(name, value);
      }
      const subscription = subscribe(topic, protocol, fields.get("Endpoint") ?? "", attributes);
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

    ListSubscriptions: (fields) => page(listSubscriptions(topics), fields),

    ListSubscriptionsByTopic(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      return page([...topic.subscriptions.values()], fields);
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
        ["ConfirmationWasAuthenticated", String(subscription.guarded)],
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
