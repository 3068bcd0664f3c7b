import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { manyAttempts, retryDelay } from "../core/backoff.ts";
import type { Configuration } from "../core/configuration.ts";
import { digest, type DigestResult } from "../core/digest.ts";
import { isNearlyFull } from "../core/digest/collect.ts";
import type { DigestPorts, Slots } from "../core/ports.ts";
import type { SlotRequest } from "../core/waiting.ts";
import { codeOf, describeError } from "./failures.ts";
import type { Meter } from "./meter.ts";
import type { RetriesInTime } from "./retries.ts";
import { parseSlot } from "./slots.ts";

export interface DigestHandlerContext {
  readonly configuration: Configuration;
  readonly ports: DigestPorts & { readonly slots: Slots };
  readonly meter: Meter;
  readonly retries: Pick<RetriesInTime, "until">;
}

/**
 * The Lambda handler of the slots queue. A message is acknowledged once its slot is done or was sent again as a message
 * of its own: an orderly failure spends no receive. After `retryHours` the message stays in the queue, until the queue
 * moves it to its dead-letter queue; what waits is then sent at the next slot.
 */
export function digestHandler(context: DigestHandlerContext) {
  return async (
    event: SQSEvent,
    { getRemainingTimeInMillis }: Pick<Context, "getRemainingTimeInMillis">,
  ): Promise<SQSBatchResponse> => {
    const { ports, retries } = context;
    const deadline = ports.clock.now() + getRemainingTimeInMillis() * 0.75;
    retries.until(deadline);
    const batchItemFailures = [];
    for (const record of event.Records)
      if (!(await handleSlot(record, deadline, context)))
        batchItemFailures.push({ itemIdentifier: record.messageId });
    context.meter.flush();
    return { batchItemFailures };
  };
}

/** Whether the message is done. */
async function handleSlot(
  { body, messageId }: SQSRecord,
  deadline: number,
  context: DigestHandlerContext,
): Promise<boolean> {
  const { configuration, ports, meter } = context;
  try {
    const request = parseSlot(body, ports.clock.now());
    const audience = configuration.audiences.find(({ name }) => name === request.audience);
    if (!audience) {
      ports.log("warn", "audience unknown", { audience: request.audience, slot: isoTime(request.slot) });
      return true;
    }
    try {
      const result = await digest(request, { audience, deadline }, ports);
      logResult(request, result, meter);
      if (result.state === "sent" && isNearlyFull(result.plan)) await continueAfter(request, context);
      return true;
    } catch (error) {
      return await retry(request, error, context);
    }
  } catch (error) {
    ports.log("error", "failed", { code: codeOf(error), message: messageId, why: describeError(error) });
    return false;
  }
}

/**
 * Asks for another digest directly after a slot, for what one digest could not cover. Otherwise more would wait at each
 * slot of an audience for which more comes between two of them.
 */
async function continueAfter(
  { audience, slot }: SlotRequest,
  { ports: { slots, clock } }: DigestHandlerContext,
): Promise<void> {
  await slots.send({ audience, slot: slot + 1, attempts: 0, firstAttempt: clock.now() }, 0);
}

/** Sends the slot again as a message of its own. `false` after `retryHours`. */
async function retry(
  request: SlotRequest,
  error: unknown,
  { configuration, ports, meter }: DigestHandlerContext,
): Promise<boolean> {
  const { audience, slot, attempts, firstAttempt } = request;
  const details = { code: codeOf(error), audience, slot: isoTime(slot), attempts, why: describeError(error) };
  if (ports.clock.now() - firstAttempt > configuration.retryHours * 3_600_000) {
    ports.log("error", "slot failed", details);
    return false;
  }
  ports.log("warn", "retry", details);
  meter.measure("retries", 1);
  meter.measure("manyAttempts", attempts + 1 > manyAttempts ? 1 : 0);
  const delay = retryDelay(attempts + 1, configuration.maxRetrySeconds, ports.clock);
  await ports.slots.send({ ...request, attempts: attempts + 1 }, delay);
  return true;
}

const isoTime = (at: number): string => new Date(at).toISOString();

function logResult({ audience, slot }: SlotRequest, result: DigestResult, meter: Meter): void {
  const messages = result.state === "sent" ? result.plan.messages : [];
  const entries = messages.reduce((sum, { keys, more }) => sum + keys.length + more, 0);
  meter.measure("digests", messages.length);
  meter.report("info", result.state, {
    audience,
    slot: isoTime(slot),
    ...(result.state === "too few" && { waiting: result.entries }),
    ...(result.state === "sent" && { entries }),
  });
}
