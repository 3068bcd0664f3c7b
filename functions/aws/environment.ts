/** The functions' environment: names and ARNs only; everything else is in the configuration file of their bundle. */
export const environmentNames = {
  /** The ledger's table. */
  table: "TABLE_NAME",
  /** ARN of every topic up to its audience's name. */
  topicPrefix: "TOPIC_ARN_PREFIX",
  /** The intake queue, for visibility and for continuing a large snapshot. */
  queue: "QUEUE_URL",
} as const;

/** The validated configuration, beside the bundle's entry file. */
export const configurationFile = "configuration.json";

/** Prefix of the snapshots that are read, and of those that could not be. */
export const prefixes = { snapshots: "snapshots/", quarantine: "quarantine/" } as const;
