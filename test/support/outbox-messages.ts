import type { Received } from "../../functions/core/delivery/received.ts";
import type { OutboxMessage } from "../../functions/core/plan.ts";

/** A message of the outbox. */
export const outboxMessageOf = (fields: Partial<OutboxMessage> = {}): OutboxMessage => ({
  id: "claim.0",
  audience: "alerts",
  subject: "Subject",
  email: "Email",
  sms: "SMS",
  machine: '{"kind":"alert","entries":[],"more":0}',
  attributes: { kind: "alert" },
  bytes: 1_000,
  at: "2026-03-01T00:00:00.000Z",
  ...fields,
});

/** The same as deliver receives it; its queue message is named after its id. */
export const received = (fields: Partial<OutboxMessage> & { readonly receives?: number } = {}): Received => {
  const { receives = 1, ...message } = fields;
  const id = fields.id ?? "claim.0";
  return { message: outboxMessageOf(message), messageId: `queue-${id}`, handle: `handle-${id}`, receives };
};
