import { dynamoAudienceLedger } from "./aws/audience-ledger.ts";
import { systemClock } from "./aws/clock.ts";
import { clientSettings, dynamodbClient, sqsClient } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { digestHandler } from "./aws/digest-handler.ts";
import { dynamoLedger } from "./aws/ledger.ts";
import { openMeter } from "./aws/meter.ts";
import { sqsOutbox } from "./aws/outbox.ts";
import { s3Plans } from "./aws/plans.ts";
import { retriesInTime } from "./aws/retries.ts";
import { s3Client } from "./aws/s3-client.ts";
import { sqsSlots } from "./aws/slots.ts";
import { jsonLog } from "./aws/telemetry.ts";
import { dynamoWaitingLedger } from "./aws/waiting-ledger.ts";

const names = ["stack", "table", "bucket", "outbox", "slots"] as const;
const { configuration, stack, table, bucket, outbox, slots } = readSettings(
  import.meta.dirname,
  process.env,
  names,
);
const clock = systemClock;
const retries = retriesInTime(clock);
const settings = clientSettings(configuration.timeoutSeconds, retries);
const s3 = s3Client(settings);
const sqs = sqsClient(settings);
const access = { client: dynamodbClient(settings), table, clock, wait: retries.wait };
const { claims } = dynamoLedger({ ...access, ledgerDays: configuration.ledgerDays });

/** Slots queue -> this function -> outbox queue: sends what waits for the schedules of audiences. */
export const handler = digestHandler({
  configuration,
  ports: {
    plans: s3Plans(s3, bucket, clock),
    ledger: { claims, ...dynamoWaitingLedger(access), ...dynamoAudienceLedger(access) },
    outbox: sqsOutbox(sqs, outbox),
    slots: sqsSlots(sqs, slots),
    clock,
    log: jsonLog,
  },
  meter: openMeter("digest", { stack, clock, log: jsonLog }),
  retries,
});
