import { randomUUID } from "node:crypto";

const attribute = /<aws\.scheduler\.([a-z-]+)>/g;

/** What EventBridge Scheduler says of one firing. */
export interface Firing {
  readonly scheduleArn: string;
  /** The scheduled time, in milliseconds of the epoch. */
  readonly at: number;
}

type Keyword = (firing: Firing) => string;

/** EventBridge Scheduler User Guide, "Adding context attributes in EventBridge Scheduler". */
const keywords: Readonly<Record<string, Keyword>> = {
  "attempt-number": () => "1",
  "execution-id": () => randomUUID(),
  "schedule-arn": ({ scheduleArn }) => scheduleArn,
  "scheduled-time": ({ at }) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z"),
};

/** Names of context attributes in an input that don't exist. */
export const unknownAttributes = (input: string): readonly string[] =>
  [...input.matchAll(attribute)]
    .map(([, name = ""]) => name)
    .filter((name) => !Object.hasOwn(keywords, name));

/** The input of a target with its context attributes replaced. */
export const fillInput = (input: string, firing: Firing): string =>
  input.replace(attribute, (found, name: string) => keywords[name]?.(firing) ?? found);
