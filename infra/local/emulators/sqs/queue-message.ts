import type { QueueMessageAttributes } from "./message-content.ts";

/** A message in a queue. Times are in milliseconds of the epoch. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: QueueMessageAttributes;
  /** `AWSTraceHeader`, the one system attribute that a sender may set. */
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Order of sending, unique within the service. */
  readonly sequence: number;
  readonly sentAt: number;
  /** ARN of the queue that a dead letter comes from. */
  readonly deadLetterSource?: string;
  /** Times it was received. */
  receives: number;
  firstReceivedAt?: number;
  state: "ready" | "in flight" | "delayed";
  /** While it is in flight or delayed: when it can be received. */
  visibleAt: number;
  /** Of the latest receive. */
  receipt?: { readonly handle: string; readonly at: number };
}

/** `SequenceNumber` of a FIFO queue: 20 digits (Amazon SQS API Reference, `SendMessage`: "128 bits"). */
export const sequenceNumber = ({ sequence }: Pick<QueueMessage, "sequence">): string =>
  String(sequence).padStart(20, "0");
