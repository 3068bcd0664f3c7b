import { PublishBatchCommand, SNSServiceException, type SNSClient } from "@aws-sdk/client-sns";
import type { Message } from "../core/message/message.ts";
import { snsAttributes, snsMessage } from "./sns-message.ts";
import type { PublishResult, Topics } from "../core/ports.ts";

/**
 * Faults of a message that no repetition mends (Amazon SNS API Reference, errors of `Publish` and `PublishBatch`).
 * What isn't listed, a missing topic or a missing permission among it, may be mended while the message waits.
 */
const permanent = new Set([
  "InvalidParameter",
  "InvalidParameterException",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "ParameterValueInvalid",
  "BatchRequestTooLong",
  "BatchRequestTooLongException",
  "ValidationException",
]);

/** The topics of all audiences; an audience's topic has its name after `prefix`. */
export function snsTopics(client: SNSClient, prefix: string): Topics {
  async function publish(audience: string, messages: readonly Message[]): Promise<readonly PublishResult[]> {
    try {
      const reply = await client.send(
        new PublishBatchCommand({
          TopicArn: prefix + audience,
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
      return messages.map((_, i) => {
        if (accepted.has(String(i))) return { outcome: "accepted" };
        const { Code = "no answer", Message: text = "" } = failed.get(String(i)) ?? {};
        return { outcome: permanent.has(Code) ? "refused" : "failed", why: `${Code} ${text}`.trim() };
      });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const isRefused = error instanceof SNSServiceException && permanent.has(error.name);
      // One message may spoil a whole call: each is tried alone before it is given up.
      if (isRefused && messages.length > 1)
        return (await Promise.all(messages.map((message) => publish(audience, [message])))).flat();
      return messages.map(() => ({
        outcome: isRefused ? "refused" : "failed",
        why: `${error.name} ${error.message}`,
      }));
    }
  }
  return { publish };
}
