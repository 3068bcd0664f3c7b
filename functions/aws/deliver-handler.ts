import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { retryDelay } from "../core/backoff.ts";
import type { Configuration } from "../core/configuration.ts";
import { deliver, type Postpone } from "../core/deliver.ts";
import type { Received } from "../core/delivery/received.ts";
import { SnapshotError } from "../core/errors.ts";
import type { DeliverPorts } from "../core/ports.ts";
import { codeOf } from "./failures.ts";
import type { Meter } from "./meter.ts";
import { parseOutboxBody } from "./outbox.ts";
import type { RetriesInTime } from "./retries.ts";

export interface DeliverHandlerContext {
  readonly configuration: Configuration;
  readonly ports: DeliverPorts;
  readonly meter: Meter;
  readonly postpone: Postpone;
  readonly retries: Pick<RetriesInTime, "until">;
}

/** Milliseconds before the end of an invocation in which no publish starts, and in which no mark is tried again. */
const publishReserve = 12_000;
const markReserve = 2_000;

/**
 * The Lambda handler of the outbox queue: publishes a batch and acknowledges the messages that are done. The others come
 * back after a delay that `deliver` has set. A body that is no message of the outbox is quarantined.
 */
export function deliverHandler({
  configuration,
  meter,
  postpone,
  retries,
  ...context
}: DeliverHandlerContext) {
  const ports = { ...context.ports, measure: meter.measure, emit: meter.emit };
  return async (
    event: SQSEvent,
    { getRemainingTimeInMillis }: Pick<Context, "getRemainingTimeInMillis">,
  ): Promise<SQSBatchResponse> => {
    const remaining = getRemainingTimeInMillis();
    const stop = ports.clock.now() + remaining;
    const end = stop - Math.min(markReserve, remaining / 10);
    retries.until(end);
    const deadline = stop - Math.min(publishReserve, remaining * 0.4);
    let failures: readonly string[];
    try {
      const received: Received[] = [];
      const unread: SQSRecord[] = [];
      for (const record of event.Records) {
        const message = readRecord(record);
        if (!(message instanceof SnapshotError)) received.push(message);
        else if (!(await quarantineBody(record, message, ports))) unread.push(record);
      }
      const unfinished = await deliver(received, { configuration, postpone, deadline, end }, ports);
      failures = [...unread, ...unfinished].map(({ messageId }) => messageId);
    } catch (error) {
      // Nothing was published: what is published never throws.
      ports.log("error", "failed", {
        code: codeOf(error),
        why: String(error),
        messages: event.Records.length,
      });
      failures = event.Records.map(({ messageId }) => messageId);
      const receives = Math.max(...event.Records.map(receivesOf));
      meter.measure("retries", failures.length);
      const handles = event.Records.map(({ receiptHandle: handle }) => ({ handle }));
      await postpone(handles, retryDelay(receives, configuration.maxRetrySeconds, ports.clock));
    }
    meter.report("info", "delivered", { messages: event.Records.length, returned: failures.length });
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

const receivesOf = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);

/** The message in a queue message's body, or why it is no message of the outbox. */
function readRecord(record: SQSRecord): Received | SnapshotError {
  const { messageId, receiptHandle: handle, body } = record;
  try {
    return { message: parseOutboxBody(body), messageId, handle, receives: receivesOf(record) };
  } catch (error) {
    if (error instanceof SnapshotError) return error;
    throw error;
  }
}

/** Quarantines a body that is no message. `false`: that failed, and the queue hands it out again after its timeout. */
async function quarantineBody(
  { messageId: id, body: content, attributes }: SQSRecord,
  { code, found, expected, hint }: SnapshotError,
  { quarantine, log, measure }: DeliverPorts,
): Promise<boolean> {
  const audience = attributes.MessageGroupId ?? "unknown";
  log("error", "message quarantined", { code, message: id, audience, found, expected });
  try {
    await quarantine.quarantineMessage({ id, audience, content }, { code, found, expected, hint });
    measure?.("refused", 1, { code });
    return true;
  } catch (error) {
    log("error", "message not quarantined", { message: id, why: String(error) });
    return false;
  }
}
