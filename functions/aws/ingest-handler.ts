import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { manyAttempts, retryDelay } from "../core/backoff.ts";
import { maxDeaths } from "../core/delivery/received.ts";
import { SnapshotError, type ErrorCode } from "../core/errors.ts";
import { ingest, quarantine, type IngestContext } from "../core/ingest.ts";
import type { IngestResult } from "../core/ingest-result.ts";
import type { IngestPorts } from "../core/ports.ts";
import type { IngestRequest } from "../core/snapshot.ts";
import { codeOf, describeError } from "./failures.ts";
import type { Meter } from "./meter.ts";
import { parseRequests } from "./requests.ts";
import type { RetriesInTime } from "./retries.ts";

export interface IngestHandlerContext extends IngestContext {
  readonly ports: IngestPorts;
  readonly meter: Meter;
  readonly retries: Pick<RetriesInTime, "until">;
}

/**
 * The Lambda handler of the intake queue. A message is acknowledged once all its snapshots are done, quarantined or
 * sent again as messages of their own: an orderly failure spends no receive. From its second receive on a message's
 * starts are counted, so that a snapshot that kills its process is quarantined after three recorded deaths.
 */
export function ingestHandler({ meter, ...rest }: IngestHandlerContext) {
  const context = { ...rest, meter, ports: { ...rest.ports, measure: meter.measure, emit: meter.emit } };
  return async (
    event: SQSEvent,
    { awsRequestId, getRemainingTimeInMillis }: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">,
  ): Promise<SQSBatchResponse> => {
    const { configuration, ports, retries } = context;
    const stop = ports.clock.now() + getRemainingTimeInMillis();
    const times = timesOf(stop, configuration.timeoutSeconds);
    retries.until(times.deadline);
    const batchItemFailures = [];
    for (const record of event.Records) {
      const owner = `${awsRequestId}-${record.messageId}`;
      if (!(await handleRecord(record, { owner, ...times }, context)))
        batchItemFailures.push({ itemIdentifier: record.messageId });
      meter.flush();
    }
    return { batchItemFailures };
  };
}

/**
 * When an invocation that is stopped at `stop` (epoch milliseconds) begins its last batch of entries, and until when its
 * claim is nobody else's. Clocks differ, so the lease outlasts the invocation; the queue's visibility timeout outlasts
 * the lease.
 */
export function timesOf(
  stop: number,
  timeoutSeconds: number,
): { readonly deadline: number; readonly lease: number } {
  const reserve = Math.min(15_000, timeoutSeconds * 400);
  const margin = Math.min(5_000, timeoutSeconds * 2_000);
  return { deadline: stop - reserve, lease: stop + margin };
}

interface RunTimes {
  readonly owner: string;
  readonly deadline: number;
  readonly lease: number;
}

/** Whether the message is done. */
async function handleRecord(
  record: SQSRecord,
  times: RunTimes,
  context: IngestHandlerContext,
): Promise<boolean> {
  const { ports } = context;
  const receives = Number(record.attributes.ApproximateReceiveCount);
  let requests: readonly IngestRequest[];
  try {
    requests = parseRequests(record.body, receives, ports.clock.now());
  } catch (error) {
    const code = codeOf(error);
    ports.log("error", "failed", { code, message: record.messageId, receives, why: describeError(error) });
    return false;
  }
  try {
    measureAges(requests, context);
    const isKilling = receives > 1 && (await recordStart(record.messageId, receives, context)) >= maxDeaths;
    // So that a snapshot that kills its process does not take the others of its message with it.
    if (receives > 1 && requests.length > 1) return await sendApart(requests, context);
    const results = [];
    for (const [i, request] of requests.entries()) {
      const run = { ...times, owner: `${times.owner}-${i}` };
      const work = isKilling ? quarantineKilling(request, context) : handleRequest(request, run, context);
      results.push(...(await Promise.allSettled([work])));
    }
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    return true;
  } catch (error) {
    // The message itself comes back, after its visibility timeout; the failure is no death.
    ports.log("error", "failed", {
      code: codeOf(error),
      message: record.messageId,
      receives,
      why: describeError(error),
    });
    if (receives > 1)
      await ports.ledger.recordFailure(record.messageId, { start: String(receives) }).catch(() => undefined);
    return false;
  }
}

/** Number of recorded deaths. What is known so far is reported at once, because this run may die too. */
async function recordStart(
  message: string,
  receives: number,
  { ports, meter }: IngestHandlerContext,
): Promise<number> {
  const before = await ports.ledger.recordStart(message, String(receives));
  meter.measure("crashes", before.lastDied ? 1 : 0);
  meter.report("warn", "received again", { message, receives, deaths: before.deaths });
  return before.deaths;
}

function measureAges(requests: readonly IngestRequest[], { ports, meter }: IngestHandlerContext): void {
  const now = ports.clock.now();
  for (const { uploaded } of requests)
    if (uploaded !== undefined) meter.measure("intakeAge", Math.max(0, now - uploaded));
}

/** Sends each request as a message of its own, which continues what the run that died has left of it. */
async function sendApart(requests: readonly IngestRequest[], { ports }: IngestHandlerContext): Promise<true> {
  for (const request of requests)
    await ports.requests.send({ ...request, attempts: request.attempts + 1 }, 0);
  return true;
}

async function handleRequest(
  request: IngestRequest,
  times: RunTimes,
  context: IngestHandlerContext,
): Promise<void> {
  const { ports } = context;
  let result: IngestResult;
  try {
    result = await ingest(request, times, context, ports);
    logResult(request, result, context);
  } catch (error) {
    const code = codeOf(error);
    const { key, versionId } = request.version;
    const why = describeError(error);
    ports.log("warn", "retry", { code, key, version: versionId, attempts: request.attempts, why });
    await retry(request, { code, why: describeError(error) }, context);
    return;
  }
  if (result.state === "retry") await retry(request, result, context);
}

/** Sends the request again as a message of its own; after `retryHours` its snapshot is quarantined instead. */
async function retry(
  request: IngestRequest,
  { code, why, until }: { readonly code: ErrorCode; readonly why: string; readonly until?: number },
  { configuration, ports, meter }: IngestHandlerContext,
): Promise<void> {
  const { clock } = ports;
  const { attempts, firstAttempt, version } = request;
  if (clock.now() - firstAttempt > configuration.retryHours * 3_600_000) {
    const isForbidden = code === "snapshot-forbidden";
    const found = isForbidden ? why : `${code} in ${attempts + 1} attempts: ${why}`;
    const expected = `success within ${configuration.retryHours} hours`;
    const error = new SnapshotError(isForbidden ? code : "retries-exhausted", found, expected);
    await quarantine(version, error, ports);
    meter.measure("snapshots", 1);
    return;
  }
  meter.measure("retries", 1);
  meter.measure("manyAttempts", attempts + 1 > manyAttempts ? 1 : 0);
  const delay = retryDelay(attempts + 1, configuration.maxRetrySeconds, clock);
  const known = until === undefined ? 0 : (until - clock.now()) / 1000 + 1;
  await ports.requests.send({ ...request, attempts: attempts + 1 }, Math.max(delay, known));
}

async function quarantineKilling(
  { version, receives }: IngestRequest,
  { ports, meter }: IngestHandlerContext,
): Promise<void> {
  const found = `${receives - 1} runs, of which ${maxDeaths} or more died`;
  await quarantine(version, new SnapshotError("snapshot-kills", found, "an end of each run"), ports);
  meter.measure("snapshots", 1);
}

function logResult(
  { version, attempts }: IngestRequest,
  result: IngestResult,
  { ports, meter }: IngestHandlerContext,
): void {
  const { feed, state, counts, messages, waiting, faults, decisions } = result;
  const reason = result.state === "retry" ? { code: result.code, why: result.why } : {};
  const isFaulty = Object.keys(faults).length > 0;
  const isEnd = measureCounts(result, meter);
  const write = isEnd ? meter.report : ports.log;
  write(isFaulty ? "warn" : "info", state, {
    ...counts,
    // A file directly under the prefix names its feed itself; until it is read, it has a place in the ledger only.
    ...(!feed.startsWith("~") && { feed }),
    key: version.key,
    version: version.versionId,
    ...(attempts > 0 && { attempts }),
    ...reason,
    ...(isFaulty && { faults }),
    ...(Object.keys(decisions).length > 0 && { rules: decisions }),
    byAudience: messages,
    ...(Object.keys(waiting).length > 0 && { waiting }),
  });
}

/** Whether the snapshot is done. Entries that were not decided are counted at the end, because a retry reads them again. */
function measureCounts({ counts, state }: IngestResult, meter: Meter): boolean {
  const isEnd = state === "done" || state === "unchanged" || state === "quarantined";
  if (!isEnd) return false;
  meter.measure("snapshots", 1);
  for (const name of ["entries", "known", "rejected"] as const) meter.measure(name, counts[name]);
  return true;
}
