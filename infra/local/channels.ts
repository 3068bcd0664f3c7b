import type { Endpoint } from "./emulators/endpoint.ts";
import type { Channels } from "./emulators/sns/delivery.ts";
import type { Messages } from "./inbox/messages.ts";
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
    mail: (mail) => mailServer.send(mail),
    async sms({ to, topic, text, maxPrice }) {
      const { parts, encoding } = measureSms(text);
      if (parts * partPrice > maxPrice) return;
      const at = new Date().toISOString();
      const audience = nameAudience(topic.arn);
      messages.add({ encoding, message: { channel: "sms", to, audience, subject: "", text, parts, at } });
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
