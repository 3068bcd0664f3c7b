import type { Endpoint } from "./emulators/endpoint.ts";
import type { Channels } from "./emulators/sns/delivery.ts";
import type { Notification } from "./emulators/sns/publish.ts";
import type { Messages, PublishedMessage } from "./inbox/messages.ts";
import type { MailServer, NameAudience } from "./inbox/smtp.ts";
import { measureSms } from "./inbox/sms.ts";

/** Response timeout for HTTP subscribers, in milliseconds; the same as in SNS. */
const webTimeout = 15_000;

/** Price of an SMS part on the local stack, US dollars. */
const partPrice = 0.01;

/** Delivers mail over SMTP to the inbox, SMS to the inbox, and the rest to queues and HTTP endpoints. */
export function openChannels(places: {
  readonly endpoint: Endpoint;
  readonly messages: Messages;
  readonly mailServer: MailServer;
  readonly nameAudience: NameAudience;
  readonly log: (line: string) => void;
}): Channels {
  const { endpoint, messages, mailServer, nameAudience, log } = places;
  return {
    async mail(mail) {
      if (mail.notification) messages.keepPublished(publishedMessage(mail.notification));
      await mailServer.send(mail);
    },
    async sms({ to, topic, text, maxPrice, notification }) {
      const { parts, encoding } = measureSms(text);
      if (parts * partPrice > maxPrice) return;
      const at = new Date().toISOString();
      const audience = nameAudience(topic.arn);
      const published = messages.findPublished(notification.id) ?? publishedMessage(notification);
      messages.keepPublished(published);
      const message = { channel: "sms", to, audience, subject: "", text, parts, at } as const;
      messages.add({ encoding, message, published });
    },
    async queue(queueArn, body, attributes) {
      const MessageAttributes = Object.fromEntries(
        [...attributes].map(([name, { type, value }]) => [name, { DataType: type, StringValue: value }]),
      );
      const QueueUrl = `${endpoint.url}/${endpoint.account}/${queueArn.split(":").at(-1)}`;
      await endpoint.queues.call("SendMessage", { QueueUrl, MessageBody: body, MessageAttributes });
    },
    async web(url, body, headers) {
      const reply = await fetch(url, {
        method: "POST",
        body,
        headers,
        signal: AbortSignal.timeout(webTimeout),
      });
      if (!reply.ok) throw new Error(`HTTP status ${reply.status}`);
    },
    failed: ({ protocol, topic }, error) =>
      log(`${protocol} delivery failed for topic ${topic.name}: ${String(error)}`),
  };
}

function publishedMessage({ id, topic, subject, texts, attributes, at }: Notification): PublishedMessage {
  return {
    id,
    topicArn: topic.arn,
    ...(subject !== undefined && { subject }),
    texts,
    attributes: Object.fromEntries(attributes),
    at: at.toISOString(),
  };
}
