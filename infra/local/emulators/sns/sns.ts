import type { Reply } from "../reply.ts";
import { openDeliveries, type Channels, type Links } from "./delivery.ts";
import { SnsError } from "./errors.ts";
import type { SnsContext } from "./actions.ts";
import { publishActions } from "./publish-actions.ts";
import { queryRefusal, queryReply, type Fields } from "./query.ts";
import { subscriptionActions } from "./subscription-actions.ts";
import { topicActions } from "./topic-actions.ts";
import {
  createTopic,
  findSubscription,
  listSubscriptions,
  subscribe,
  type Subscription,
  type Topic,
  type TopicsByArn,
} from "./topics.ts";

/** The local SNS: standard topics with the service's validation; delivers to mail, SMS, queues and HTTP endpoints. */
export interface Sns {
  /** Serves a request of the query protocol. */
  serve(fields: Fields): Reply;
  readonly topics: TopicsByArn;
  createTopic(name: string): Topic;
  /** Subscribes without confirmation, for the sample readers. */
  subscribeConfirmed(topic: Topic, protocol: string, endpoint: string): Subscription;
  /** Subscribes and sends the request to confirm, as the action `Subscribe` does. Throws `SnsError`. */
  subscribe(topic: Topic, protocol: string, endpoint: string): Subscription;
  /** Confirms a subscription by the token of its link; `undefined` if the token is unknown. */
  confirm(token: string): Subscription | undefined;
  /** Ends a subscription by its link; `guarded` if only a signed request may end it. */
  unsubscribe(arn: string): "done" | "unknown" | "guarded";
  settled(): Promise<void>;
}

export function openSns(place: { region: string; account: string }, channels: Channels, links: Links): Sns {
  const topics: TopicsByArn = new Map();
  const arnPrefix = `arn:aws:sns:${place.region}:${place.account}:`;
  const deliveries = openDeliveries(channels, links);
  const shared: SnsContext = { topics, arnPrefix, account: place.account, deliveries };
  const actions = new Map(
    [topicActions, subscriptionActions, publishActions].flatMap((group) => Object.entries(group(shared))),
  );

  return {
    topics,
    serve(fields) {
      const name = fields.get("Action") ?? "";
      try {
        const action = actions.get(name);
        if (!action)
          throw new SnsError("InvalidAction", `The local SNS does not implement the action ${name}.`);
        return queryReply(name, action(fields));
      } catch (error) {
        if (error instanceof SnsError) return queryRefusal(error);
        throw error;
      }
    },
    createTopic: (name) => createTopic(topics, arnPrefix, name),
    subscribeConfirmed(topic, protocol, endpoint) {
      const subscription = subscribe(topic, protocol, endpoint);
      subscription.confirmed = true;
      return subscription;
    },
    subscribe(topic, protocol, endpoint) {
      const subscription = subscribe(topic, protocol, endpoint);
      if (!subscription.confirmed) deliveries.requestConfirmation(subscription);
      return subscription;
    },
    confirm(token) {
      const subscription = listSubscriptions(topics).find((other) => other.token === token);
      if (subscription) subscription.confirmed = true;
      return subscription;
    },
    unsubscribe(arn) {
      const subscription = findSubscription(topics, arn);
      if (!subscription) return "unknown";
      if (subscription.guarded) return "guarded";
      subscription.topic.subscriptions.delete(arn);
      return "done";
    },
    settled: () => deliveries.settled(),
  };
}
