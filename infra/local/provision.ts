import path from "node:path";
import type { Assembly } from "./assembly.ts";
import { bucket, bucketNotifications } from "./resources/bucket.ts";
import { eventSourceMapping } from "./resources/event-source-mapping.ts";
import { lambdaFunction } from "./resources/function.ts";
import { eventInvokeConfig } from "./resources/invoke-config.ts";
import { queue, queuePolicy } from "./resources/queue.ts";
import type { ResourceType, Site } from "./resources/resource-type.ts";
import { schedule, scheduleGroup } from "./resources/schedule.ts";
import { table } from "./resources/table.ts";
import { subscription, topic } from "./resources/topic.ts";
import { unmanaged } from "./resources/unmanaged.ts";
import {
  inOrder,
  resolve,
  TemplateError,
  type Physical,
  type Resource,
  type TemplateScope,
  type Template,
} from "./template.ts";

const managed: Readonly<Record<string, ResourceType>> = {
  "AWS::DynamoDB::Table": table,
  "AWS::Lambda::EventInvokeConfig": eventInvokeConfig,
  "AWS::Lambda::EventSourceMapping": eventSourceMapping,
  "AWS::Lambda::Function": lambdaFunction,
  "AWS::S3::Bucket": bucket,
  "AWS::Scheduler::Schedule": schedule,
  "AWS::Scheduler::ScheduleGroup": scheduleGroup,
  "AWS::SNS::Subscription": subscription,
  "AWS::SNS::Topic": topic,
  "AWS::SQS::Queue": queue,
  "AWS::SQS::QueuePolicy": queuePolicy,
  "Custom::S3BucketNotifications": bucketNotifications,
};

/** The created resources of a template. */
export interface Provisioned extends Pick<
  Site,
  "functions" | "eventSources" | "invokeConfigs" | "schedules"
> {
  /** By name, resolved. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Creates every resource of a synthesized template on the emulators, in dependency order. A resource that exists keeps
 * its data and is updated; one that is no longer in the template stays. Throws a `TemplateError` for
 * an unknown resource type, intrinsic function, attribute or property.
 */
export async function provision(
  { template, directory, stackName }: Assembly,
  place: Pick<Site, "endpoint" | "sns">,
): Promise<Provisioned> {
  const on = { ...place, stackName };
  const resources = new Map<string, Physical>();
  const scope: TemplateScope = { parameters: parameters(template, on), resources };
  const site: Site = {
    ...on,
    functions: new Map(),
    eventSources: [],
    invokeConfigs: new Map(),
    queues: new Map(),
    scheduleGroups: new Set(),
    schedules: [],
    assetPath(metadata, logicalId) {
      const asset = metadata?.["aws:asset:path"];
      if (typeof asset === "string") return path.resolve(directory, asset);
      throw new TemplateError(`${logicalId} has no asset beside the template (Metadata aws:asset:path)`);
    },
  };
  for (const [logicalId, resource] of inOrder(template)) {
    const type = managed[resource.Type] ?? unmanaged[resource.Type]?.type;
    if (!type)
      throw new TemplateError(`${logicalId} is of the resource type ${resource.Type}, which is unknown`);
    checkResource(logicalId, resource);
    if (resource.Condition) throw new TemplateError(`${logicalId} has the condition ${resource.Condition}`);
    const properties = resolve(resource.Properties ?? {}, scope, logicalId) as Record<string, unknown>;
    const physical = await type.create(properties, { logicalId, metadata: resource.Metadata }, site);
    resources.set(logicalId, physical);
  }
  const outputs = Object.entries(template.Outputs ?? {}).map(
    ([name, output]) => [name, String(resolve(output.Value, scope, `Outputs.${name}`))] as const,
  );
  return {
    functions: site.functions,
    eventSources: site.eventSources,
    invokeConfigs: site.invokeConfigs,
    schedules: site.schedules,
    outputs: Object.fromEntries(outputs),
  };
}

/** Supported attributes of a resource. Deletion policies have no effect locally. */
const resourceKeys = [
  "Condition",
  "DeletionPolicy",
  "DependsOn",
  "Metadata",
  "Properties",
  "Type",
  "UpdateReplacePolicy",
];

const deletionPolicies = ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"];

function checkResource(logicalId: string, resource: Resource): void {
  const unknown = Object.keys(resource).find((key) => !resourceKeys.includes(key));
  if (unknown !== undefined)
    throw new TemplateError(`${logicalId} has the attribute ${unknown}, which is unknown`);
  for (const name of ["DeletionPolicy", "UpdateReplacePolicy"] as const) {
    const policy = resource[name];
    if (policy !== undefined && !deletionPolicies.includes(policy))
      throw new TemplateError(`${logicalId} has the ${name} ${policy}, which is unknown`);
  }
}

function parameters(template: Template, on: Pick<Site, "endpoint" | "stackName">): Map<string, unknown> {
  const { account, region } = on.endpoint;
  const declared = Object.entries(template.Parameters ?? {}).map(
    ([name, { Default }]) => [name, Default] as const,
  );
  return new Map<string, unknown>([
    ["AWS::AccountId", account],
    ["AWS::NoValue", undefined],
    ["AWS::Partition", "aws"],
    ["AWS::Region", region],
    ["AWS::StackId", `arn:aws:cloudformation:${region}:${account}:stack/${on.stackName}/local`],
    ["AWS::StackName", on.stackName],
    ["AWS::URLSuffix", "amazonaws.com"],
    ...declared,
  ]);
}
