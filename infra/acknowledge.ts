import { Stack, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * Records why a rule of cdk-nag does not apply to a construct and what is below it. A test requires that every rule of
 * the packs AwsSolutions and Serverless holds or is acknowledged.
 */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** Records why a policy below the construct may name resources by a pattern: the rule `AwsSolutions-IAM5`. */
export function acknowledgePattern(construct: IConstruct, resource: string, reason: string): void {
  const finding = flatten(Stack.of(construct).resolve(resource));
  acknowledge(construct, `AwsSolutions-IAM5[Resource::${finding}]`, reason);
}

/** The text by which cdk-nag names a resolved value: `<Id.Arn>` for an attribute, `<Id>` for a reference. */
function flatten(value: unknown): string {
  if (Array.isArray(value)) return value.map(flatten).join("");
  if (typeof value !== "object" || value === null) return String(value);
  const [[key, argument] = ["", ""]] = Object.entries(value) as [string, unknown][];
  if (key === "Ref") return `<${String(argument)}>`;
  if (key === "Fn::GetAtt") return `<${(argument as string[]).join(".")}>`;
  if (key === "Fn::Join") return flatten((argument as [string, unknown])[1]);
  throw new Error(`the intrinsic function ${key} in the name of a resource is unknown`);
}
