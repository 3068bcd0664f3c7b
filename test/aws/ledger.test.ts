import { afterAll } from "vitest";
import { dynamoLedger } from "../../functions/aws/ledger.ts";
import { retriesInTime } from "../../functions/aws/retries.ts";
import { ledgerContract } from "../support/contracts/ledger.ts";
import { startTable } from "../support/contracts/table.ts";

const table = await startTable();

afterAll(() => table.stop());

ledgerContract("DynamoDB", (clock) => {
  const { wait } = retriesInTime(clock);
  return dynamoLedger({ client: table.client, table: table.name, ledgerDays: 60, clock, wait });
});
