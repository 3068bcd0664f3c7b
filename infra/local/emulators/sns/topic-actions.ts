import { invalidParameter } from "./errors.ts";
import { mapEntries, readMembers, type XmlNode } from "./query.ts";
import type { Actions, SnsContext } from "./actions.ts";
import { createTopic, requireTopic } from "./topics.ts";

/** Topic attributes that can be set; only the display name has an effect. */
const settable = ["DisplayName", "Policy"];

export function topicActions({ topics, arnPrefix, account }: SnsContext): Actions {
  return {
    CreateTopic(fields) {
      const attributes = readMembers(fields, "Attributes.entry");
      if (attributes.some((entry) => entry.get("key") === "FifoTopic" && entry.get("value") === "true")) {
        throw invalidParameter(
          "FifoTopic: the local SNS does not implement FIFO topics, which can't deliver mail or SMS",
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
        ["Owner", account],
        ["SubscriptionsConfirmed", String(all.filter((other) => other.confirmed).length)],
        ["SubscriptionsPending", String(all.filter((other) => !other.confirmed).length)],
        // A subscription that has ended is forgotten here at once.
        ["SubscriptionsDeleted", "0"],
      ];
      return [["Attributes", mapEntries([...counts, ...topic.attributes])]];
    },

    SetTopicAttributes(fields) {
      const topic = requireTopic(topics, fields.get("TopicArn"));
      const name = fields.get("AttributeName") ?? "";
      if (!settable.includes(name)) throw invalidParameter(`AttributeName: ${name}`);
      topic.attributes.set(name, fields.get("AttributeValue") ?? "");
      return [];
    },

    ListTagsForResource(fields) {
      const topic = requireTopic(topics, fields.get("ResourceArn"));
      return [["Tags", [...topic.tags].map(tagMember)]];
    },

    TagResource(fields) {
      const topic = requireTopic(topics, fields.get("ResourceArn"));
      for (const tag of readMembers(fields, "Tags.member")) {
        topic.tags.set(tag.get("Key") ?? "", tag.get("Value") ?? "");
      }
      return [];
    },
  };
}

const tagMember = ([key, value]: readonly [string, string]): XmlNode => [
  "member",
  [
    ["Key", key],
    ["Value", value],
  ],
];
