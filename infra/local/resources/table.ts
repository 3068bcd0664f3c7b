import { z } from "zod";
import { physicalName, resourceType } from "./resource-type.ts";

export const table = resourceType(
  z.object({
    TableName: z.string().optional(),
    AttributeDefinitions: z.array(
      z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
    ),
    KeySchema: z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) })),
    BillingMode: z.literal("PAY_PER_REQUEST"),
    TimeToLiveSpecification: z
      .strictObject({ AttributeName: z.string(), Enabled: z.literal(true) })
      .optional(),
  }),
  {
    DeletionProtectionEnabled: "the table is deleted with the local stack",
    PointInTimeRecoverySpecification: "the table is deleted with the local stack",
    SSESpecification: "the data is deleted with the local stack",
    Tags: "tags have no effect locally",
  },
  async ({ TableName, TimeToLiveSpecification, ...definition }, { logicalId }, site) => {
    const name = TableName ?? physicalName(site, logicalId);
    const { tables, region, account } = site.endpoint;
    await tables.call("CreateTable", { TableName: name, ...definition }).catch((error: Error) => {
      // An update of the stack: the key schema of a table can't change.
      if (!error.message.includes("ResourceInUseException")) throw error;
    });
    if (TimeToLiveSpecification) site.endpoint.timeToLive.set(name, TimeToLiveSpecification.AttributeName);
    return { ref: name, attributes: { Arn: `arn:aws:dynamodb:${region}:${account}:table/${name}` } };
  },
);
