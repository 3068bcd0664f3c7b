import type { LocalStack } from "../../infra/local/local-stack.ts";

/** The options of the command line that name all parts of a local stack, so that no other running one is found. */
export function stackArguments({ bucket, table, queues, endpoint }: LocalStack): readonly string[] {
  const named = {
    bucket,
    table,
    queue: queues.intake,
    "dead-letter-queue": queues.deadLetter,
    outbox: queues.outbox,
    "outbox-dead-letter-queue": queues.outboxDeadLetter,
    slots: queues.slots,
    endpoint,
  };
  return Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]);
}
