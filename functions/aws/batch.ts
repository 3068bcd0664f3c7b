import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { mostReceives, visibilitySeconds, type Configuration } from "../core/configuration.ts";
import { SnapshotError, type ErrorCode } from "../core/errors.ts";
import { ingest, type Outcome, type Turn } from "../core/ingest.ts";
import type { Ports } from "../core/ports.ts";
import { prefixes } from "./environment.ts";
import { unwrap, type Intake, type OwnMessage, type Work } from "./intake.ts";
import { isTransient, type RetriesInTime } from "./retries.ts";
import { metrics } from "./telemetry.ts";

export interface BatchContext {
  readonly configuration: Configuration;
  readonly ports: Ports;
  readonly intake: Intake;
  readonly retries: Pick<RetriesInTime, "until">;
}

/**
 * The Lambda handler: takes the snapshots that queue messages name to their readers, one message after the other.
 * Acknowledges a message only when all that it names is done, put into quarantine or handed on; each other one
 * goes back to the queue by itself, and never takes its neighbours along: those for which it left no time are sent
 * again as new messages, since handing back would spend a receive of what was never begun.
 */
export function batchHandler(batch: BatchContext) {
  const { clock } = batch.ports;

  return async (event: SQSEvent, context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">) => {
    const batchItemFailures: SQSBatchItemFailure[] = [];
    const stop = clock.now() + context.getRemainingTimeInMillis();
    const times = timesOf(stop, batch.configuration.timeoutSeconds);
    batch.retries.until(times.deadline);
    for (const [i, record] of event.Records.entries()) {
      const isLate = i > 0 && clock.now() > times.deadline;
      const back = await (isLate
        ? sendAgain(record, batch)
        : handle(record, context.awsRequestId, times, batch));
      if (!back) continue;
      batchItemFailures.push({ itemIdentifier: record.messageId });
      await postpone(record, back.seconds, batch);
    }
    return { batchItemFailures } satisfies SQSBatchResponse;
  };
}

type Times = Pick<Turn, "deadline" | "end" | "lease">;

/**
 * What an invocation that is stopped at `stop` (epoch milliseconds) may still do, and when: begin something until
 * `deadline`, record what was published until `end`. Its claims last until `lease`, because clocks differ; the
 * queue shows the message again only after that.
 */
export function timesOf(stop: number, timeoutSeconds: number): Times {
  const reserve = Math.min(10_000, timeoutSeconds * 250);
  const margin = Math.min(5_000, timeoutSeconds * 2_000);
  return { deadline: stop - reserve, end: stop - reserve / 4, lease: stop + margin };
}

/** When to see a message again, in seconds; `undefined`: never, it is done. */
type Back = { readonly seconds: number } | undefined;

async function handle(
  record: SQSRecord,
  requestId: string,
  times: Times,
  batch: BatchContext,
): Promise<Back> {
  const { configuration, ports } = batch;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const backoff = Math.min(
    visibilitySeconds(configuration.timeoutSeconds),
    2 ** receives * (0.5 + ports.clock.random()),
  );
  let back: Back;
  const goBack = (seconds: number) => {
    back = { seconds: Math.max(back?.seconds ?? 0, seconds) };
  };
  const fail = (error: unknown) => {
    const code = codeOf(error);
    ports.log("error", "failed", { code, message: record.messageId, receives, why: describe(error) });
    goBack(backoff);
  };
  let works: readonly Work[] = [];
  try {
    works = unwrap(record.body);
  } catch (error) {
    fail(error);
  }
  for (const [i, work] of works.entries()) {
    if (ports.clock.now() > times.deadline) return { seconds: 0 };
    try {
      const outcome = await run(work, { ...times, claim: `${requestId}-${record.messageId}-${i}` }, batch);
      if (outcome.state !== "back") continue;
      const seconds = outcome.until === undefined ? backoff : (outcome.until - ports.clock.now()) / 1000 + 1;
      // To wait for another run is no failure: nothing goes to the dead-letter queue for it.
      const isLast = outcome.code === "entry-held" && receives >= mostReceives - 1;
      if (!isLast || !(await wait(work, seconds, batch))) goBack(seconds);
    } catch (error) {
      fail(error);
    }
  }
  return back;
}

async function run(
  work: Work,
  times: Times & { readonly claim: string },
  batch: BatchContext,
): Promise<Outcome> {
  const { version, continued, replay, resend } = work;
  const { configuration, ports } = batch;
  const turn = {
    ...times,
    ...(continued && { continued }),
    ...(replay && { replay }),
    ...(resend !== undefined && { resend }),
    prefix: prefixes.snapshots,
  };
  const outcome = await ingest(version, turn, configuration, ports);
  const { feed, state, counts, messages, faults } = outcome;
  const reason = outcome.state === "back" ? { code: outcome.code, why: outcome.why } : {};
  const numbers = metrics(ports.clock.now(), { ...counts, messages });
  const isFaulty = Object.keys(faults).length > 0;
  ports.log(isFaulty ? "warn" : "info", state, {
    feed,
    key: version.key,
    version: version.versionId,
    ...reason,
    ...(isFaulty && { faults }),
    ...numbers,
  });
  return outcome;
}

/** How often a snapshot waits for others before it may go to the dead-letter queue after all. */
const mostWaits = 50;

/** Sends the work once more as a message of its own; `false` where it has to go back. */
async function wait(work: Work, seconds: number, { ports, intake }: BatchContext): Promise<boolean> {
  const message: OwnMessage = { feedbell: 1, ...work, held: (work.held ?? 0) + 1 };
  if ((message.held ?? 0) > mostWaits) return false;
  try {
    await intake.sendAgain(JSON.stringify(message), seconds);
    return true;
  } catch (error) {
    ports.log("warn", "not sent again", { key: work.version.key, why: describe(error) });
    return false;
  }
}

async function sendAgain({ messageId, body }: SQSRecord, { ports, intake }: BatchContext): Promise<Back> {
  try {
    await intake.sendAgain(body);
    return undefined;
  } catch (error) {
    ports.log("warn", "not sent again", { message: messageId, why: describe(error) });
    return { seconds: 0 };
  }
}

/** A message that can't be postponed comes back after the queue's own visibility time-out. */
async function postpone(record: SQSRecord, seconds: number, { ports, intake }: BatchContext): Promise<void> {
  try {
    await intake.postpone(record.receiptHandle, seconds);
  } catch (error) {
    ports.log("warn", "not postponed", { message: record.messageId, why: describe(error) });
  }
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof SnapshotError) return error.code;
  return isTransient(error) ? "service-unavailable" : "unexpected";
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
