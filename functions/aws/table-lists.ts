import {
  BatchWriteItemCommand,
  QueryCommand,
  type DynamoDBClient,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { SnapshotError } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";
import type { ItemAttributes } from "./ledger-items.ts";
import type { Wait } from "./retries.ts";

/** Requests per call (Amazon DynamoDB API Reference, `BatchWriteItem`). */
const batchSize = 25;

export interface TableAccess {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly clock: Clock;
  readonly wait: Wait;
}

/** Reads all items of a partition, strongly consistent, in the order of their sort keys; expired ones are omitted. */
export async function queryItems(
  { client, table, clock }: Omit<TableAccess, "wait">,
  partition: string,
): Promise<readonly ItemAttributes[]> {
  const items: ItemAttributes[] = [];
  for (let start: ItemAttributes | undefined; ;) {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: partition } },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
    if (!start) break;
  }
  const now = clock.now() / 1000;
  return items.filter(({ expires }) => expires?.N === undefined || Number(expires.N) > now);
}

/**
 * Puts and deletes items without a condition, in no particular order, until every request was processed. The keys must
 * differ.
 */
export async function writeItems(access: TableAccess, requests: readonly WriteRequest[]): Promise<void> {
  const batches: WriteRequest[][] = [];
  for (let i = 0; i < requests.length; i += batchSize) batches.push(requests.slice(i, i + batchSize));
  await Promise.all(batches.map((batch) => writeBatch(access, batch)));
}

async function writeBatch({ client, table, clock, wait }: TableAccess, batch: WriteRequest[]): Promise<void> {
  let remaining = batch;
  for (let attempt = 1; ; attempt++) {
    const reply = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: remaining } }));
    remaining = reply.UnprocessedItems?.[table] ?? [];
    if (remaining.length === 0) return;
    const milliseconds = wait(attempt, true);
    if (milliseconds === undefined)
      throw new SnapshotError("service-unavailable", `${remaining.length} unprocessed writes`, "all writes");
    await clock.sleep(milliseconds);
  }
}

export const putRequest = (key: ItemAttributes, item: ItemAttributes): WriteRequest => ({
  PutRequest: { Item: { ...key, ...item } },
});

export const deleteRequest = (key: ItemAttributes): WriteRequest => ({ DeleteRequest: { Key: key } });
