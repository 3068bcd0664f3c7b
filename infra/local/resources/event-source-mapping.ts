import { z } from "zod";
import { TemplateError } from "../template.ts";
import { number, physicalName, resourceType } from "./resource-type.ts";

/** Concurrency limit if the template sets none; low enough for a laptop. */
const defaultConcurrency = 5;

/** AWS Lambda Developer Guide, "Lambda parameters for Amazon SQS event source mappings". */
export const eventSourceMapping = resourceType(
  z.object({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    BatchSize: number.pipe(z.int().min(1).max(10_000)).default(10),
    Enabled: z.literal(true).optional(),
    MaximumBatchingWindowInSeconds: number.pipe(z.int().min(0).max(300)).default(0),
    FunctionResponseTypes: z.array(z.literal("ReportBatchItemFailures")).default([]),
    ScalingConfig: z.strictObject({ MaximumConcurrency: number.pipe(z.int().min(2).max(1000)) }).optional(),
  }),
  { Tags: "tags have no effect locally" },
  (properties, { logicalId }, site) => {
    const { EventSourceArn, FunctionName, BatchSize } = properties;
    const window = properties.MaximumBatchingWindowInSeconds;
    const timeoutSeconds = site.functions.get(FunctionName)?.timeoutSeconds;
    if (timeoutSeconds === undefined)
      throw new TemplateError(`${logicalId} invokes the function ${FunctionName}, which is unknown`);
    const queue = site.queues.get(EventSourceArn);
    if (!queue) throw new TemplateError(`${logicalId} reads the queue ${EventSourceArn}, which is unknown`);
    // AWS Lambda Developer Guide, "Creating and configuring an Amazon SQS event source mapping": queue settings.
    if (queue.visibilitySeconds < timeoutSeconds) {
      const rule = `the visibility timeout of the queue, ${queue.visibilitySeconds} s, is shorter than the function's timeout, ${timeoutSeconds} s`;
      throw new TemplateError(`${logicalId}: ${rule}`);
    }
    if (queue.isFifo && BatchSize > 10)
      throw new TemplateError(`${logicalId}: BatchSize is ${BatchSize}; a FIFO queue allows 10`);
    if (queue.isFifo && window > 0)
      throw new TemplateError(`${logicalId}: a FIFO queue has no MaximumBatchingWindowInSeconds`);
    if (BatchSize > 10 && window === 0) {
      const rule = "a BatchSize above 10 needs a MaximumBatchingWindowInSeconds of at least 1";
      throw new TemplateError(`${logicalId}: ${rule}`);
    }
    site.eventSources.push({
      queueArn: EventSourceArn,
      functionName: FunctionName,
      batchSize: BatchSize,
      windowSeconds: window,
      maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency,
      reportsFailures: properties.FunctionResponseTypes.length > 0,
    });
    return { ref: physicalName(site, logicalId), attributes: {} };
  },
);
