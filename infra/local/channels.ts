import type { Endpoint } from "./emulators/endpoint.ts";
import type { Channels } from "./emulators/sns/delivery.ts";
import type { Messages } from "./inbox/messages.ts";
import type { NameAudience, Post } from "./inbox/smtp.ts";
import { measureSms } from "./inbox/sms.ts";

/** Time that a subscriber of one's own on the web has to answer, in milliseconds; SNS gives 15 seconds too. */
const webLimit = 15_000;

/** Where deliveries end up: mail over SMTP and SMS in the inbox, queues at the endpoint, web addresses where they are. */
export function openChannels(places: {
  readonly endpoint: Endpoint;
  readonly messages: Messages;
  readonly post: Post;
  readonly nameAudience: NameAudience;
  readonly log: (line: string) => void;
}): Channels {
  const { endpoint, messages, post, nameAudience, log } = places;
  return {
    mail: (mail) => post.send(mail),
    async sms({ to, topic, text }) {
      const { parts, encoding } = measureSms(text);
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
        signal: AbortSignal.timeout(webLimit),
      });
      if (!reply.ok) throw new Error(`it answered ${reply.status}`);
    },
    failed: ({ protocol, topic }, error) =>
      log(`A ${protocol} delivery of ${topic.name} failed: ${String(error)}`),
  };
}
