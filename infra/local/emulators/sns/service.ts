import type { Reply } from "../reply.ts";
import { openDeliveries, type Channels, type Links } from "./delivery.ts";
import { invalidParameter, notFound, SnsError } from "./errors.ts";
import { accept, acceptBatch } from "./publish.ts";
import {
  mapEntries,
  parseFields,
  queryRefusal,
  queryReply,
  readMembers,
  type Fields,
  type XmlNode,
} from "./query.ts";
import {
  createTopic,
  findSubscription,
  requireTopic,
  setSubscriptionAttribute,
  subscribe,
  type Subscription,
  type Topic,
  type Topics,
} from "./topics.ts";

/** The local SNS: standard topics, as strict as the service, delivering to mail, SMS, queues and web addresses. */
export interface Sns {
  /** Serves a request in the query protocol. */
  serve(form: string): Reply;
  readonly topics: Topics;
  createTopic(name: string): Topic;
  /** Subscribes and, for the samples that the stack itself sets up, confirms at once. */
  subscribeConfirmed(topic: Topic, protocol: string, endpoint: string): Subscription;
  /** What the link in a confirmation does; undefined where the token is unknown. */
  confirm(token: string): Subscription | undefined;
  /** What the link in a mail does: `guarded` where only a signed request may. */
  unsubscribe(arn: string): "done" | "unknown" | "guarded";
  settled(): Promise<void>;
}

export function openSns(place: { region: string; account: string }, channels: Channels, links: Links): Sns {
  const topics: Topics = new Map();
  const arnPrefix = `arn:aws:sns:${place.region}:${place.account}:`;
  const deliveries = openDeliveries(channels, links);
  const everySubscription = () => [...topics.values()].flatMap((topic) => [...topic.subscriptions.values()]);
  const findToken = (token: string) => everySubscription().find((other) => other.token === token);

  const requireSubscription = (fields: Fields): Subscription => {
    const subscription = findSubscription(topics, fields.get("SubscriptionArn") ?? "");
    if (!subscription) throw notFound("Subscription");
    return subscription;
  };

  const actions: Readonly<Record<string, (fields: Fields) => readonly XmlNode[]>> = {
    Publish(fields) {
      if (fields.has("PhoneNumber")) {
        throw invalidParameter("PhoneNumber: the local SNS publishes to topics only");
      }
      const topic = requireTopic(topics, fields.get("TopicArn") ?? fields.get("TargetArn"));
      const { notification } = accept(topic, fields);
      deliveries.fanOut(notification);
      return [["MessageId", notification.id]];
    },

    PublishBatch(fields) {
      const { accepted, failed } = acceptBatch(requireTopic(topics, fields.get("TopicArn")), fields);
      for (const { notification } of accepted) deliveries.fanOut(notification);
      return [
        [
          "Successful",
          accepted.map(
            ({ id, notification }) =>
              [
                "member",
                [
                  ["Id", id],
                  ["MessageId", notification.id],
                ],
              ] as const,
          ),
        ],
        [
          "Failed",
          failed.map(
            ({ id, error }) =>
              [
                "member",
                [
                  ["Id", id],
                  ["Code", error.code],
                  ["Message", error.message],
                  ["SenderFault", "true"],
                ],
              ] as const,
          ),
        ],
      ];
    },

    CreateTopic(fields) {
      const attributes = readMembers(fields, "Attributes.entry");
      if (attributes.some((entry) => entry.get("key") === "FifoTopic" && entry.get("value") === "true")) {
        throw invalidParameter(
          "FifoTopic: a FIFO topic reaches neither mail nor SMS; the local SNS has none",
        );
      }
      const topic = createTopic(topics, arnPrefix, fields.get("Name") ?? "");
      for (const entry of attributes) topic.attributes.set(entry.get("key") ?? "", entry.get("value") ?? "");
      return [["TopicArn", topic.arn]];
    },

    DeleteTopic(fields) {
      topics.delete(fields.get("TopicArn") ?? "");
      return [];
    },

    ListTopics: () => [["Topics", [...topics.keys()].map((arn) => ["member", [["TopicArn", arn]]] as const)]],

    GetTopicAttributes(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const all = [...topic.subscriptions.values()];
      const counts: [string, string][] = [
        ["TopicArn", topic.arn],
        ["Owner", place.account],
        ["SubscriptionsConfirmed", String(all.filter((other) => other.confirmed).length)],
        ["SubscriptionsPending", String(all.filter((other) => !other.confirmed).length)],
      ];
      return [["Attributes", mapEntries([...counts, ...topic.attributes])]];
    },

    SetTopicAttributes(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const name = fields.get("AttributeName") ?? "";
      if (!["DisplayName", "Policy"].includes(name)) throw invalidParameter(`AttributeName: ${name}`);
      topic.attributes.set(name, fields.get("AttributeValue") ?? "");
      return [];
    },

    Subscribe(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const subscription = subscribe(topic, fields.get("Protocol") ?? "", fields.get("Endpoint") ?? "");
      for (const entry of readMembers(fields, "Attributes.entry")) {
        setSubscriptionAttribute(subscription, entry.get("key") ?? "", entry.get("value") ?? "");
      }
      if (!subscription.confirmed) deliveries.askToConfirm(subscription);
      const shown = subscription.confirmed || fields.get("ReturnSubscriptionArn") === "true";
      return [["SubscriptionArn", shown ? subscription.arn : "pending confirmation"]];
    },

    ConfirmSubscription(fields) {
      const subscription = findToken(fields.get("Token") ?? "");
      if (!subscription || subscription.topic.arn !== fields.get("TopicArn")) throw invalidParameter("Token");
      subscription.confirmed = true;
      subscription.guarded ||= fields.get("AuthenticateOnUnsubscribe") === "true";
      return [["SubscriptionArn", subscription.arn]];
    },

    Unsubscribe(fields) {
      const subscription = requireSubscription(fields);
      subscription.topic.subscriptions.delete(subscription.arn);
      return [];
    },

    ListSubscriptions: () => [["Subscriptions", everySubscription().map(describe)]],

    ListSubscriptionsByTopic(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      return [["Subscriptions", [...topic.subscriptions.values()].map(describe)]];
    },

    GetSubscriptionAttributes(fields) {
      const subscription = requireSubscription(fields);
      const own: [string, string][] = [
        ["SubscriptionArn", subscription.arn],
        ["TopicArn", subscription.topic.arn],
        ["Protocol", subscription.protocol],
        ["Endpoint", subscription.endpoint],
        ["Owner", place.account],
        ["PendingConfirmation", String(!subscription.confirmed)],
      ];
      return [["Attributes", mapEntries([...own, ...subscription.attributes])]];
    },

    SetSubscriptionAttributes(fields) {
      const name = fields.get("AttributeName") ?? "";
      setSubscriptionAttribute(requireSubscription(fields), name, fields.get("AttributeValue") ?? "");
      return [];
    },

    ListTagsForResource(fields) {
      const topic = requireTopic(topics, fields.get("ResourceArn"));
      const tags = [...topic.tags].map(
        ([key, value]) =>
          [
            "member",
            [
              ["Key", key],
              ["Value", value],
            ],
          ] as const,
      );
      return [["Tags", tags]];
    },

    TagResource(fields) {
      const topic = requireTopic(topics, fields.get("ResourceArn"));
      for (const tag of readMembers(fields, "Tags.member")) {
        topic.tags.set(tag.get("Key") ?? "", tag.get("Value") ?? "");
      }
      return [];
    },
  };

  const describe = (subscription: Subscription): XmlNode => [
    "member",
    [
      ["TopicArn", subscription.topic.arn],
      ["Protocol", subscription.protocol],
      ["SubscriptionArn", subscription.confirmed ? subscription.arn : "PendingConfirmation"],
      ["Owner", place.account],
      ["Endpoint", subscription.endpoint],
    ],
  ];

  return {
    topics,
    serve(form) {
      const fields = parseFields(form);
      const name = fields.get("Action") ?? "";
      try {
        const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
        if (!action)
          throw new SnsError("InvalidAction", `The local SNS does not implement the action ${name}.`);
        return queryReply(name, action(fields));
      } catch (error) {
        if (error instanceof SnsError) return queryRefusal(error);
        throw error;
      }
    },
    createTopic: (name) => createTopic(topics, arnPrefix, name),
    subscribeConfirmed(topic, protocol, endpoint) {
      const subscription = subscribe(topic, protocol, endpoint);
      subscription.confirmed = true;
      return subscription;
    },
    confirm(token) {
      const subscription = findToken(token);
      if (subscription) subscription.confirmed = true;
      return subscription;
    },
    unsubscribe(arn) {
      const subscription = findSubscription(topics, arn);
      if (!subscription) return "unknown";
      if (subscription.guarded) return "guarded";
      subscription.topic.subscriptions.delete(arn);
      return "done";
    },
    settled: () => deliveries.settled(),
  };
}
