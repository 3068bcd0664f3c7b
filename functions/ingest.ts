import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { createClients } from "./aws/clients.ts";
import { readSettings } from "./aws/configuration.ts";
import { prefixes } from "./aws/environment.ts";
import { sqsIntake, unwrap, type Work } from "./aws/intake.ts";
import { dynamoLedger } from "./aws/ledger.ts";
import { s3Snapshots } from "./aws/snapshots.ts";
import { jsonLog, metrics } from "./aws/telemetry.ts";
import { snsTopics } from "./aws/topics.ts";
import { SnapshotError } from "./core/errors.ts";
import { ingest, type Outcome } from "./core/pipeline.ts";
import type { Clock, Ports } from "./core/ports.ts";

const { configuration, table, topicPrefix, queue } = readSettings(import.meta.dirname, process.env);
const clients = createClients(configuration.timeoutSeconds);
const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
};
const intake = sqsIntake(clients.sqs, queue);
const ports: Ports = {
  snapshots: s3Snapshots(clients.s3, clock),
  ledger: dynamoLedger(clients.dynamodb, table, configuration.ledgerDays, clock),
  topics: snsTopics(clients.sns, topicPrefix),
  continuations: intake,
  clock,
  log: jsonLog,
};

/** Between the last thing that is begun and the end of the function's time: enough to publish and to record it. */
const reserve = Math.min(10_000, configuration.timeoutSeconds * 250);

/** Between the end of the function's time and the end of its claims: clocks differ. */
const margin = Math.min(5_000, configuration.timeoutSeconds * 2_000);

/**
 * Takes the snapshots that queue messages name to their readers, one message after the other. Acknowledges a
 * message only when all that it names is done, put into quarantine or handed on; every other one goes back to the
 * queue by itself.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchItemFailure[] = [];
  const end = clock.now() + context.getRemainingTimeInMillis();
  for (const record of event.Records) {
    const back = await handle(record, context.awsRequestId, end);
    if (!back) continue;
    batchItemFailures.push({ itemIdentifier: record.messageId });
    await postpone(record, back.seconds);
  }
  return { batchItemFailures };
}

/** When to see a message again, in seconds; `undefined`: never, it is done. */
type Back = { readonly seconds: number } | undefined;

async function handle(record: SQSRecord, requestId: string, end: number): Promise<Back> {
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const backoff = Math.min(configuration.timeoutSeconds * 6, 2 ** receives * (0.5 + clock.random()));
  let back: Back;
  try {
    for (const [i, work] of unwrap(record.body).entries()) {
      if (clock.now() > end - reserve) return { seconds: 0 };
      const outcome = await run(work, `${requestId}-${record.messageId}-${i}`, end);
      if (outcome.state === "back")
        back = { seconds: outcome.until === undefined ? backoff : (outcome.until - clock.now()) / 1000 + 1 };
    }
  } catch (error) {
    const code = error instanceof SnapshotError ? error.code : "unexpected";
    jsonLog("error", "failed", { code, message: record.messageId, receives, why: describe(error) });
    back = { seconds: backoff };
  }
  return back;
}

async function run(
  { version, continued, replay, resend }: Work,
  claim: string,
  end: number,
): Promise<Outcome> {
  const turn = {
    claim,
    ...(continued && { continued }),
    deadline: end - reserve,
    end: end - reserve / 4,
    lease: end + margin,
    ...(replay && { replay }),
    ...(resend !== undefined && { resend }),
    prefix: prefixes.snapshots,
  };
  const outcome = await ingest(version, turn, configuration, ports);
  const { feed, state, counts, messages } = outcome;
  const reason = outcome.state === "back" ? { code: outcome.code, why: outcome.why } : {};
  jsonLog("info", state, {
    feed,
    key: version.key,
    version: version.versionId,
    ...reason,
    ...metrics(clock.now(), { ...counts, messages }),
  });
  return outcome;
}

/** A message that can't be postponed comes back after the queue's own visibility time-out. */
async function postpone(record: SQSRecord, seconds: number): Promise<void> {
  try {
    await intake.postpone(record.receiptHandle, seconds);
  } catch (error) {
    jsonLog("warn", "not postponed", { message: record.messageId, why: describe(error) });
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
