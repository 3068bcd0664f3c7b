/** The functions of the stack. */
export type FunctionLabel = "ingest" | "deliver" | "digest" | "watch";

/** What one function needs of the ledger, by the first part of the partition keys. */
interface LedgerNeeds {
  /** Items that it reads and writes one by one. */
  readonly items: readonly string[];
  /** Items that it only reads one by one. */
  readonly reads?: readonly string[];
  /** Lists to which it adds. */
  readonly appends?: readonly string[];
  /** Lists that it reads and clears. */
  readonly lists?: readonly string[];
  /** Lists that it only reads. */
  readonly queries?: readonly string[];
}

export const ledgerNeeds: Readonly<Record<FunctionLabel, LedgerNeeds>> = {
  ingest: { items: ["entry#", "claim#", "feed#", "attempt#", "waiting#"], appends: ["waiting#"] },
  deliver: { items: ["audience#", "attempt#", "sent#"] },
  digest: { items: ["audience#", "waiting#"], reads: ["claim#"], lists: ["waiting#"] },
  watch: { items: ["claim#", "watch#", "waiting#", "audience#"], lists: ["waiting#"], queries: ["feed#"] },
};

/** The calls to the other services that the functions make on the local stack: a stack test records the same. */
export const recordedCalls: Readonly<Record<FunctionLabel, readonly string[]>> = {
  ingest: [
    "s3:GetObjectVersion snapshots/",
    "s3:PutObject plans/",
    "s3:PutObject quarantine/",
    "sqs:SendMessage outbox",
  ],
  deliver: ["sns:Publish topic"],
  digest: ["s3:PutObject plans/", "sqs:SendMessage outbox"],
  watch: ["s3:ListBucket bucket", "sns:GetTopicAttributes topic"],
};

/** The calls that take a failure, each with what leads to it. The fault tests make them; the run that is recorded does not. */
export const rareCalls: Readonly<Record<FunctionLabel, Readonly<Record<string, string>>>> = {
  ingest: {
    "s3:GetObject snapshots/": "an adopted bucket without versions",
    "s3:ListBucket bucket": "without it S3 answers 403 instead of 404 for a version that is gone",
    "s3:GetObject plans/": "a run that died after its plan was sealed",
    "sqs:SendMessage intake": "a transient failure",
  },
  deliver: {
    "s3:PutObject quarantine/~messages/": "a message that SNS refuses",
    "sqs:ChangeMessageVisibility outbox": "a transient failure",
  },
  digest: {
    "s3:GetObject plans/": "a run that died after its plan was sealed",
    "sqs:SendMessage slots": "a transient failure",
  },
  watch: {
    "s3:GetObject plans/": "a run that died after its plan was sealed",
    "s3:PutObject plans/": "what waits for an audience that has no schedule any more",
    "sqs:SendMessage outbox": "a run that died after its plan was sealed",
  },
};

/** What a role may do without a need, because no pattern leaves it out. */
export const unneeded: Readonly<Partial<Record<FunctionLabel, Readonly<Record<string, string>>>>> = {
  ingest: { "s3:PutObject quarantine/~messages/": "within quarantine/; no feed has such a name" },
};

/** What Lambda does with a function's role (AWS Lambda Developer Guide, 'Using Lambda with Amazon SQS' and 'Asynchronous invocation'). */
const polled = (queue: string): readonly string[] =>
  ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map((action) => `${action} ${queue}`);
export const callsByLambda: Readonly<Record<FunctionLabel, readonly string[]>> = {
  ingest: polled("intake"),
  deliver: polled("outbox"),
  digest: polled("slots"),
  watch: ["sqs:SendMessage watchFailures"],
};

/** The services that use the customer's key for a role, if there is one. */
export const keyUsers: Readonly<Record<string, readonly string[]>> = {
  ingest: ["s3", "sqs", "dynamodb"],
  deliver: ["s3", "sqs", "dynamodb", "sns"],
  digest: ["s3", "sqs", "dynamodb"],
  watch: ["s3", "sqs", "dynamodb"],
  watchSchedule: ["sqs"],
  schedules: ["sqs"],
};

/** What the roles of other services are for. */
export const callsByServices: Readonly<Record<string, readonly string[]>> = {
  notifier: ["s3:PutBucketNotification bucket"],
  watchSchedule: ["lambda:InvokeFunction watch", "sqs:SendMessage watchFailures"],
  schedules: ["sqs:SendMessage slots", "sqs:SendMessage scheduleFailures"],
  sms: [],
};
