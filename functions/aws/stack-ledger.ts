import { backoff } from "../core/backoff.ts";
import { dynamoAudienceLedger } from "./audience-ledger.ts";
import { systemClock } from "./clock.ts";
import { ledgerLists } from "./ledger-lists.ts";
import { dynamoLedger } from "./ledger.ts";
import type { StackClients } from "./stack-clients.ts";
import { dynamoWaitingLedger } from "./waiting-ledger.ts";
import { dynamoWaitingWriter } from "./waiting-writer.ts";

/** Times that unprocessed keys are asked for again. */
const maxAttempts = 10;

/** The ledger of a stack for the command line, which marks, pauses and moves what waits, and writes no entries. */
export function stackLedger({ dynamodb: client }: Pick<StackClients, "dynamodb">, table: string) {
  const access = {
    client,
    table,
    clock: systemClock,
    wait: (attempt: number) => (attempt > maxAttempts ? undefined : backoff(attempt, systemClock)),
  };
  return {
    ...dynamoLedger({ ...access, ledgerDays: 60 }),
    ...dynamoWaitingWriter(access),
    ...dynamoWaitingLedger(access),
    ...dynamoAudienceLedger(access),
    ...ledgerLists(access),
  };
}

export type StackLedger = ReturnType<typeof stackLedger>;
