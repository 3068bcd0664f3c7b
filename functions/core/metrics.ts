/** Namespace of every metric in CloudWatch. */
export const metricNamespace = "feedbell";

/** The dimension that every metric has: the name of the stack, so that the stacks of an account do not add up. */
export const stackDimension = "stack";

/** The functions that emit metrics. */
export type MetricSource = "ingest" | "deliver" | "digest" | "watch";

export interface MetricDefinition {
  /** Unit of CloudWatch (Amazon CloudWatch API Reference, `MetricDatum`). */
  readonly unit: "Count" | "Milliseconds";
  /** How the values of one period are combined: counts are added up, of states and ages the largest one matters. */
  readonly statistic: "Sum" | "Maximum";
  readonly from: readonly MetricSource[];
  /** What it counts. */
  readonly counts: string;
  /** A second dimension, besides the total of the stack; its values are emitted only where they are not 0. */
  readonly by?: "audience" | "code";
}

const sum = { unit: "Count", statistic: "Sum" } as const;
const state = { unit: "Count", statistic: "Maximum" } as const;
const age = { unit: "Milliseconds", statistic: "Maximum" } as const;

/**
 * Every metric that the functions emit, in CloudWatch's embedded metric format. A function emits each of its counts at
 * every opportunity, also when it is 0, so that an alarm has data; an age is emitted only for what has one.
 *
 * After a process that died, the message is received again and handled by another run. What the sums are then:
 *
 * - `new` and `skipped` are exact: they are emitted when the claim is sealed. The one exception is a death between the seal
 *   and its answer: these entries are in no sum.
 * - `snapshots`, `entries`, `rejected` and `quarantined` are counted by the run that ends, and are exact. The one exception
 *   is a death between the last log line and the acknowledgement: the snapshot is counted twice.
 * - `known` counts again what a run that died after the seal had decided.
 * - `sent`, `smsParts` and `deliveryAge` are emitted as soon as SNS has answered, so that a message that is sent twice
 *   counts twice. The one exception is a death between the publish and its answer: the first copy is in no sum.
 * - `refused` is emitted when the message was marked. `retries` of a run that died are lost.
 * - `crashes` counts deaths from a message's second receive on; Lambda's own metric `Errors` counts every one.
 *
 * Cost: a metric is 0.30 USD a month for each set of dimension values, for the hours in which it has data; 10 metrics of
 * an account are free (Amazon CloudWatch pricing, us-east-1, 2026-11). The metrics by stack are at most 8 USD a month. One
 * audience adds at most 0.60 USD, in proportion to the hours in which it gets messages; a code adds 0.0004 USD for each
 * hour in which it occurs.
 */
export const metrics = {
  snapshots: {
    ...sum,
    from: ["ingest"],
    counts:
      "snapshots that are done: read, unchanged or quarantined; one that is retried or continued counts at its end",
  },
  entries: {
    ...sum,
    from: ["ingest"],
    counts: "entries of the snapshots that are done, without unchanged ones",
  },
  new: {
    ...sum,
    from: ["ingest"],
    counts: "new entries that an audience gets, now or at the next slot of its schedule",
  },
  known: { ...sum, from: ["ingest"], counts: "entries of the snapshots that are done that were known" },
  skipped: { ...sum, from: ["ingest"], counts: "new entries that no audience wants" },
  rejected: { ...sum, from: ["ingest"], counts: "entries of the snapshots that are done that can't be sent" },
  quarantined: { ...sum, from: ["ingest"], by: "code", counts: "snapshots that were quarantined" },
  intakeAge: {
    ...age,
    from: ["ingest"],
    counts: "time from the upload of a snapshot to each start of its processing",
  },
  sent: { ...sum, from: ["deliver"], by: "audience", counts: "messages that SNS accepted" },
  smsParts: {
    ...sum,
    from: ["deliver"],
    by: "audience",
    counts: "SMS parts of the messages that SNS accepted, as each telephone of the audience gets them",
  },
  refused: {
    ...sum,
    from: ["deliver"],
    by: "code",
    counts:
      "messages that were quarantined, because SNS refused them, they always fail, or they are no messages",
  },
  deliveryAge: {
    ...age,
    from: ["deliver"],
    counts: "time from the upload of a snapshot until SNS accepted a message, without messages of schedules",
  },
  outboxAge: {
    ...age,
    from: ["deliver"],
    counts: "time from the decision about a message to each time at which deliver received it",
  },
  retries: {
    ...sum,
    from: ["ingest", "deliver", "digest"],
    counts: "snapshots, messages and slots that failed for a transient reason and are retried",
  },
  manyAttempts: {
    ...sum,
    from: ["ingest", "deliver", "digest"],
    counts: "those of the retries that follow more than 20 attempts",
  },
  crashes: {
    ...sum,
    from: ["ingest", "deliver"],
    counts: "starts of messages that were received again of which no end was recorded: the process died",
  },
  digests: { ...sum, from: ["digest", "watch"], counts: "messages of schedules that were enqueued" },
  waitingEntries: { ...state, from: ["watch"], counts: "entries that wait for the schedules of audiences" },
  strandedEntries: {
    ...state,
    from: ["watch"],
    counts: "entries that wait for audiences that are not configured",
  },
  longPauses: { ...state, from: ["watch"], counts: "audiences that have been paused for more than a day" },
  subscriptionsConfirmed: { ...state, from: ["watch"], counts: "confirmed subscriptions of all audiences" },
  subscriptionsPending: { ...state, from: ["watch"], counts: "subscriptions that were not confirmed yet" },
  subscriptionsDeleted: { ...state, from: ["watch"], counts: "subscriptions that SNS lists as deleted" },
  feeds: { ...state, from: ["watch"], counts: "feeds of which a snapshot was read" },
  silentFeeds: {
    ...state,
    from: ["watch"],
    counts: "feeds without a snapshot for several of their usual periods",
  },
  plansFinished: { ...sum, from: ["watch"], counts: "plans of dead runs that watch enqueued" },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metrics;

/** Adds a value to a metric; `of`: the audience or the code that it belongs to, where the metric has such a dimension. */
export interface Measure {
  (name: MetricName, value: number, of?: Readonly<Partial<Record<"audience" | "code", string>>>): void;
}
