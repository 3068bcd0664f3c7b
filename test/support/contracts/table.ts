import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createLedgerTable } from "../create-ledger-table.ts";
import dynalite from "dynalite";

/** A ledger's table on a DynamoDB of its own, over HTTP. */
export async function startTable() {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const name = "ledger";
  await createLedgerTable(client, name);
  return {
    client,
    name,
    stop: () => {
      client.destroy();
      server.close();
    },
  };
}
