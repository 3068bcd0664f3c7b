import { systemClock } from "./aws/clock.ts";
import { createClients } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { deliverHandler } from "./aws/deliver-handler.ts";
import { dynamoLedger } from "./aws/ledger.ts";
import { openMeter } from "./aws/meter.ts";
import { s3MessageQuarantine } from "./aws/message-quarantine.ts";
import { sqsPostpone } from "./aws/outbox.ts";
import { retriesInTime } from "./aws/retries.ts";
import { jsonLog } from "./aws/telemetry.ts";
import { snsTopics } from "./aws/topics.ts";
import { deliverSeconds } from "./core/configuration.ts";

const names = ["stack", "table", "bucket", "outbox", "topicPrefix"] as const;
const { configuration, stack, table, bucket, outbox, topicPrefix } = readSettings(
  import.meta.dirname,
  process.env,
  names,
);
const clock = systemClock;
const retries = retriesInTime(clock);
const { s3, sns, sqs, dynamodb } = createClients(deliverSeconds(configuration), retries);
const { ledgerDays } = configuration;

/** Outbox queue -> this function -> a topic per audience. Nothing else publishes to SNS. */
export const handler = deliverHandler({
  configuration,
  ports: {
    ledger: dynamoLedger({ client: dynamodb, table, ledgerDays, clock, wait: retries.wait }),
    topics: snsTopics(sns, topicPrefix, configuration.audiences),
    quarantine: s3MessageQuarantine(s3, bucket, clock),
    clock,
    log: jsonLog,
  },
  meter: openMeter("deliver", { stack, clock, log: jsonLog }),
  postpone: sqsPostpone(sqs, outbox, (error) => jsonLog("warn", "not postponed", { why: String(error) })),
  retries,
});
