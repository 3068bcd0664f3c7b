import type { Deliveries } from "./delivery.ts";
import type { Fields, XmlNode } from "./query.ts";
import type { TopicsByArn } from "./topics.ts";

/** Shared state of the SNS actions. */
export interface SnsContext {
  readonly topics: TopicsByArn;
  /** The ARN of a topic without its name. */
  readonly arnPrefix: string;
  readonly account: string;
  readonly deliveries: Deliveries;
}

/** Actions by name. Each returns the content of its result element or throws an `SnsError`. */
export type Actions = Readonly<Record<string, (fields: Fields) => readonly XmlNode[]>>;
