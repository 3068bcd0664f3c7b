import type { Subscription, Topic, TopicsByArn } from "./topics.ts";

type Entries = readonly (readonly [string, string])[];

/** A topic as it is kept between starts, with its readers. */
export interface KeptTopic extends Pick<Topic, "arn" | "name"> {
  readonly attributes: Entries;
  readonly tags: Entries;
  readonly subscriptions: readonly (Omit<Subscription, "topic" | "attributes"> & {
    readonly attributes: Entries;
  })[];
}

export const keepTopics = (topics: TopicsByArn): readonly KeptTopic[] =>
  [...topics.values()].map(({ arn, name, attributes, tags, subscriptions }) => ({
    arn,
    name,
    attributes: [...attributes],
    tags: [...tags],
    subscriptions: [...subscriptions.values()].map((subscription) => {
      const { topic: _, ...kept } = subscription;
      return { ...kept, attributes: [...subscription.attributes] };
    }),
  }));

export function restoreTopics(topics: TopicsByArn, kept: readonly KeptTopic[]): void {
  for (const { arn, name, attributes, tags, subscriptions } of kept) {
    const topic: Topic = {
      arn,
      name,
      attributes: new Map(attributes),
      tags: new Map(tags),
      subscriptions: new Map(),
    };
    for (const subscription of subscriptions)
      topic.subscriptions.set(subscription.arn, {
        ...subscription,
        topic,
        attributes: new Map(subscription.attributes),
      });
    topics.set(arn, topic);
  }
}
