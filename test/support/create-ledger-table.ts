import { CreateTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** Creates an empty table with the keys of the ledger's. */
export async function createLedgerTable(client: DynamoDBClient, name: string): Promise<void> {
  const keys = [
    ["pk", "HASH"],
    ["sk", "RANGE"],
  ] as const;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  );
}
