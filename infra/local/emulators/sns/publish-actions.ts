import { invalidParameter, type SnsError } from "./errors.ts";
import { accept, acceptBatch, type Notification } from "./publish.ts";
import type { XmlNode } from "./query.ts";
import type { Actions, SnsContext } from "./actions.ts";
import { requireTopic } from "./topics.ts";

export function publishActions({ topics, deliveries }: SnsContext): Actions {
  return {
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
        ["Successful", accepted.map(acceptedMember)],
        ["Failed", failed.map(failedMember)],
      ];
    },
  };
}

const acceptedMember = ({ id, notification }: { id: string; notification: Notification }): XmlNode => [
  "member",
  [
    ["Id", id],
    ["MessageId", notification.id],
  ],
];

const failedMember = ({ id, error }: { id: string; error: SnsError }): XmlNode => [
  "member",
  [
    ["Id", id],
    ["Code", error.code],
    ["Message", error.message],
    ["SenderFault", "true"],
  ],
];
