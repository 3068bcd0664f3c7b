import { z } from "zod";
import { TemplateError } from "../template.ts";
import {
  number,
  physicalName,
  resourceType,
  type FunctionDefinition,
  type ResourceType,
} from "./resource-type.ts";

const ownFunction = resourceType(
  z.object({
    FunctionName: z.string().optional(),
    Handler: z.string(),
    Runtime: z.literal("nodejs24.x"),
    Timeout: number.default(3),
    MemorySize: number.default(128),
    /** Without effect: recursive loops are not detected locally. */
    RecursiveLoop: z.enum(["Allow", "Terminate"]).optional(),
    ReservedConcurrentExecutions: number.optional(),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).optional(),
  }),
  {
    Architectures: "the bundle is JavaScript and runs on any processor",
    Code: "the code is in the asset folder next to the template",
    Description: "descriptions have no effect",
    LoggingConfig: "its output goes to the local log",
    Role: "permissions are not checked locally; the permission tests check each role",
    TracingConfig: "there is no X-Ray locally",
    Tags: "tags have no effect locally",
  },
  (properties, { logicalId, metadata }, site) => {
    const name = properties.FunctionName ?? physicalName(site, logicalId);
    const environment = properties.Environment?.Variables ?? {};
    const size = Object.entries(environment).reduce(
      (sum, [key, value]) => sum + key.length + value.length,
      0,
    );
    if (size > 4096) {
      throw new TemplateError(`${logicalId}: its environment has ${size} bytes; Lambda allows 4096`);
    }
    const definition: FunctionDefinition = {
      name,
      taskRoot: site.assetPath(metadata, logicalId),
      handler: properties.Handler,
      timeoutSeconds: properties.Timeout,
      memoryMegabytes: properties.MemorySize,
      environment,
      ...(properties.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: properties.ReservedConcurrentExecutions,
      }),
    };
    site.functions.set(name, definition);
    const { region, account } = site.endpoint;
    return { ref: name, attributes: { Arn: `arn:aws:lambda:${region}:${account}:function:${name}` } };
  },
);

/** CDK's handler of bucket notifications is not run: `Custom::S3BucketNotifications` makes its API call. */
const isNotificationsHandler = (logicalId: string) => logicalId.startsWith("BucketNotificationsHandler");

export const lambdaFunction: ResourceType = {
  async create(properties, declaration, site) {
    if (!isNotificationsHandler(declaration.logicalId))
      return ownFunction.create(properties, declaration, site);
    const name = physicalName(site, declaration.logicalId);
    const { region, account } = site.endpoint;
    return { ref: name, attributes: { Arn: `arn:aws:lambda:${region}:${account}:function:${name}` } };
  },
};
