import { systemClock } from "./aws/clock.ts";
import { clientSettings, dynamodbClient, sqsClient } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { prefixes } from "./aws/environment.ts";
import { ingestHandler } from "./aws/ingest-handler.ts";
import { dynamoLedger } from "./aws/ledger.ts";
import { openMeter } from "./aws/meter.ts";
import { sqsOutbox } from "./aws/outbox.ts";
import { s3Plans } from "./aws/plans.ts";
import { sqsRequests } from "./aws/requests.ts";
import { retriesInTime } from "./aws/retries.ts";
import { s3Client } from "./aws/s3-client.ts";
import { s3Snapshots } from "./aws/snapshots.ts";
import { jsonLog } from "./aws/telemetry.ts";
import { dynamoWaitingWriter } from "./aws/waiting-writer.ts";

const names = ["stack", "table", "bucket", "intake", "outbox"] as const;
const { configuration, codeHash, stack, table, bucket, intake, outbox } = readSettings(
  import.meta.dirname,
  process.env,
  names,
);
const clock = systemClock;
const retries = retriesInTime(clock);
const settings = clientSettings(configuration.timeoutSeconds, retries);
const s3 = s3Client(settings);
const sqs = sqsClient(settings);
const { ledgerDays } = configuration;
const access = { client: dynamodbClient(settings), table, clock, wait: retries.wait };

/** Intake queue -> this function -> outbox queue. */
export const handler = ingestHandler({
  configuration,
  codeHash,
  prefix: prefixes.snapshots,
  ports: {
    snapshots: s3Snapshots(s3, clock, retries),
    plans: s3Plans(s3, bucket, clock),
    ledger: { ...dynamoLedger({ ...access, ledgerDays }), ...dynamoWaitingWriter(access) },
    requests: sqsRequests(sqs, intake),
    outbox: sqsOutbox(sqs, outbox),
    clock,
    log: jsonLog,
  },
  meter: openMeter("ingest", { stack, clock, log: jsonLog }),
  retries,
});
