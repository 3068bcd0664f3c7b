import { z } from "zod";
import { TemplateError } from "../template.ts";
import { number, physicalName, resourceType } from "./resource-type.ts";

/** How a function handles asynchronous invocations that fail. */
export const eventInvokeConfig = resourceType(
  z.object({
    FunctionName: z.string(),
    Qualifier: z.literal("$LATEST"),
    MaximumRetryAttempts: number.pipe(z.int().min(0).max(2)).default(2),
    MaximumEventAgeInSeconds: number.pipe(z.int().min(60).max(21_600)).default(21_600),
    DestinationConfig: z
      .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
      .optional(),
  }),
  {},
  (properties, { logicalId }, site) => {
    const { FunctionName, DestinationConfig } = properties;
    if (!site.functions.has(FunctionName))
      throw new TemplateError(`${logicalId} configures the function ${FunctionName}, which is unknown`);
    const onFailure = DestinationConfig?.OnFailure?.Destination;
    const destination = onFailure === undefined ? undefined : site.queues.get(onFailure);
    if (onFailure !== undefined && !destination)
      throw new TemplateError(`${logicalId}: the destination ${onFailure} is not a queue of this stack`);
    // AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations": standard queues only.
    if (destination?.isFifo)
      throw new TemplateError(`${logicalId}: the destination ${onFailure} is a FIFO queue`);
    site.invokeConfigs.set(FunctionName, {
      maximumRetryAttempts: properties.MaximumRetryAttempts,
      maximumEventAgeSeconds: properties.MaximumEventAgeInSeconds,
      ...(onFailure !== undefined && { onFailure }),
    });
    return { ref: physicalName(site, logicalId), attributes: {} };
  },
);
