import { dynamoAudienceLedger } from "./aws/audience-ledger.ts";
import { systemClock } from "./aws/clock.ts";
import { clientSettings, dynamodbClient, snsClient, sqsClient } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { dynamoFeedList } from "./aws/feed-list.ts";
import { dynamoLedger } from "./aws/ledger.ts";
import { openMeter } from "./aws/meter.ts";
import { sqsOutbox } from "./aws/outbox.ts";
import { s3Plans } from "./aws/plans.ts";
import { retriesInTime } from "./aws/retries.ts";
import { s3Client } from "./aws/s3-client.ts";
import { snsSubscriptionCounter } from "./aws/subscription-counts.ts";
import { jsonLog } from "./aws/telemetry.ts";
import { dynamoWaitingLedger } from "./aws/waiting-ledger.ts";
import { dynamoWaitingWriter } from "./aws/waiting-writer.ts";
import { watchHandler } from "./aws/watch-handler.ts";

const names = ["stack", "table", "bucket", "outbox", "topicPrefix"] as const;
const { configuration, stack, table, bucket, outbox, topicPrefix } = readSettings(
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

/** Hourly schedule -> this function: finishes what dead runs left. */
export const handler = watchHandler({
  configuration,
  ports: {
    plans: s3Plans(s3, bucket, clock),
    ledger: {
      ...dynamoLedger({ ...access, ledgerDays }),
      ...dynamoWaitingWriter(access),
      ...dynamoWaitingLedger(access),
      ...dynamoAudienceLedger(access),
      ...dynamoFeedList(access),
    },
    subscriptions: snsSubscriptionCounter(snsClient(settings), topicPrefix),
    outbox: sqsOutbox(sqs, outbox),
    clock,
    log: jsonLog,
  },
  meter: openMeter("watch", { stack, clock, log: jsonLog }),
  retries,
});
