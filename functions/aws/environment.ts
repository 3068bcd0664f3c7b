/** The functions' environment: names and ARNs only; everything else is in the configuration file of their bundle. */
export const environmentNames = {
  /** Name of the stack: the dimension of its metrics. */
  stack: "STACK_NAME",
  /** The ledger's table. */
  table: "TABLE_NAME",
  /** The bucket of snapshots, plans and quarantine. */
  bucket: "BUCKET_NAME",
  /** The intake queue. */
  intake: "INTAKE_URL",
  /** The outbox queue. */
  outbox: "OUTBOX_URL",
  /** The queue of the slots of schedules. */
  slots: "SLOTS_URL",
  /** ARN of every topic up to its audience's name. */
  topicPrefix: "TOPIC_ARN_PREFIX",
} as const;

/** The validated configuration and the hash of the code, next to the bundle's entry files. */
export const configurationFile = "configuration.json";

/** Prefixes of the bucket's keys. */
export const prefixes = {
  snapshots: "snapshots/",
  quarantine: "quarantine/",
  /** Quarantined messages of the outbox. No feed has such a folder, because `~` is not in a slug. */
  quarantinedMessages: "quarantine/~messages/",
  plans: "plans/",
} as const;
