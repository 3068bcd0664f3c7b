import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { SnapshotError } from "../core/errors.ts";
import type { Slots } from "../core/ports.ts";
import type { SlotRequest } from "../core/waiting.ts";

/** Longest delay of a message, seconds (Amazon SQS API Reference, `SendMessage`). */
const maxDelay = 900;

/**
 * The request in the body of a message of the slots queue: `{audience, slot}` from EventBridge Scheduler, with `slot` in
 * ISO 8601; the same with `byHand` from `feedbell digest`, and with `attempts` and `first` from a retry.
 *
 * @throws `SnapshotError("slot-malformed")`.
 */
export function parseSlot(body: string, now: number): SlotRequest {
  try {
    const { audience, slot, byHand, attempts = 0, first = now } = JSON.parse(body) as Record<string, unknown>;
    const at = typeof slot === "string" ? Date.parse(slot) : Number.NaN;
    const areNumbers = Number.isInteger(attempts) && Number.isFinite(first);
    if (typeof audience === "string" && !Number.isNaN(at) && areNumbers)
      return {
        audience,
        slot: at,
        ...(byHand === true && { byHand }),
        attempts: Number(attempts),
        firstAttempt: Number(first),
      };
  } catch {
    // Reported below, as a body that is JSON but no slot.
  }
  throw new SnapshotError("slot-malformed", body.slice(0, 200), "a slot of an audience");
}

/** The body of a message of the slots queue. */
export const slotBody = ({ audience, slot, byHand, attempts, firstAttempt }: SlotRequest): string =>
  JSON.stringify({ audience, slot: new Date(slot).toISOString(), byHand, attempts, first: firstAttempt });

/** Messages of feedbell's own to the slots queue. */
export function sqsSlots(client: SQSClient, queue: string): Slots {
  return {
    async send(request, delay) {
      const DelaySeconds = Math.min(maxDelay, Math.max(0, Math.ceil(delay)));
      await client.send(
        new SendMessageCommand({ QueueUrl: queue, MessageBody: slotBody(request), DelaySeconds }),
      );
    },
  };
}
