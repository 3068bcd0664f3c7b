import type { Attribute } from "./attributes.ts";
import { parsePolicy, matchesPolicy } from "./filter-policy.ts";
import type { Notification } from "./publish.ts";
import type { Subscription, Topic } from "./topics.ts";

/** Delivery channels. Each promise resolves when the message has reached its destination. */
export interface Channels {
  mail(mail: Mail): Promise<void>;
  /** `maxPrice`: US dollars; a message that costs more is not sent. */
  sms(message: {
    readonly to: string;
    readonly topic: Topic;
    readonly text: string;
    readonly maxPrice: number;
    readonly notification: Notification;
  }): Promise<void>;
  queue(queueArn: string, body: string, attributes: ReadonlyMap<string, Attribute>): Promise<void>;
  /** POSTs to an HTTP subscriber. */
  web(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<void>;
  /** Reports a delivery that failed permanently. */
  failed(subscription: Subscription, error: unknown): void;
}

export interface Mail {
  readonly to: string;
  readonly topic: Topic;
  readonly subject: string;
  readonly text: string;
  /** Absent for a request to confirm a subscription. */
  readonly notification?: Notification;
}

/** URLs to confirm and to end a subscription. */
export interface Links {
  confirm(subscription: Subscription): string;
  unsubscribe(subscription: Subscription): string;
  /** The server of the links ends before a reader can open one, so mails have no link to unsubscribe; false by default. */
  readonly endSoon?: boolean;
}

export interface Deliveries {
  fanOut(notification: Notification): void;
  requestConfirmation(subscription: Subscription): void;
  /** Resolves when everything accepted so far has been delivered. */
  settled(): Promise<void>;
}

/** Delivers accepted messages to every confirmed subscription with a matching filter policy, in order per protocol. */
export function openDeliveries(channels: Channels, links: Links): Deliveries {
  const tails = new Map<string, Promise<void>>();

  function enqueue(subscription: Subscription, job: () => Promise<void>): void {
    const channel = subscription.protocol;
    const tail = (tails.get(channel) ?? Promise.resolve())
      .then(job)
      .catch((error: unknown) => channels.failed(subscription, error));
    tails.set(channel, tail);
  }

  return {
    fanOut(notification) {
      for (const subscription of notification.topic.subscriptions.values()) {
        if (!subscription.confirmed || !acceptsMessage(subscription, notification)) continue;
        enqueue(subscription, () => deliver(channels, links, subscription, notification));
      }
    },
    requestConfirmation(subscription) {
      enqueue(subscription, () => sendConfirmation(channels, links, subscription));
    },
    async settled() {
      await Promise.all(tails.values());
    },
  };
}

function acceptsMessage(subscription: Subscription, notification: Notification): boolean {
  const policy = subscription.attributes.get("FilterPolicy") ?? "";
  return policy === "" || policy === "{}" || matchesPolicy(parsePolicy(policy), notification.attributes);
}

async function deliver(
  channels: Channels,
  links: Links,
  subscription: Subscription,
  notification: Notification,
): Promise<void> {
  const { protocol, endpoint, topic } = subscription;
  const text = notification.texts[protocol] ?? notification.texts.default;
  const raw = subscription.attributes.get("RawMessageDelivery") === "true";
  switch (protocol) {
    case "sms":
      return channels.sms({
        to: endpoint,
        topic,
        text: withDisplayName(topic, text),
        maxPrice: Number(notification.attributes.get("AWS.SNS.SMS.MaxPrice")?.value ?? Infinity),
        notification,
      });
    case "email":
    case "email-json": {
      const subject = notification.subject ?? "AWS Notification Message";
      const body =
        protocol === "email" ? text : JSON.stringify(envelope(links, subscription, notification, text));
      return channels.mail({
        to: endpoint,
        topic,
        subject,
        text: body + footer(links.endSoon ? undefined : links.unsubscribe(subscription)),
        notification,
      });
    }
    case "sqs":
      return raw
        ? channels.queue(endpoint, text, notification.attributes)
        : channels.queue(
            endpoint,
            JSON.stringify(envelope(links, subscription, notification, text)),
            new Map(),
          );
    case "http":
    case "https":
      return channels.web(
        endpoint,
        raw ? text : JSON.stringify(envelope(links, subscription, notification, text)),
        {
          "content-type": "text/plain; charset=UTF-8",
          "x-amz-sns-message-type": "Notification",
          "x-amz-sns-message-id": notification.id,
          "x-amz-sns-topic-arn": topic.arn,
          "x-amz-sns-subscription-arn": subscription.arn,
          ...(raw && { "x-amz-sns-rawdelivery": "true" }),
        },
      );
  }
}

/** SNS prefixes each SMS with the display name in capitals (Amazon SNS developer guide, "Publishing SMS to a topic"). */
function withDisplayName(topic: Topic, text: string): string {
  const name = topic.attributes.get("DisplayName") ?? "";
  return name === "" ? text : `${name.toUpperCase()}> ${text}`;
}

const footer = (unsubscribe: string | undefined) =>
  `\n\n--\n${unsubscribe === undefined ? "Amazon SNS adds the link to unsubscribe here." : `To stop receiving messages from this topic, open this link to unsubscribe:\n${unsubscribe}`}\n\nThis mail was sent by a local emulator of Amazon SNS. Do not reply.\n`;

function envelope(
  links: Links,
  subscription: Subscription,
  notification: Notification,
  text: string,
): object {
  const attributes = [...notification.attributes].map(
    ([name, { type, value }]) => [name, { Type: type, Value: value }] as const,
  );
  return {
    Type: "Notification",
    MessageId: notification.id,
    TopicArn: notification.topic.arn,
    ...(notification.subject !== undefined && { Subject: notification.subject }),
    Message: text,
    Timestamp: notification.at.toISOString(),
    SignatureVersion: "1",
    UnsubscribeURL: links.unsubscribe(subscription),
    ...(attributes.length > 0 && { MessageAttributes: Object.fromEntries(attributes) }),
  };
}

async function sendConfirmation(channels: Channels, links: Links, subscription: Subscription): Promise<void> {
  const { topic, protocol, endpoint } = subscription;
  const link = links.confirm(subscription);
  if (protocol === "email" || protocol === "email-json") {
    const text = `This address was subscribed to the topic:\n${topic.arn}\n\nOpen this link to confirm the subscription:\n${link}\n\nNo messages are sent to this address until then. If you did not request this, ignore this mail.\n`;
    return channels.mail({
      to: endpoint,
      topic,
      subject: "AWS Notification - Subscription Confirmation",
      text,
    });
  }
  const body = JSON.stringify({
    Type: "SubscriptionConfirmation",
    MessageId: subscription.arn.slice(-36),
    Token: subscription.token,
    TopicArn: topic.arn,
    Message: `To confirm the subscription to ${topic.arn}, visit the SubscribeURL.`,
    SubscribeURL: link,
    Timestamp: new Date().toISOString(),
    SignatureVersion: "1",
  });
  return channels.web(endpoint, body, {
    "content-type": "text/plain; charset=UTF-8",
    "x-amz-sns-message-type": "SubscriptionConfirmation",
    "x-amz-sns-topic-arn": topic.arn,
  });
}
