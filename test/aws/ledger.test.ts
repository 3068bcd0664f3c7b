import { afterAll } from "vitest";
import { retriesInTime } from "../../functions/aws/retries.ts";
import { dynamoLedger } from "../../functions/aws/ledger.ts";
import { ledgerContract } from "../support/contracts/ledger.ts";
import { startTable } from "../support/contracts/table.ts";

const table = await startTable();

afterAll(() => table.stop());

ledgerContract("DynamoDB", (clock) =>
  dynamoLedger(table.client, table.name, 60, clock, retriesInTime(clock)),
);
