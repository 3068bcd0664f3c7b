/** An error reply of SQS. `name` is the error's name in the JSON protocol. */
export class SqsError extends Error {
  /** The code of the same error in the query protocol. */
  readonly queryCode: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    this.queryCode = queryCodes[name] ?? name;
  }
}

/** Codes that differ between the two protocols (Smithy model of SQS, trait `awsQueryError`). */
const queryCodes: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
  BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
  EmptyBatchRequest: "AWS.SimpleQueueService.EmptyBatchRequest",
  InvalidBatchEntryId: "AWS.SimpleQueueService.InvalidBatchEntryId",
  MessageNotInflight: "AWS.SimpleQueueService.MessageNotInflight",
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
  TooManyEntriesInBatchRequest: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
  UnsupportedOperation: "AWS.SimpleQueueService.UnsupportedOperation",
};

export const invalidParameter = (name: string, value: unknown, reason: string): SqsError =>
  new SqsError(
    "InvalidParameterValue",
    `Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  );
