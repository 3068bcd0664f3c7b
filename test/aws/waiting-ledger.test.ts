import { afterAll } from "vitest";
import { dynamoAudienceLedger } from "../../functions/aws/audience-ledger.ts";
import { retriesInTime } from "../../functions/aws/retries.ts";
import { dynamoWaitingLedger } from "../../functions/aws/waiting-ledger.ts";
import { dynamoWaitingWriter } from "../../functions/aws/waiting-writer.ts";
import { startTable } from "../support/contracts/table.ts";
import { waitingContract } from "../support/contracts/waiting.ts";

const { client, name: table, stop } = await startTable();

afterAll(stop);

waitingContract("DynamoDB", (clock) => {
  const access = { client, table, clock, wait: retriesInTime(clock).wait };
  return { ...dynamoWaitingWriter(access), ...dynamoWaitingLedger(access), ...dynamoAudienceLedger(access) };
});
