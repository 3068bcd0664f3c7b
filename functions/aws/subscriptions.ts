import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  paginateListSubscriptionsByTopic,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
  type SNSClient,
} from "@aws-sdk/client-sns";

/** Where SNS delivers to: the protocol and its endpoint, such as `email` and `reader@example.org`. */
export interface Address {
  readonly protocol: string;
  readonly endpoint: string;
}

/**
 * `pending`: SNS delivers nothing before the reader has opened the link of the confirmation mail, and deletes the
 * subscription after 48 hours without it. `deleted`: it has ended and is still listed for some days.
 */
export type SubscriptionState = "confirmed" | "pending" | "deleted";

/** A subscription of a topic. */
export interface Subscriber extends Address {
  readonly state: SubscriptionState;
  /** ARN of a confirmed subscription; SNS lists none for the others. */
  readonly arn?: string;
}

/** What SNS returns for one subscription at a time. */
export interface SubscriberDetails {
  /** The filter policy as JSON. */
  readonly filter?: string;
  /** The confirmation had a signature, so that only signed requests of the owners end the subscription. */
  readonly isProtected: boolean;
}

/** The subscriptions of topics. */
export interface Subscriptions {
  /** All subscriptions of a topic, page by page. */
  list(topic: string): AsyncIterable<Subscriber>;
  /**
   * Subscribes an address. SNS sends it a confirmation, except to telephones and to queues and functions of the same
   * account. An address that is subscribed stays so; while it is pending, SNS sends the confirmation once more. Other
   * attributes than those of the existing subscription are refused (Amazon SNS API Reference, `Subscribe`).
   */
  subscribe(topic: string, address: Address, filter?: string): Promise<SubscriptionState>;
  /** Replaces the filter policy of a confirmed subscription; it may take 15 minutes until SNS uses it. */
  setFilter(subscription: string, filter: string): Promise<void>;
  /** Ends a confirmed subscription. A pending one can't be ended (`Unsubscribe` needs its ARN). */
  unsubscribe(subscription: string): Promise<void>;
  /**
   * Confirms a subscription by the token of its link, valid for two days. Only with `isProtected` is the call
   * authenticated (`AuthenticateOnUnsubscribe`): from then on no link ends the subscription.
   */
  confirm(topic: string, token: string, isProtected: boolean): Promise<void>;
  details(subscription: string): Promise<SubscriberDetails>;
}

const states: Readonly<Record<string, SubscriptionState>> = {
  PendingConfirmation: "pending",
  Deleted: "deleted",
};

/** The subscriptions of SNS topics. */
export const snsSubscriptions = (client: SNSClient): Subscriptions => ({
  async *list(TopicArn) {
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn }))
      for (const {
        Protocol: protocol = "",
        Endpoint: endpoint = "",
        SubscriptionArn = "",
      } of Subscriptions) {
        const state = states[SubscriptionArn] ?? "confirmed";
        yield { protocol, endpoint, state, ...(state === "confirmed" && { arn: SubscriptionArn }) };
      }
  },
  async subscribe(TopicArn, { protocol: Protocol, endpoint: Endpoint }, filter) {
    const { SubscriptionArn } = await client.send(
      new SubscribeCommand({
        TopicArn,
        Protocol,
        Endpoint,
        ...(filter !== undefined && { Attributes: { FilterPolicy: filter } }),
      }),
    );
    return SubscriptionArn?.startsWith("arn:") ? "confirmed" : "pending";
  },
  async setFilter(SubscriptionArn, AttributeValue) {
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: "FilterPolicy",
        AttributeValue,
      }),
    );
  },
  async unsubscribe(SubscriptionArn) {
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
  },
  async confirm(TopicArn, Token, isProtected) {
    await client.send(
      new ConfirmSubscriptionCommand({
        TopicArn,
        Token,
        ...(isProtected && { AuthenticateOnUnsubscribe: "true" }),
      }),
    );
  },
  async details(SubscriptionArn) {
    const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    const { FilterPolicy: filter = "", ConfirmationWasAuthenticated } = Attributes;
    return {
      ...(filter !== "" && filter !== "{}" && { filter }),
      isProtected: ConfirmationWasAuthenticated === "true",
    };
  },
});
