import { randomBytes, randomUUID } from "node:crypto";
import { invalidParameter, notFound, SnsError } from "./errors.ts";
import { parsePolicy } from "./filter-policy.ts";

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
}

export interface Subscription {
  readonly arn: string;
  readonly topic: Topic;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly attributes: Map<string, string>;
  readonly token: string;
  confirmed: boolean;
  /** Only a signed request may end the subscription (`AuthenticateOnUnsubscribe`). */
  guarded: boolean;
}

const protocols = ["email", "email-json", "sms", "sqs", "http", "https"] as const;
export type Protocol = (typeof protocols)[number];

export type TopicsByArn = Map<string, Topic>;

const topicName = /^[A-Za-z0-9_-]{1,256}$/;

/** Creates a standard topic, or returns the existing topic of that name. */
export function createTopic(topics: TopicsByArn, arnPrefix: string, name: string): Topic {
  if (!topicName.test(name)) throw invalidParameter(`Topic Name: ${name}`);
  const arn = `${arnPrefix}${name}`;
  const existing = topics.get(arn);
  if (existing) return existing;
  const topic: Topic = { arn, name, attributes: new Map(), tags: new Map(), subscriptions: new Map() };
  topics.set(arn, topic);
  return topic;
}

export function requireTopic(topics: TopicsByArn, arn: string | undefined): Topic {
  if (!arn) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  if (!/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/.test(arn)) {
    throw invalidParameter(`TopicArn Reason: An ARN must have at least 6 elements, not ${arn}`);
  }
  const topic = topics.get(arn);
  if (!topic) throw notFound("Topic");
  return topic;
}

export function findSubscription(topics: TopicsByArn, arn: string): Subscription | undefined {
  return topics.get(arn.slice(0, arn.lastIndexOf(":")))?.subscriptions.get(arn);
}

export const listSubscriptions = (topics: TopicsByArn): readonly Subscription[] =>
  [...topics.values()].flatMap((topic) => [...topic.subscriptions.values()]);

const settable = ["FilterPolicy", "FilterPolicyScope", "RawMessageDelivery"];

/** Filter policies of one topic (Amazon SNS Developer Guide, "Filter policy constraints"). */
const maxFilterPolicies = 200;

/** Validates and sets an attribute of a subscription; an empty filter policy removes the policy. */
export function setSubscriptionAttribute(subscription: Subscription, name: string, value: string): void {
  checkSubscriptionAttribute(subscription.protocol, name, value);
  if (name === "FilterPolicy") checkPolicyCount(subscription.topic, value, subscription);
  subscription.attributes.set(name, value);
}

/** Throws `SnsError` for an attribute that a subscription of this protocol can't have. */
export function checkSubscriptionAttribute(protocol: string, name: string, value: string): void {
  if (!settable.includes(name)) throw invalidParameter(`AttributeName: ${name}`);
  if (name === "FilterPolicy" && isPolicy(value)) parsePolicy(value);
  if (name === "FilterPolicyScope" && value !== "MessageAttributes") {
    throw invalidParameter(
      `FilterPolicyScope: the local SNS filters on MessageAttributes only, not on ${value}`,
    );
  }
  if (name === "RawMessageDelivery") {
    if (!["true", "false"].includes(value)) throw invalidParameter(`RawMessageDelivery: ${value}`);
    if (["email", "email-json", "sms"].includes(protocol)) {
      throw invalidParameter(`RawMessageDelivery: not supported for ${protocol}`);
    }
  }
}

const isPolicy = (value = ""): boolean => value !== "" && value !== "{}";

function checkPolicyCount(topic: Topic, value: string | undefined, except?: Subscription): void {
  if (!isPolicy(value)) return;
  const others = [...topic.subscriptions.values()].filter((other) => other !== except);
  if (others.filter(({ attributes }) => isPolicy(attributes.get("FilterPolicy"))).length < maxFilterPolicies)
    return;
  throw new SnsError("FilterPolicyLimitExceeded", "Filter policy limit exceeded for topic", 403);
}

/**
 * Subscribes an endpoint, or returns its subscription. As in the service, SMS and queues of the same account are
 * confirmed immediately; mail and HTTP endpoints must be confirmed with a link; and attributes that differ from those
 * of an existing subscription are refused.
 */
export function subscribe(
  topic: Topic,
  protocol: string,
  endpoint: string,
  attributes: ReadonlyMap<string, string> = new Map(),
): Subscription {
  const known = protocols.find((other) => other === protocol);
  if (!known) throw invalidParameter(`Protocol: the local SNS does not deliver to ${protocol}`);
  checkEndpoint(known, endpoint);
  const existing = [...topic.subscriptions.values()].find(
    (other) => other.protocol === known && other.endpoint === endpoint,
  );
  if (existing) {
    if ([...attributes].every(([name, value]) => existing.attributes.get(name) === value)) return existing;
    throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
  }
  checkPolicyCount(topic, attributes.get("FilterPolicy"));
  const subscription: Subscription = {
    arn: `${topic.arn}:${randomUUID()}`,
    topic,
    protocol: known,
    endpoint,
    attributes: new Map(attributes),
    token: randomBytes(64).toString("hex"),
    confirmed: known === "sms" || known === "sqs",
    guarded: false,
  };
  topic.subscriptions.set(subscription.arn, subscription);
  return subscription;
}

function checkEndpoint(protocol: Protocol, endpoint: string): void {
  const forms: Readonly<Record<Protocol, readonly [RegExp, string]>> = {
    email: [/^[^\s@]+@[^\s@]+$/, "Email address"],
    "email-json": [/^[^\s@]+@[^\s@]+$/, "Email address"],
    sms: [/^\+[1-9]\d{4,14}$/, "Invalid SMS endpoint"],
    sqs: [/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/, "SQS endpoint ARN"],
    http: [/^http:\/\/[^\s]+$/, "Endpoint must match the specified protocol"],
    https: [/^https:\/\/[^\s]+$/, "Endpoint must match the specified protocol"],
  };
  const [form, problem] = forms[protocol];
  if (!form.test(endpoint)) throw invalidParameter(`${problem}: ${endpoint}`);
}
