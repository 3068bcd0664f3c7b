import { z } from "zod";
import type { Endpoint } from "../emulators/endpoint.ts";
import type { Sns } from "../emulators/sns/sns.ts";
import { TemplateError, type Physical } from "../template.ts";

/** Where resources are created. */
export interface Site {
  readonly endpoint: Endpoint;
  readonly sns: Sns;
  readonly stackName: string;
  readonly functions: Map<string, FunctionDefinition>;
  readonly eventSources: EventSourceDefinition[];
  /** By the function's name. */
  readonly invokeConfigs: Map<string, InvokeConfigDefinition>;
  /** By ARN. */
  readonly queues: Map<string, QueueDefinition>;
  /** By name. */
  readonly scheduleGroups: Set<string>;
  readonly schedules: ScheduleDefinition[];
  /** Absolute path of a resource's asset in the cloud assembly. */
  assetPath(metadata: Readonly<Record<string, unknown>> | undefined, logicalId: string): string;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly taskRoot: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Maximum concurrent invocations; absent if the template sets no limit. */
  readonly reservedConcurrency?: number;
}

export interface EventSourceDefinition {
  readonly queueArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency: number;
  readonly reportsFailures: boolean;
}

export interface QueueDefinition {
  readonly name: string;
  readonly isFifo: boolean;
  readonly deduplicatesByContent: boolean;
  readonly visibilitySeconds: number;
}

/** How asynchronous invocations of a function that fail are handled. */
export interface InvokeConfigDefinition {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** ARN of the queue for events that were given up. */
  readonly onFailure?: string;
}

export type ScheduleTarget =
  | { readonly kind: "function"; readonly functionName: string; readonly input: string }
  | {
      readonly kind: "queue";
      readonly queueArn: string;
      readonly input: string;
      readonly groupId?: string;
    };

export interface ScheduleDefinition {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly isEnabled: boolean;
  readonly target: ScheduleTarget;
}

export interface ResourceDeclaration {
  readonly logicalId: string;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
}

/** Creates resources of one type. */
export interface ResourceType {
  create(
    properties: Readonly<Record<string, unknown>>,
    declaration: ResourceDeclaration,
    site: Site,
  ): Promise<Physical>;
}

/** Properties without effect locally, each with the reason. */
export type Accepted = Readonly<Record<string, string>>;

/**
 * A resource type with the properties of the schema and those of `accepted`. Any other property, at any depth of the
 * schema, throws a `TemplateError` that names it.
 */
export function resourceType<S extends z.ZodObject>(
  schema: S,
  accepted: Accepted,
  create: (
    properties: z.output<S>,
    declaration: ResourceDeclaration,
    site: Site,
  ) => Physical | Promise<Physical>,
): ResourceType {
  return {
    async create(properties, declaration, site) {
      const rest = Object.fromEntries(
        Object.entries(properties).filter(([name]) => !Object.hasOwn(accepted, name)),
      );
      const parsed = schema.strict().safeParse(rest);
      if (!parsed.success) throw new TemplateError(`${declaration.logicalId}: ${explain(parsed.error)}`);
      return create(parsed.data as z.output<S>, declaration, site);
    },
  };
}

function explain(error: z.ZodError): string {
  const problems = error.issues.map((issue) => {
    const place = issue.path.join(".");
    if (issue.code !== "unrecognized_keys") return `the property ${place}: ${issue.message}`;
    const names = issue.keys.map((key) => [...issue.path, key].join("."));
    return `the ${names.length === 1 ? "property" : "properties"} ${names.join(", ")} unknown`;
  });
  return problems.join("; ");
}

/** CloudFormation also accepts booleans as strings. */
export const boolean = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/** CloudFormation also accepts numbers as strings. */
export const number = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/** The name of a resource without a name in the template, made of stack name and logical id like CloudFormation's. */
export const physicalName = (site: Site, logicalId: string): string => `${site.stackName}-${logicalId}`;
