import { parseArray, type AttributeMap } from "./attributes.ts";
import { invalidParameter } from "./errors.ts";

type Scalar = string | number | boolean | null;
type Policy = Readonly<Record<string, readonly unknown[]>>;

const operators = ["prefix", "suffix", "anything-but", "equals-ignore-case", "numeric", "exists"];

/**
 * Parses a filter policy on attributes: at most 5 keys and 150 combinations (Amazon SNS developer guide, "Filter policy
 * constraints"). Rejects operators that the emulator does not implement (`cidr`, `wildcard`, `$or`).
 */
export function parsePolicy(text: string): Policy {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalidParameter("FilterPolicy: failed to parse JSON.");
  }
  if (typeof policy !== "object" || policy === null || Array.isArray(policy)) {
    throw invalidParameter("FilterPolicy: the policy must be a JSON object.");
  }
  const entries = Object.entries(policy as Record<string, unknown>);
  if (entries.length > 5) throw invalidParameter("FilterPolicy: Filter policy can not have more than 5 keys");
  let combinations = 1;
  for (const [key, conditions] of entries) {
    if (key === "$or") throw invalidParameter("FilterPolicy: the local SNS does not implement $or");
    if (!Array.isArray(conditions) || conditions.length === 0) {
      throw invalidParameter(`FilterPolicy: "${key}" must be an array of values`);
    }
    combinations *= conditions.length;
    for (const condition of conditions) checkCondition(condition);
  }
  if (combinations > 150) throw invalidParameter("FilterPolicy: Filter policy is too complex");
  return policy as Policy;
}

function checkCondition(condition: unknown): void {
  if (typeof condition !== "object" || condition === null) return;
  const [operator = ""] = Object.keys(condition);
  if (!operators.includes(operator)) {
    throw invalidParameter(`FilterPolicy: the local SNS does not implement the operator ${operator}`);
  }
}

/** Returns whether every key of the policy matches at least one of its conditions. */
export function matchesPolicy(policy: Policy, attributes: AttributeMap): boolean {
  return Object.entries(policy).every(([key, conditions]) => {
    const values = valuesOf(attributes, key);
    return conditions.some((condition) => matchesCondition(condition, values));
  });
}

/** The values of an attribute, `undefined` if it is absent. A `String.Array` matches if one of its values does. */
function valuesOf(attributes: AttributeMap, key: string): readonly Scalar[] | undefined {
  const attribute = attributes.get(key);
  if (!attribute || attribute.type.startsWith("Binary")) return undefined;
  if (attribute.type === "String.Array") return parseArray(key, attribute.value);
  return [attribute.type.startsWith("Number") ? Number(attribute.value) : attribute.value];
}

function matchesCondition(condition: unknown, values: readonly Scalar[] | undefined): boolean {
  if (typeof condition === "object" && condition !== null && "exists" in condition) {
    return condition.exists === (values !== undefined);
  }
  return (values ?? []).some((value) => matchesValue(condition, value));
}

function matchesValue(condition: unknown, value: Scalar): boolean {
  if (typeof condition !== "object" || condition === null) return condition === value;
  const [[operator, operand] = ["", undefined]] = Object.entries(condition as Record<string, unknown>);
  const text = typeof value === "string" ? value : undefined;
  switch (operator) {
    case "prefix":
      return text?.startsWith(String(operand)) ?? false;
    case "suffix":
      return text?.endsWith(String(operand)) ?? false;
    case "equals-ignore-case":
      return text?.toLowerCase() === String(operand).toLowerCase();
    case "anything-but":
      return !(Array.isArray(operand) ? operand : [operand]).some((other) => matchesValue(other, value));
    case "numeric":
      return typeof value === "number" && matchesNumbers(operand as readonly (string | number)[], value);
    default:
      return false;
  }
}

function matchesNumbers(conditions: readonly (string | number)[], value: number): boolean {
  for (let index = 0; index < conditions.length; index += 2) {
    const limit = Number(conditions[index + 1]);
    const holds: Record<string, boolean> = {
      "=": value === limit,
      ">": value > limit,
      ">=": value >= limit,
      "<": value < limit,
      "<=": value <= limit,
    };
    if (!holds[String(conditions[index])]) return false;
  }
  return true;
}
