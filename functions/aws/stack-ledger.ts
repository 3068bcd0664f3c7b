import { backoff } from "../core/backoff.ts";
import { systemClock } from "./clock.ts";
import { dynamoLedger } from "./ledger.ts";
import type { StackClients } from "./stack-clients.ts";

/** Times that unprocessed keys are asked for again. */
const maxAttempts = 10;

/** The ledger of a stack for the command line, which marks and pauses, and writes no entries. */
export const stackLedger = ({ dynamodb: client }: Pick<StackClients, "dynamodb">, table: string) =>
  dynamoLedger({
    client,
    table,
    ledgerDays: 60,
    clock: systemClock,
    wait: (attempt) => (attempt > maxAttempts ? undefined : backoff(attempt, systemClock)),
  });
