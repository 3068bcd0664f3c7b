import type { Subscriber, Subscriptions } from "../../aws/subscriptions.ts";
import { suggestion } from "../../console/suggestion.ts";
import { UsageError } from "../../console/usage-error.ts";
import { inBatches } from "./batches.ts";

/** Amazon SNS Developer Guide, 'Filter policy constraints': keys, products of the numbers of values, bytes of a policy. */
const limits = { keys: 5, combinations: 150, bytes: 256 * 1024 } as const;

/** Filter policies that a topic may have by default (same page). */
export const maxFilterPolicies = 200;

/** The attributes of feedbell's messages. */
const attributes = ["feed", "language", "kind", "audience"];

/** A condition that is no plain value has one of these operators. */
const operators = [
  "prefix",
  "suffix",
  "anything-but",
  "equals-ignore-case",
  "wildcard",
  "numeric",
  "exists",
  "cidr",
];

/**
 * The filter policy of `--filter` options: `feed=voa`, `feed=voa,bbc`, `feed=city-*` (starts with), several keys in
 * several options; or one policy as JSON. Throws `UsageError` for what SNS would refuse, and for attributes that no
 * message has, because such a filter lets nothing through.
 */
export function parseFilters(options: readonly string[]): string | undefined {
  const [first] = options;
  if (first === undefined) return undefined;
  const json = options.find((option) => option.trimStart().startsWith("{"));
  if (json !== undefined && options.length > 1)
    throw new UsageError("A filter policy in JSON is complete; leave the other filters out.");
  const policy = json === undefined ? readPairs(options) : readJson(json);
  const problem = filterProblem(policy);
  if (problem !== undefined) throw new UsageError(`The filter is not valid: ${problem}.`);
  return JSON.stringify(policy);
}

function readPairs(options: readonly string[]): Record<string, unknown[]> {
  const policy: Record<string, unknown[]> = {};
  for (const option of options) {
    const at = option.indexOf("=");
    const values = option.slice(at + 1).split(",");
    if (at < 1 || values.includes(""))
      throw new UsageError(
        `Found the filter ${JSON.stringify(option)}; expected one such as feed=voa or feed=voa,bbc.`,
      );
    const conditions = values.map((value) => (value.endsWith("*") ? { prefix: value.slice(0, -1) } : value));
    (policy[option.slice(0, at)] ??= []).push(...conditions);
  }
  return policy;
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UsageError('The filter is no JSON; expected an object such as {"feed": ["voa"]}.');
  }
}

function filterProblem(policy: unknown): string | undefined {
  if (typeof policy !== "object" || policy === null || Array.isArray(policy)) return "expected an object";
  const entries = Object.entries(policy);
  if (entries.length === 0) return "expected at least one key";
  if (entries.length > limits.keys) return `found ${entries.length} keys; SNS allows ${limits.keys}`;
  let combinations = 1;
  for (const [key, conditions] of entries) {
    if (!attributes.includes(key))
      return `no message has the attribute ${key}; ${suggestion(key, attributes)}`;
    if (!Array.isArray(conditions) || conditions.length === 0)
      return `found no list of values for ${key}; expected one such as ["voa"]`;
    const unknown = conditions.find((condition) => !isCondition(condition));
    if (unknown !== undefined)
      return `found ${JSON.stringify(unknown)} for ${key}; expected a text or a condition`;
    combinations *= conditions.length;
  }
  if (combinations > limits.combinations)
    return `found ${combinations} combinations of values; SNS allows ${limits.combinations}`;
  if (Buffer.byteLength(JSON.stringify(policy)) > limits.bytes) return "SNS allows 256 KB";
  return undefined;
}

function isCondition(condition: unknown): boolean {
  if (typeof condition === "string") return condition !== "";
  if (typeof condition !== "object" || condition === null) return false;
  const [operator, ...others] = Object.keys(condition);
  return operator !== undefined && others.length === 0 && operators.includes(operator);
}

/**
 * Throws `UsageError` if `added` policies would exceed the quota of the topic. SNS returns the policies of confirmed
 * subscriptions only, so pending ones are not counted; for them SNS refuses the call.
 */
export async function checkPolicyCount(
  readers: readonly Subscriber[],
  added: number,
  quota: number,
  { details }: Pick<Subscriptions, "details">,
): Promise<void> {
  const arns = readers.flatMap(({ arn }) => arn ?? []);
  if (arns.length + added <= quota) return;
  let count = 0;
  for await (const { filter } of inBatches(arns, details)) if (filter !== undefined) count++;
  if (count + added > quota)
    throw new UsageError(
      `The topic has ${count} filter policies and would get ${added} more; its quota is ${quota}. Use an audience with rules instead, or raise the quota and give it as --max-filters.`,
    );
}
