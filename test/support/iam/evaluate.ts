import { resourceOf } from "./actions.ts";

/** A policy document as a template has it, with intrinsic functions evaluated. */
export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

export type Statement = Readonly<Record<string, unknown>>;

export interface AccessRequest {
  /** Name of the role that calls, or of an AWS service such as `s3.amazonaws.com`. */
  readonly caller: string;
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** Condition keys. Each request has `aws:SecureTransport`, `true` where it is not given. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The policies of one account. */
export interface Policies {
  /** By the name of the role. */
  readonly identity: ReadonlyMap<string, readonly PolicyDocument[]>;
  /** By the ARN of the resource. An object belongs to its bucket. */
  readonly resource: ReadonlyMap<string, PolicyDocument>;
}

export type Decision = "allowed" | "not allowed" | "denied";

/**
 * What IAM answers to a request within one account (IAM User Guide, 'Policy evaluation logic'): an explicit denial
 * first; otherwise a statement of the role or of the resource must allow it. What roles may do with a key counts only if
 * the key's policy leaves it to the account (AWS KMS Developer Guide, 'Default key policy'). Throws for a form of statement that it does not know,
 * so that nothing is taken for granted.
 */
export function decide(request: AccessRequest, policies: Policies): Decision {
  const owner = resourceOf(request.action, request.resource);
  const own = policies.identity.get(request.caller) ?? [];
  const atResource = policies.resource.get(owner)?.Statement ?? [];
  const counts = !owner.startsWith("arn:aws:kms:") || atResource.some((one) => delegates(one, request));
  const matching = [
    ...own.flatMap(({ Statement }) => Statement.filter((one) => counts && matches(one, request))),
    ...atResource.filter((one) => isAbout(one, request.caller) && matches(one, request)),
  ];
  if (matching.some(({ Effect }) => Effect === "Deny")) return "denied";
  return matching.length > 0 ? "allowed" : "not allowed";
}

const elements = new Set(["Sid", "Effect", "Principal", "Action", "Resource", "Condition"]);

/** Whether a statement's action, resource and conditions hold. */
function matches(statement: Statement, { action, resource, context = {} }: AccessRequest): boolean {
  for (const name of Object.keys(statement))
    if (!elements.has(name)) throw new Error(`the element ${name} of a statement is unknown`);
  const { Effect, Action, Resource = "*", Condition = {} } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw new Error(`the effect ${String(Effect)} is unknown`);
  const given: NonNullable<AccessRequest["context"]> = { "aws:SecureTransport": "true", ...context };
  return (
    // Actions have no case.
    texts(Action).some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
    texts(Resource).some((pattern) => isLike(resource, pattern)) &&
    Object.entries(Condition as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, given[key], texts(values))),
    )
  );
}

/** Whether a statement of a key's policy leaves an action to the policies of the account's roles. */
const delegates = (statement: Statement, request: AccessRequest): boolean =>
  isAbout(statement, `arn:aws:iam::${request.resource.split(":")[4]}:root`) && matches(statement, request);

/** Whether a statement of a resource's policy is about the caller. */
function isAbout({ Principal }: Statement, caller: string): boolean {
  if (Principal === undefined) throw new Error("a statement of a resource's policy has no principal");
  if (Principal === "*") return true;
  return Object.entries(Principal as Record<string, unknown>).some(([kind, names]) => {
    if (kind !== "AWS" && kind !== "Service") throw new Error(`the kind of principal ${kind} is unknown`);
    return texts(names).some((name) => name === "*" || name === caller);
  });
}

type Values = string | readonly string[] | undefined;

/** Condition operators (IAM JSON policy elements: Condition operators). A key that is absent fulfils only `ForAllValues`. */
const operators: Readonly<Record<string, (given: Values, values: readonly string[]) => boolean>> = {
  StringEquals: (given, values) => single(given, (text) => values.includes(text)),
  StringLike: (given, values) => single(given, (text) => values.some((pattern) => isLike(text, pattern))),
  ArnEquals: (given, values) => single(given, (text) => values.some((pattern) => isLike(text, pattern))),
  ArnLike: (given, values) => single(given, (text) => values.some((pattern) => isLike(text, pattern))),
  Bool: (given, values) => single(given, (text) => values.includes(text)),
  "ForAllValues:StringLike": (given, values) =>
    [given ?? []].flat().every((text) => values.some((pattern) => isLike(text, pattern))),
};

const holds = (operator: string, given: Values, values: readonly string[]): boolean => {
  const known = operators[operator];
  if (!known) throw new Error(`the condition operator ${operator} is unknown`);
  return known(given, values);
};

const single = (given: Values, test: (text: string) => boolean): boolean => {
  if (typeof given === "object") throw new Error("a key with several values needs ForAllValues");
  return given !== undefined && test(given);
};

/** The texts of an element, which is one text or a list. Policy variables are not known here. */
function texts(element: unknown): readonly string[] {
  return [element].flat().map((text) => {
    if (typeof text !== "string" || text.includes("${"))
      throw new Error(`found ${JSON.stringify(text)} in a statement; expected a text without variables`);
    return text;
  });
}

const expressions = new Map<string, RegExp>();

/** Whether a text has the form of a pattern: `*` is any text, `?` any character. */
function isLike(text: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return text === pattern;
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const expression =
    expressions.get(pattern) ?? new RegExp(`^${source.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
  expressions.set(pattern, expression);
  return expression.test(text);
}
