import { PublishBatchCommand, type SNSClient } from "@aws-sdk/client-sns";
import { topicName, type Audience } from "../core/configuration.ts";
import type { PublishResult, Topics } from "../core/ports.ts";
import { smsAttributeBytes } from "../core/message/channel-limits.ts";
import { snsAttributes, snsMessage } from "./sns-message.ts";

/** Amazon SNS API Reference, `PublishBatch`: 10 messages a call, 256 KiB in all, attributes included. */
const limits = { messages: 10, bytes: 262_144 - 10 * smsAttributeBytes } as const;

/**
 * The topics of all audiences; their ARNs have `topicName` after `prefix`. A message that was decided under the earlier
 * name of an audience goes to the same topic.
 */
export function snsTopics(
  client: SNSClient,
  prefix: string,
  audiences: readonly (Pick<Audience, "name" | "rename"> & Partial<Pick<Audience, "sms">>)[],
): Topics {
  const names = new Map(audiences.map((audience) => [audience.name, topicName(audience)]));
  const smsOf = new Map(audiences.map(({ name, sms }) => [name, sms]));
  return {
    limits,
    async publish(audience, messages) {
      const reply = await client.send(
        new PublishBatchCommand({
          TopicArn: prefix + (names.get(audience) ?? audience),
          PublishBatchRequestEntries: messages.map((message, i) => ({
            Id: String(i),
            Message: snsMessage(message),
            MessageStructure: "json",
            Subject: message.subject,
            MessageAttributes: snsAttributes(message, smsOf.get(audience)),
          })),
        }),
      );
      const accepted = new Map(reply.Successful?.map((entry) => [entry.Id, entry]));
      const failed = new Map(reply.Failed?.map((entry) => [entry.Id, entry]));
      return messages.map((_, i): PublishResult => {
        const success = accepted.get(String(i));
        if (success)
          return {
            outcome: "accepted",
            ...(success.MessageId !== undefined && { acceptedAs: success.MessageId }),
          };
        const { Code = "no answer", Message: text = "", SenderFault } = failed.get(String(i)) ?? {};
        return { outcome: SenderFault === true ? "refused" : "failed", why: `${Code} ${text}`.trim() };
      });
    },
  };
}
