import { PublishBatchCommand, type SNSClient } from "@aws-sdk/client-sns";
import { topicName, type Audience } from "../core/configuration.ts";
import type { PublishResult, Topics } from "../core/ports.ts";
import { snsAttributes, snsMessage } from "./sns-message.ts";

/** Amazon SNS API Reference, `PublishBatch`: 10 messages a call, 256 KiB in all, attributes included. */
const limits = { messages: 10, bytes: 262_144 } as const;

/**
 * The topics of all audiences; their ARNs have `topicName` after `prefix`. A message that was decided under the earlier
 * name of an audience goes to the same topic.
 */
export function snsTopics(
  client: SNSClient,
  prefix: string,
  audiences: readonly Pick<Audience, "name" | "rename">[],
): Topics {
  const names = new Map(audiences.map((audience) => [audience.name, topicName(audience)]));
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
            MessageAttributes: snsAttributes(message),
          })),
        }),
      );
      const accepted = new Set(reply.Successful?.map(({ Id }) => Id));
      const failed = new Map(reply.Failed?.map((entry) => [entry.Id, entry]));
      return messages.map((_, i): PublishResult => {
        if (accepted.has(String(i))) return { outcome: "accepted" };
        const { Code = "no answer", Message: text = "", SenderFault } = failed.get(String(i)) ?? {};
        return { outcome: SenderFault === true ? "refused" : "failed", why: `${Code} ${text}`.trim() };
      });
    },
  };
}
