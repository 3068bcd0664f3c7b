import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import type { Clock } from "../core/ports.ts";
import { SnapshotError } from "../core/errors.ts";
import type { Attributes } from "./ledger-items.ts";
import type { Wait } from "./retries.ts";

/** Items per call (Amazon DynamoDB API Reference, `BatchGetItem`). */
const batchSize = 100;

/**
 * The table operations that the ledger needs. Reads are strongly consistent and omit expired items, because DynamoDB
 * deletes those only within a few days (Amazon DynamoDB Developer Guide, 'Using time to live'). A conditional write
 * returns whether its condition was met.
 */
export function openTable(client: DynamoDBClient, table: string, clock: Clock, wait: Wait) {
  const isLive = ({ expires }: Attributes) =>
    expires?.N === undefined || Number(expires.N) > clock.now() / 1000;

  async function getItem(key: Attributes): Promise<Attributes | undefined> {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
    );
    return item && isLive(item) ? item : undefined;
  }

  async function put(key: Attributes, item: Attributes): Promise<void> {
    await client.send(new PutItemCommand({ TableName: table, Item: { ...key, ...item } }));
  }

  /** Requests unprocessed keys again until every key was processed. */
  async function batchGetOnce(wanted: readonly Attributes[]): Promise<Attributes[]> {
    const found: Attributes[] = [];
    let remaining: Attributes[] = [...wanted];
    for (let attempt = 1; ; attempt++) {
      const reply = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: remaining, ConsistentRead: true } } }),
      );
      found.push(...(reply.Responses?.[table] ?? []));
      remaining = reply.UnprocessedKeys?.[table]?.Keys ?? [];
      if (remaining.length === 0) return found.filter(isLive);
      const milliseconds = wait(attempt, true);
      if (milliseconds === undefined)
        throw new SnapshotError("service-unavailable", `${remaining.length} unprocessed keys`, "all items");
      await clock.sleep(milliseconds);
    }
  }

  async function batchGet(wanted: readonly Attributes[]): Promise<Attributes[]> {
    const batches: Attributes[][] = [];
    for (let i = 0; i < wanted.length; i += batchSize) batches.push(wanted.slice(i, i + batchSize));
    return (await Promise.all(batches.map(batchGetOnce))).flat();
  }

  async function putIf(key: Attributes, item: Attributes, condition: string, values: Attributes, names = {}) {
    return isMet(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: { ...key, ...item },
          ConditionExpression: condition,
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
          ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
        }),
      ),
    );
  }

  async function updateIf(key: Attributes, expression: string, condition: string, values: Attributes) {
    // Expressions use a placeholder such as #lease for every attribute name, because some names are reserved words.
    const names = [...new Set(`${expression} ${condition}`.match(/#[a-z]+/g))].map((name) => [
      name,
      name.slice(1),
    ]);
    return isMet(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries(names),
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  }

  return { batchGet, getItem, put, putIf, updateIf };
}

async function isMet(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
