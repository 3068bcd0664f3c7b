import { z } from "zod";
import { number, physicalName, resourceType } from "./resource-type.ts";

const redrive = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number });

export const queue = resourceType(
  z.object({
    QueueName: z.string().optional(),
    VisibilityTimeout: number.optional(),
    MessageRetentionPeriod: number.optional(),
    ReceiveMessageWaitTimeSeconds: number.optional(),
    DelaySeconds: number.optional(),
    RedrivePolicy: redrive.optional(),
  }),
  {
    SqsManagedSseEnabled: "nothing is kept beyond the stack's life",
    Tags: "nothing local is billed or searched by tag",
  },
  async ({ QueueName, RedrivePolicy, ...settings }, { logicalId }, site) => {
    const name = QueueName ?? physicalName(site, logicalId);
    const { account, region, queues, url } = site.endpoint;
    const numbers = Object.entries(settings).filter(([, value]) => value !== undefined);
    const Attributes = {
      ...Object.fromEntries(numbers.map(([key, value]) => [key, String(value)])),
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    };
    await queues.call("CreateQueue", { QueueName: name, Attributes });
    const queueUrl = `${url}/${account}/${name}`;
    return {
      ref: queueUrl,
      attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: queueUrl },
    };
  },
);

const statement = z.looseObject({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Principal: z.unknown(),
});

/** Kept with the queue: S3 asks it before it accepts the queue as a destination. */
export const queuePolicy = resourceType(
  z.object({ PolicyDocument: z.looseObject({ Statement: z.array(statement) }), Queues: z.array(z.string()) }),
  {},
  async ({ PolicyDocument, Queues }, { logicalId }, site) => {
    for (const QueueUrl of Queues) {
      const Attributes = { Policy: JSON.stringify(PolicyDocument) };
      await site.endpoint.queues.call("SetQueueAttributes", { QueueUrl, Attributes });
    }
    return { ref: physicalName(site, logicalId), attributes: {} };
  },
);
