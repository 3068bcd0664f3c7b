import type { Attempts } from "../ports.ts";
import type { OutboxMessage } from "../plan.ts";

/** A message of the outbox as deliver received it. */
export interface Received {
  readonly message: OutboxMessage;
  /** Id of the queue message, for the acknowledgement. */
  readonly messageId: string;
  /** Names this delivery of it to the queue. */
  readonly handle: string;
  /** How often it was received, this time included. */
  readonly receives: number;
}

/** Whether the message may have been published before. */
export const isAgain = ({ receives, message }: Received): boolean => receives > 1 || message.again === true;

export const noAttempts: Attempts = {
  deaths: 0,
  lastDied: false,
  ownFailures: 0,
  lastOwnFailure: 0,
};

/** Recorded deaths after which what kills its process is quarantined. */
export const maxDeaths = 3;

/** Names a delivery of a message by the queue. */
export const startOf = ({ messageId, receives }: Received): string => `${messageId}.${receives}`;
