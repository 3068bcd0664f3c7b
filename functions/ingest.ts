import { batchHandler } from "./aws/batch.ts";
import { createClients } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { sqsIntake } from "./aws/intake.ts";
import { dynamoLedger } from "./aws/ledger.ts";
import { retriesInTime } from "./aws/retries.ts";
import { s3Snapshots } from "./aws/snapshots.ts";
import { jsonLog } from "./aws/telemetry.ts";
import { snsTopics } from "./aws/topics.ts";
import type { Clock } from "./core/ports.ts";

const { configuration, table, topicPrefix, queue } = readSettings(import.meta.dirname, process.env);
const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
};
const retries = retriesInTime(clock);
const clients = createClients(configuration.timeoutSeconds, retries);
const intake = sqsIntake(clients.sqs, queue);

/** Bucket -> queue -> this function -> topics: see `batchHandler` and `ingest`. */
export const handler = batchHandler({
  configuration,
  ports: {
    snapshots: s3Snapshots(clients.s3, clock, retries),
    ledger: dynamoLedger(clients.dynamodb, table, configuration.ledgerDays, clock, retries),
    topics: snsTopics(clients.sns, topicPrefix),
    continuations: intake,
    clock,
    log: jsonLog,
  },
  intake,
  retries,
});
