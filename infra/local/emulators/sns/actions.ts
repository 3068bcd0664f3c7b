import type { Deliveries } from "./delivery.ts";
import type { Fields, XmlNode } from "./query.ts";
import type { TopicsByArn } from "./topics.ts";

/** What the actions of the service share. */
export interface SnsPlace {
  readonly topics: TopicsByArn;
  /** ARN of every topic up to its name. */
  readonly arnPrefix: string;
  readonly account: string;
  readonly deliveries: Deliveries;
}

/** Actions by name; each returns the content of its result, or throws an `SnsError`. */
export type Actions = Readonly<Record<string, (fields: Fields) => readonly XmlNode[]>>;
