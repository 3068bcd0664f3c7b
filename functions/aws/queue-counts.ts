import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** Messages of a queue by state; approximate (Amazon SQS API Reference, `GetQueueAttributes`). */
export interface QueueCounts {
  readonly waiting: number;
  /** Received and not yet deleted: being handled, or to be retried later. */
  readonly inFlight: number;
  readonly delayed: number;
}

export async function countMessages(sqs: SQSClient, url: string): Promise<QueueCounts> {
  const { Attributes: found } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
      ],
    }),
  );
  return {
    waiting: Number(found?.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(found?.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(found?.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}
