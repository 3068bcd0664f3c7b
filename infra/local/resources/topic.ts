import { z } from "zod";
import { setSubscriptionAttribute, subscribe } from "../emulators/sns/topics.ts";
import { TemplateError } from "../template.ts";
import { physicalName, resourceType } from "./resource-type.ts";

export const topic = resourceType(
  z.object({ TopicName: z.string().optional(), DisplayName: z.string().optional() }),
  {
    KmsMasterKeyId: "the data is deleted with the local stack",
    Tags: "tags have no effect locally",
    TracingConfig: "there is no X-Ray locally",
  },
  ({ TopicName, DisplayName }, { logicalId }, site) => {
    const created = site.sns.createTopic(TopicName ?? physicalName(site, logicalId));
    if (DisplayName !== undefined) created.attributes.set("DisplayName", DisplayName);
    return { ref: created.arn, attributes: { TopicArn: created.arn, TopicName: created.name } };
  },
);

/**
 * Subscriptions in the template need a confirmation, like those of the CLI. An operator's URL is not subscribed, because
 * the local stack has no alarms and calls no other host.
 */
export const subscription = resourceType(
  z.object({
    TopicArn: z.string(),
    Protocol: z.string(),
    Endpoint: z.string(),
    RawMessageDelivery: z.boolean().optional(),
    FilterPolicy: z.record(z.string(), z.unknown()).optional(),
  }),
  {},
  ({ TopicArn, Protocol, Endpoint, RawMessageDelivery, FilterPolicy }, { logicalId }, site) => {
    const found = site.sns.topics.get(TopicArn);
    if (!found) throw new TemplateError(`${logicalId} subscribes to ${TopicArn}, which is unknown`);
    if (Protocol === "https") return { ref: `${TopicArn}:${logicalId}`, attributes: {} };
    const created = subscribe(found, Protocol, Endpoint);
    if (RawMessageDelivery) setSubscriptionAttribute(created, "RawMessageDelivery", "true");
    if (FilterPolicy) setSubscriptionAttribute(created, "FilterPolicy", JSON.stringify(FilterPolicy));
    return { ref: created.arn, attributes: { Arn: created.arn } };
  },
);
