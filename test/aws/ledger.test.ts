import { afterAll } from "vitest";
import { dynamoAudienceLedger } from "../../functions/aws/audience-ledger.ts";
import { dynamoFeedList } from "../../functions/aws/feed-list.ts";
import { dynamoLedger } from "../../functions/aws/ledger.ts";
import { retriesInTime } from "../../functions/aws/retries.ts";
import { ledgerContract } from "../support/contracts/ledger.ts";
import { startTable } from "../support/contracts/table.ts";

const table = await startTable();

afterAll(() => table.stop());

ledgerContract("DynamoDB", (clock) => {
  const { wait } = retriesInTime(clock);
  const access = { client: table.client, table: table.name, clock, wait };
  const { readAudience } = dynamoAudienceLedger(access);
  return { ...dynamoLedger({ ...access, ledgerDays: 60 }), ...dynamoFeedList(access), readAudience };
});
