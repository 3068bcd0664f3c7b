import {
  BatchGetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLedgerTable } from "../../../support/create-ledger-table.ts";
import { openEmulators, refusal, type Emulators } from "../../../support/open-emulators.ts";

const TableName = "ledger";
let emulators: Emulators;
beforeAll(async () => {
  emulators = await openEmulators();
  await createLedgerTable(emulators.clients.dynamodb, TableName);
});
afterAll(() => emulators.close());

const key = (sk: string) => ({ pk: { S: "p" }, sk: { S: sk } });
const claim = (sk: string, owner: string) =>
  emulators.clients.dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key: key(sk),
      UpdateExpression: "SET #o = :o",
      ConditionExpression: "attribute_not_exists(#o)",
      ExpressionAttributeNames: { "#o": "owner" },
      ExpressionAttributeValues: { ":o": { S: owner } },
    }),
  );

test("of concurrent conditional puts of an item, one succeeds", async () => {
  const tries = Array.from({ length: 30 }, (_, i) =>
    claim("race", `${i}`).then(
      () => true,
      () => false,
    ),
  );
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  expect(await refusal(claim("race", "late"))).toEqual({
    name: "ConditionalCheckFailedException",
    status: 400,
  });
});

test("string sets: add, delete, removed when empty", async () => {
  const change = async (UpdateExpression: string, ...names: string[]) => {
    const { Attributes } = await emulators.clients.dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: key("set"),
        UpdateExpression,
        ExpressionAttributeValues: { ":n": { SS: names } },
        ReturnValues: "ALL_NEW",
      }),
    );
    return Attributes?.["sent"]?.SS?.toSorted();
  };
  expect(await change("ADD sent :n", "alerts")).toEqual(["alerts"]);
  expect(await change("ADD sent :n", "digest", "alerts")).toEqual(["alerts", "digest"]);
  expect(await change("DELETE sent :n", "alerts")).toEqual(["digest"]);
  expect(await change("DELETE sent :n", "digest")).toBeUndefined();
});

test("a batch read of a hundred keys, and a query by prefix", async () => {
  for (let i = 0; i < 5; i += 1) {
    await emulators.clients.dynamodb.send(
      new PutItemCommand({ TableName, Item: { ...key(`item-${i}`), n: { N: `${i}` } } }),
    );
  }
  const Keys = Array.from({ length: 100 }, (_, i) => key(`item-${i}`));
  const { Responses } = await emulators.clients.dynamodb.send(
    new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
  );
  expect(Responses?.[TableName]).toHaveLength(5);
  const { Items } = await emulators.clients.dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :p AND begins_with(sk, :s)",
      ExpressionAttributeValues: { ":p": { S: "p" }, ":s": { S: "item-" } },
    }),
  );
  expect(Items).toHaveLength(5);
});

test("rejects an item of more than 400 KB and accepts a smaller one", async () => {
  const put = (size: number) =>
    emulators.clients.dynamodb.send(
      new PutItemCommand({ TableName, Item: { ...key("large"), text: { S: "x".repeat(size) } } }),
    );
  await put(409_000);
  expect((await refusal(put(409_600))).name).toBe("ValidationException");
});

test("rejects options that dynalite silently ignores, by name", async () => {
  const call = emulators.clients.dynamodb.send(
    new UpdateItemCommand({ TableName, Key: key("x"), ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
  );
  expect((await refusal(call)).name).toBe("ValidationException");
  const transaction = emulators.clients.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] }));
  expect((await refusal(transaction)).name).toMatch(/UnknownOperation|Validation/);
});
