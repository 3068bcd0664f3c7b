import { createHash } from "node:crypto";
import { z } from "zod";
import { createBucket, requireBucket } from "../emulators/s3/buckets.ts";
import { setNotifications } from "../emulators/s3/notifications.ts";
import { TemplateError } from "../template.ts";
import { physicalName, resourceType, type Site } from "./resource-type.ts";

export const bucket = resourceType(
  z.object({
    BucketName: z.string().optional(),
    VersioningConfiguration: z.strictObject({ Status: z.literal("Enabled") }).optional(),
  }),
  {
    BucketEncryption: "the data is deleted with the local stack",
    LoggingConfiguration: "the endpoint counts calls; it keeps no access logs",
    LifecycleConfiguration: "lifecycle rules act after days; a local stack runs for hours",
    OwnershipControls: "a local stack has one account",
    PublicAccessBlockConfiguration: "the endpoint is on the loopback address only",
    Tags: "tags have no effect locally",
  },
  ({ BucketName, VersioningConfiguration }, { logicalId }, site) => {
    const name = BucketName ?? bucketName(site, logicalId);
    const created = createBucket(site.endpoint.s3.buckets, name);
    created.versioned = VersioningConfiguration?.Status === "Enabled";
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${site.endpoint.region}.amazonaws.com`,
      },
    };
  },
);

/** Lower case and at most 63 characters; a hash keeps shortened names distinct. */
function bucketName(site: Site, logicalId: string): string {
  const name = physicalName(site, logicalId).toLowerCase();
  const tail = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return name.length <= 63 ? name : `${name.slice(0, 54)}-${tail}`;
}

const filter = z.strictObject({
  Key: z.strictObject({
    FilterRules: z.array(z.strictObject({ Name: z.enum(["prefix", "suffix"]), Value: z.string() })),
  }),
});

const queueConfiguration = z.strictObject({
  Id: z.string().optional(),
  Events: z.array(z.string()),
  Filter: filter.optional(),
  QueueArn: z.string(),
});

/** CDK's custom resource maps to the API call that its handler function makes. */
export const bucketNotifications = resourceType(
  z.object({
    BucketName: z.string(),
    NotificationConfiguration: z.strictObject({
      QueueConfigurations: z.array(queueConfiguration).default([]),
    }),
  }),
  {
    ServiceToken: "the handler function is not run; its API call is made here",
    Managed: "no other resource sets notifications",
    SkipDestinationValidation: "destinations are always checked",
  },
  async ({ BucketName, NotificationConfiguration }, { logicalId }, site) => {
    const rules = NotificationConfiguration.QueueConfigurations.map((rule, index) => ({
      id: rule.Id ?? `${logicalId}-${index}`,
      queueArn: rule.QueueArn,
      events: rule.Events,
      prefix: rule.Filter?.Key.FilterRules.find(({ Name }) => Name === "prefix")?.Value ?? "",
      suffix: rule.Filter?.Key.FilterRules.find(({ Name }) => Name === "suffix")?.Value ?? "",
    }));
    for (const rule of rules) {
      // Amazon S3 User Guide, "Supported event destinations".
      if (site.queues.get(rule.queueArn)?.isFifo)
        throw new TemplateError(`${logicalId}: S3 does not notify the FIFO queue ${rule.queueArn}`);
      await requireDestination(site, rule.queueArn);
    }
    const { s3 } = site.endpoint;
    const target = requireBucket(s3.buckets, BucketName);
    // CloudFormation does not touch a resource that has not changed.
    if (JSON.stringify(target.notifications) !== JSON.stringify(rules))
      await setNotifications(s3, target, rules);
    return { ref: physicalName(site, logicalId), attributes: {} };
  },
);

/** S3 refuses a queue whose policy does not allow it to send (Amazon S3 User Guide, "Granting permissions to publish event notification messages"). */
async function requireDestination(site: Site, queueArn: string): Promise<void> {
  const { account, queues, url } = site.endpoint;
  const QueueUrl = `${url}/${account}/${queueArn.split(":").at(-1)}`;
  const reply = await queues.call("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
  const policy =
    (reply["Attributes"] as Record<string, string> | undefined)?.["Policy"] ?? '{"Statement":[]}';
  const { Statement } = JSON.parse(policy) as {
    Statement: { Effect: string; Action: string | string[]; Principal?: { Service?: string | string[] } }[];
  };
  const allowed = Statement.some(
    ({ Effect, Action, Principal }) =>
      Effect === "Allow" &&
      [Action].flat().includes("sqs:SendMessage") &&
      [Principal?.Service ?? []].flat().includes("s3.amazonaws.com"),
  );
  if (!allowed)
    throw new TemplateError(
      `the policy of the queue ${queueArn} does not allow s3.amazonaws.com to send to it`,
    );
}
