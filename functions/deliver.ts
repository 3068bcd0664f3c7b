import { systemClock } from "./aws/clock.ts";
import { clientSettings, dynamodbClient, snsClient, sqsClient } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { deliverHandler } from "./aws/deliver-handler.ts";
import { deliveryLedger } from "./aws/delivery-ledger.ts";
import { openMeter } from "./aws/meter.ts";
import { lateMessageQuarantine } from "./aws/late-quarantine.ts";
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
const settings = clientSettings(deliverSeconds(configuration), retries);

/** Outbox queue -> this function -> a topic per audience. Nothing else publishes to SNS. */
export const handler = deliverHandler({
  configuration,
  ports: {
    ledger: deliveryLedger({ client: dynamodbClient(settings), table, clock, wait: retries.wait }),
    topics: snsTopics(snsClient(settings), topicPrefix, configuration.audiences),
    quarantine: lateMessageQuarantine(settings, bucket, clock),
    clock,
    log: jsonLog,
  },
  meter: openMeter("deliver", { stack, clock, log: jsonLog }),
  postpone: sqsPostpone(sqsClient(settings), outbox, (error) =>
    jsonLog("warn", "not postponed", { why: String(error) }),
  ),
  retries,
});
