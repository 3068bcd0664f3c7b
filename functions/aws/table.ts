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
import type { ItemAttributes } from "./ledger-items.ts";
import type { Wait } from "./retries.ts";

interface Changes {
  readonly set?: ItemAttributes;
  /** Numbers to add to numbers, and members to add to sets. */
  readonly add?: ItemAttributes;
  /** Members to remove from sets; an empty set is no attribute. */
  readonly remove?: ItemAttributes;
}

/** Items per call (Amazon DynamoDB API Reference, `BatchGetItem`). */
const batchSize = 100;

/**
 * The table operations that the ledger needs. Reads are strongly consistent and omit expired items, because DynamoDB
 * deletes those only within a few days (Amazon DynamoDB Developer Guide, 'Using time to live'). A conditional write
 * returns whether its condition was met.
 */
export function openTable(client: DynamoDBClient, table: string, clock: Clock, wait: Wait) {
  const isLive = ({ expires }: ItemAttributes) =>
    expires?.N === undefined || Number(expires.N) > clock.now() / 1000;

  async function getItem(key: ItemAttributes, isConsistent = true): Promise<ItemAttributes | undefined> {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key, ConsistentRead: isConsistent }),
    );
    return item && isLive(item) ? item : undefined;
  }

  async function put(key: ItemAttributes, item: ItemAttributes): Promise<void> {
    await client.send(new PutItemCommand({ TableName: table, Item: { ...key, ...item } }));
  }

  /** Requests unprocessed keys again until every key was processed. */
  async function batchGetOnce(wanted: readonly ItemAttributes[]): Promise<ItemAttributes[]> {
    const found: ItemAttributes[] = [];
    let remaining: ItemAttributes[] = [...wanted];
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

  /** Reads items; DynamoDB refuses a call that names a key twice. */
  async function batchGet(wanted: readonly ItemAttributes[]): Promise<ItemAttributes[]> {
    const unique = [...new Map(wanted.map((key) => [`${key["pk"]?.S}\n${key["sk"]?.S}`, key])).values()];
    const batches: ItemAttributes[][] = [];
    for (let i = 0; i < unique.length; i += batchSize) batches.push(unique.slice(i, i + batchSize));
    return (await Promise.all(batches.map(batchGetOnce))).flat();
  }

  async function putIf(key: ItemAttributes, item: ItemAttributes, condition: string, values: ItemAttributes) {
    const names = namesIn(condition);
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

  async function updateIf(
    key: ItemAttributes,
    expression: string,
    condition: string,
    values: ItemAttributes,
  ) {
    return isMet(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: key,
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: namesIn(`${expression} ${condition}`),
          ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  }

  /** Changes attributes of an item, which is created if there is none; returns the item as it was before. */
  async function change(key: ItemAttributes, changes: Changes): Promise<ItemAttributes | undefined> {
    const parts = [
      ["SET", " = ", changes.set],
      ["ADD", " ", changes.add],
      ["DELETE", " ", changes.remove],
    ] as const;
    const clauses = parts.flatMap(([action, joint, attributes = {}]) => {
      const names = Object.keys(attributes);
      return names.length > 0
        ? [`${action} ${names.map((name) => `#${name}${joint}:${name}`).join(", ")}`]
        : [];
    });
    const values = Object.entries({ ...changes.set, ...changes.add, ...changes.remove });
    const { Attributes: before } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: clauses.join(" "),
        ExpressionAttributeNames: Object.fromEntries(values.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(values.map(([name, value]) => [`:${name}`, value])),
        ReturnValues: "ALL_OLD",
      }),
    );
    return before && isLive(before) ? before : undefined;
  }

  return { batchGet, change, getItem, put, putIf, updateIf };
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

/** The attribute names behind placeholders such as `#lease`: some names are reserved words of DynamoDB. */
const namesIn = (expression: string): Readonly<Record<string, string>> =>
  Object.fromEntries((expression.match(/#[a-zA-Z]+/g) ?? []).map((name) => [name, name.slice(1)]));
