import { createHash } from "node:crypto";
import { z } from "zod";
import type { Queues } from "../emulators/queues.ts";
import { TemplateError } from "../template.ts";
import { boolean, number, physicalName, resourceType } from "./resource-type.ts";

const redrive = z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: number });

export const queue = resourceType(
  z.object({
    QueueName: z.string().optional(),
    VisibilityTimeout: number.optional(),
    MessageRetentionPeriod: number.optional(),
    ReceiveMessageWaitTimeSeconds: number.optional(),
    DelaySeconds: number.optional(),
    MaximumMessageSize: number.optional(),
    RedrivePolicy: redrive.optional(),
    RedriveAllowPolicy: z.record(z.string(), z.unknown()).optional(),
    FifoQueue: boolean.pipe(z.literal(true)).optional(),
    ContentBasedDeduplication: boolean.optional(),
    DeduplicationScope: z.enum(["messageGroup", "queue"]).optional(),
    FifoThroughputLimit: z.enum(["perQueue", "perMessageGroupId"]).optional(),
  }),
  {
    KmsMasterKeyId: "the data is deleted with the local stack",
    SqsManagedSseEnabled: "the data is deleted with the local stack",
    Tags: "tags have no effect locally",
  },
  async ({ QueueName, RedrivePolicy, RedriveAllowPolicy, ...settings }, { logicalId }, site) => {
    const isFifo = settings.FifoQueue === true;
    const name = QueueName ?? queueName(physicalName(site, logicalId), isFifo);
    const { account, region, queues, url } = site.endpoint;
    const plain = Object.entries(settings).filter(([, value]) => value !== undefined);
    const Attributes = {
      ...Object.fromEntries(plain.map(([key, value]) => [key, String(value)])),
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
      ...(RedriveAllowPolicy && { RedriveAllowPolicy: JSON.stringify(RedriveAllowPolicy) }),
    };
    const queueUrl = `${url}/${account}/${name}`;
    try {
      await createOrUpdate(queues, { QueueName: name, QueueUrl: queueUrl, Attributes });
    } catch (error) {
      throw new TemplateError(`${logicalId}: ${(error as Error).message}`, { cause: error });
    }
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    site.queues.set(arn, {
      name,
      isFifo,
      deduplicatesByContent: settings.ContentBasedDeduplication === true,
      visibilitySeconds: settings.VisibilityTimeout ?? 30,
    });
    return { ref: queueUrl, attributes: { Arn: arn, QueueName: name, QueueUrl: queueUrl } };
  },
);

/** An existing queue keeps its messages and gets the attributes. */
async function createOrUpdate(
  queues: Pick<Queues, "call">,
  {
    QueueName,
    QueueUrl,
    Attributes,
  }: {
    readonly QueueName: string;
    readonly QueueUrl: string;
    readonly Attributes: Readonly<Record<string, string>>;
  },
): Promise<void> {
  try {
    await queues.call("CreateQueue", { QueueName, Attributes });
  } catch (error) {
    if (!(error as Error).message.includes("QueueNameExists")) throw error;
    const { FifoQueue: _, ...settable } = Attributes;
    await queues.call("SetQueueAttributes", { QueueUrl, Attributes: settable });
  }
}

/** At most 80 characters; the name of a FIFO queue ends in `.fifo` (Amazon SQS API Reference, `CreateQueue`). */
function queueName(name: string, isFifo: boolean): string {
  const suffix = isFifo ? ".fifo" : "";
  const limit = 80 - suffix.length;
  const tail = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return (name.length <= limit ? name : `${name.slice(0, limit - 9)}-${tail}`) + suffix;
}

const statement = z.looseObject({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Principal: z.unknown(),
});

/** Stored with the queue: S3 reads it before it accepts the queue as a destination. */
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
